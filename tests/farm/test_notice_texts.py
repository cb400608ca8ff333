"""Notices in each language, and the pages that show a plan, as the real MediaWiki renders them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from globalban_bot.i18n.languages import direction_of, fallback_of, tag_of
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.gate import Gate
from globalban_bot.model.notice import Audience, Delivery, NoticePlan, Sent, Skip
from globalban_bot.model.target import Target
from globalban_bot.pages.notice_plan import render_notice_plan
from globalban_bot.pages.send_links import form_link
from globalban_bot.render.notice import render_notice
from globalban_bot.render.notice_result import render_notice_result
from tests.farm.accounts import BOT
from tests.farm.browser import View, opened, started_browser
from tests.farm.client import Client, client_of
from tests.farm.errors import FarmError
from tests.farm.farm import Farm
from tests.farm.given_notices import BODY, WIKIS, give_notices, notice_address
from tests.farm.releases import ON_BOTH, ON_LTS
from tests.farm.test_hostile_text import HOSTILE, effects
from tests.unit.render.notices import LEADS, TEXTS, TITLE, WHEN, notice, plan, plan_page, skipped, target

LANGUAGES = sorted(TEXTS.by_language)
PUMP = 'Project:Pump'
OWN_PAGES = {
    Audience.COMMUNITY: {'m:Global_bans', f'm:{LEADS.why}', f'm:{LEADS.questions}'},
    Audience.SUBJECT: {'m:Stewards', f'm:{LEADS.why}', f'm:{LEADS.questions}'},
}


def parsed(client: Client, text: str) -> dict[str, Any]:
    props = 'text|iwlinks|links|templates|categories|externallinks|images|sections'
    answer: dict[str, Any] = client.post(
        action='parse', text=text, title=PUMP, contentmodel='wikitext', pst=1, prop=props,
        disablelimitreport=1,
    )['parse']  # fmt: skip
    return answer


@pytest.mark.parametrize('dbname', WIKIS.values())
@pytest.mark.parametrize('language', LANGUAGES)
def test_rendered(farm: Farm, dbname: str, language: str) -> None:
    """It should have its links, its language and direction, and no brace or bracket left, on any wiki."""
    text, farm_wiki = TEXTS.by_language[language], target(dbname, language)
    with client_of(farm, dbname, BOT) as client:
        for audience in Audience:
            given = render_notice(farm_wiki, audience, text, LEADS)
            found = parsed(client, f'== {given.heading} ==\n\n{given.body}\n')
            own = {title.replace('_', ' ') for title in OWN_PAGES[audience]}
            assert {one['title'].replace('_', ' ') for one in found['iwlinks']} == {f'm:{TITLE}', *own}
            assert [one['line'] for one in found['sections']] == [given.heading]
            html = found['text']
            around = f'<div lang="{language}" dir="{direction_of(language)}" class="mw-content-'
            assert around in html
            shown = re.sub('<[^>]*>', '', re.sub('<style.*?</style>|<!--.*?-->', '', html, flags=re.DOTALL))
            assert not set('{}|~$') & set(shown)
            assert '[[' not in shown
            assert (
                found['templates'] == found['categories'] == found['images'] == found['externallinks'] == []
            )


@pytest.mark.parametrize('dbname', WIKIS.values())
def test_saved(farm: Farm, dbname: str) -> None:
    """It should keep its marker when it is saved, and its links lead back to it by the wiki's own search."""
    given = notice(target(dbname, farm.wikis[dbname].language))
    with client_of(farm, dbname, BOT) as client:
        client.edit(PUMP, f'== {given.heading} ==\n\n{given.body}\n')
        saved = client.get(action='query', titles=PUMP, prop='revisions', rvprop='content', rvslots='main')
        text = saved['query']['pages'][0]['revisions'][0]['slots']['main']['content']
        assert text.count('<!-- globalban-notice 12 -->') == 1
        assert '~~~~' not in text
        back = client.get(
            action='query', list='iwbacklinks', iwblprefix='m', iwbltitle=TITLE.replace(' ', '_')
        )
        assert len(back['query']['iwbacklinks']) == 1


def evil_plan(text: str) -> NoticePlan:
    where = Target('xwiki', 'https://x.example.org', 'de', text, via=None)
    skips = (skipped(Skip.SETTLED, where, link=f'https://x.example.org/{text}', when=WHEN),)
    return plan(notice(where), skips=skips, title=text)


def plan_of(text: str) -> str:
    return render_notice_plan(plan_page(evil_plan(text), Gate(()), []), Messages())


def result_of(text: str) -> str:
    found = evil_plan(text)
    results = [Delivery(one, Sent.REFUSED, text) for one in found.notices]
    return render_notice_result(12, results, found.skipped, Messages(), WHEN)


@ON_BOTH
@pytest.mark.parametrize('made', [plan_of, result_of], ids=lambda made: made.__name__)
def test_effects(farm: Farm, made: Any) -> None:
    """It should have no links, templates and categories but its own, whatever pages are called elsewhere."""
    with client_of(farm, 'metawiki', BOT) as client:
        twin = effects(client, made('Harmless'))
        for text in [*HOSTILE, ' '.join(HOSTILE)]:
            page = made(text)
            found = effects(client, page)
            assert all(one.startswith('https://x.example.org/') for one in found.pop('externallinks'))
            assert found == {key: value for key, value in twin.items() if key != 'externallinks'}, text
            saved = client.post(action='parse', text=page, title=PUMP, onlypst=1, contentmodel='wikitext')
            assert saved['parse']['text'] == page.rstrip('\n'), text


def test_link_to_the_form(farm: Farm) -> None:
    """It should give a person a link that holds list, subject and message as they are to be sent."""
    given = notice(replace(target(), page="Wikipedia:L'aide & co."))
    text = f'[{form_link("https://meta.wikimedia.org", "User:Facts bot/Targets", given)} open the form]'
    # MediaWiki tells only of links that lead to other wikis.
    with client_of(farm, 'dewiki', BOT) as client:
        client.edit('Project:Plan', text)
        (link,) = parsed(client, text)['externallinks']
    fields = parse_qs(urlsplit(link).query)
    assert (fields['subject'], fields['message']) == ([given.heading], [given.body])


@ON_LTS
def test_languages_of_mediawiki(farm: Farm) -> None:
    """It should know of all languages the fallbacks, the direction and the tag that MediaWiki knows."""
    with client_of(farm, 'metawiki') as client:
        found: dict[str, Any] = {}
        more: dict[str, Any] = {'continue': ''}
        while more:
            answer = client.get(action='query', meta='languageinfo', liprop='fallbacks|dir|bcp47', **more)
            found |= answer['query']['languageinfo']
            more = answer.get('continue', {})
    assert len(found) > 400
    for code, one in found.items():
        assert fallback_of(code) == tuple(dict.fromkeys([*one['fallbacks'], 'en'])), code
        assert direction_of(code) == one['dir'], code
        assert tag_of(code).lower() == one['bcp47'].lower(), code


@pytest.fixture(scope='module')
def browser() -> Iterator[Browser]:
    """Start Chromium once; that it is missing is a failure."""
    try:
        with started_browser() as started:
            yield started
    except FarmError as error:
        pytest.fail(str(error), pytrace=False)


@ON_LTS
@pytest.mark.parametrize('direction', WIKIS)
def test_looked_at(farm: Farm, browser: Browser, direction: str) -> None:
    """It should be accessible and run in its own direction."""
    give_notices(farm)
    with opened(browser, notice_address(farm, direction), View()) as sight:
        assert sight.violations(BODY, without=('link-in-text-block',)) == []
        assert (sight.overhang(), sight.faults) == (0, [])
        inner = sight.page.locator(f'{BODY} div[lang]')
        assert inner.evaluate('element => getComputedStyle(element).direction') == direction
