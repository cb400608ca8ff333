"""Each odd answer to each kind of request: the wiki is named, the others are served, nothing else escapes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pywikibot

from globalban_bot.act.delete_pages import Remover
from globalban_bot.act.direct import DirectEngine
from globalban_bot.act.massmessage import MassMessageEngine
from globalban_bot.act.notice_page import NoticePageReader
from globalban_bot.errors import Stopped, WikiError
from globalban_bot.gather import environment, home_wiki
from globalban_bot.gather.coverage import coverage_of
from globalban_bot.gather.current_pages import CurrentPageReader
from globalban_bot.gather.farm_wikis import read_wikis
from globalban_bot.gather.fresh_pages import pages_with, read_fresh, read_revisions
from globalban_bot.gather.home_wiki import are_members, live_dialect
from globalban_bot.gather.json_page import JsonPage, newest_good, read_newest
from globalban_bot.gather.live_accounts import LiveAccounts
from globalban_bot.gather.live_requests import LiveSource
from globalban_bot.gather.pumps import Pumps, read_sitelinks
from globalban_bot.gather.sends import read_send_lines
from globalban_bot.gather.stop_page import StopPage
from globalban_bot.gather.targets import targets_of
from globalban_bot.jobs.writing import writer_of
from globalban_bot.model.account import Account, EditsAsked, LocalAccount
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.kit import Going
from globalban_bot.model.notice import Audience, Notice, NoticeState, Sent, notice_marker
from globalban_bot.model.plan import EditReason, PageEdit
from globalban_bot.model.target import Target, Unreachable, Via, WikiState
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.pending import pending_on, without_pending
from globalban_bot.wikitext.request_links import RequestLinks
from tests.unit.wiki.miniwiki import BOT, HOME, PUMP, REQUEST, WIKIDATA, MiniFarm, Site, sending_to
from tests.unit.wiki.odd import read_odd_answers

NOW = datetime(2027, 5, 3, 14, tzinfo=UTC)
META = load_profile('meta')
ODD = read_odd_answers()
#: Wikis of the farm; the one in the middle answers oddly.
FARM = ('https://aa.example', 'https://bb.example', 'https://cc.example')
LOCALS = tuple(LocalAccount(f'{url[8:10]}wiki', url, 6, None) for url in FARM)
AT_HOME = LocalAccount('metawiki', HOME, 0, None, groups=frozenset({'steward'}))
ADA = Account('Ada', None, 18, (*LOCALS, AT_HOME), locked=False, globally_blocked=False, asked=NOW)
TARGETS = tuple(Target(local.wiki, local.url, 'en', PUMP, None, Via.SITELINK, (PUMP,)) for local in LOCALS)
Ask = Callable[[ApiClient], Any]


@pytest.fixture(autouse=True)
def warned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Wait for nothing, send writes, and return what the operator is warned of."""
    said: list[str] = []
    monkeypatch.setattr(pywikibot, 'warning', said.append)
    monkeypatch.setattr(pywikibot, 'sleep', lambda _: None)
    monkeypatch.setattr(pywikibot.config, 'max_retries', 2)
    monkeypatch.setattr(pywikibot.config, 'simulate', False)
    return said


def settings_page(api: ApiClient) -> Any:
    page = JsonPage('User:Facts bot/settings.json', 100, lambda _: True, lambda text, _: text)
    return newest_good(api, page, read_newest(api, [page.title])[page.title])


def look(api: ApiClient) -> Any:
    return NoticePageReader(api, BOT, PUMP, 12).look()


def edit(api: ApiClient) -> str:
    writer = writer_of(api)
    writer.edit(PageEdit(writer.states([PUMP])[PUMP], 'New text.', 'summary', EditReason.NEW))
    return 'saved'


def mass_message(api: ApiClient) -> Any:
    notices = [notice_for(target) for target in TARGETS]
    sent = [*MassMessageEngine(api, PUMP, 'Heading', 'Text', 0).deliver(notices, lambda: None)]
    return [(one.sent, one.reason) for one in sent]


def stop_page(api: ApiClient) -> str:
    StopPage(api, BOT, 'Project:Run', (), ('sysop',), pending_on).check()
    return 'run'


def accounts(api: ApiClient) -> LiveAccounts:
    return LiveAccounts(api, NOW)


def pumps(api: ApiClient) -> Any:
    return read_sitelinks(api, WIKIDATA, 'Q1', None, NOW)


def candidates(api: ApiClient) -> Any:
    return [*LiveSource(api, META).candidates()]


def history(api: ApiClient) -> Any:
    return LiveSource(api, META).read(RequestRef(REQUEST, 5))


#: Kinds of requests to one wiki, and what each gives.
ONE: dict[str, Ask] = {
    'an account': lambda api: accounts(api).account('Ada'),
    'locks': lambda api: accounts(api).locks(ADA),
    'a group': lambda api: accounts(api).group(ADA, 'steward'),
    'accounts here': lambda api: accounts(api).here(['Ada', 'Bel']),
    'the list of wikis': lambda api: read_wikis(api, None, NOW),
    'village pumps': pumps,
    'pages now': lambda api: read_fresh(api, [REQUEST, PUMP]),
    'revisions': lambda api: read_revisions(api, REQUEST),
    'revisions since': lambda api: read_revisions(api, REQUEST, NOW),
    'the log of messages': lambda api: read_send_lines(api, NOW),
    'settings': settings_page,
    'a member': lambda api: are_members(api, ['Ada'], {'sysop'}),
    'talk pages': lambda api: pages_with(api, 'Template:Facts'),
    'page states': lambda api: CurrentPageReader(api, BOT).read([PUMP, 'Project:Run']),
    'the stop page': stop_page,
    'requests': candidates,
    'a history': history,
    'names of a wiki': lambda api: live_dialect(api, wikimedia_dialect()),
    'extensions': home_wiki.has_styles,
    'own names': lambda api: home_wiki.own_names(api, ['Project:Facts']),
    'whose pages': lambda api: home_wiki.bot_of(api, ['Project:Facts'], 'Project:Run'),
    'pages under': lambda api: home_wiki.pages_under(api, ['Project:Facts']),
    'the version': lambda api: environment.read_wiki(api).generator,
    'the account of the bot': environment.read_account,
    'what bars edits': lambda api: environment.read_barred(api, [PUMP]),
    'the newest revision': lambda api: environment.read_newest(api, PUMP),
    'a right': lambda api: api.has_right('edit'),
    'a look for a notice': look,
    'an edit': edit,
    'a deletion': lambda api: Remover(api, 'words', lambda: None).delete(Going(PUMP)),
    'a mass message': mass_message,
}


def notice_for(target: Target) -> Notice:
    return Notice(target, Audience.COMMUNITY, 'en', 'Heading', f'Text.\n{notice_marker(12)}', reviewed=True)


def edits(api: ApiClient) -> dict[str, Any]:
    source = accounts(api)
    alone = {one.wiki: Account('Ada', None, 6, (one,), False, False, NOW) for one in LOCALS}
    return {wiki: source.edits(one, EditsAsked(3, before=NOW)) for wiki, one in alone.items()}


def blocks(api: ApiClient) -> dict[str, Any]:
    source = accounts(api)
    return {local.wiki: source.blocks(ADA, local) for local in LOCALS}


def targets(api: ApiClient) -> dict[str, Any]:
    states = {local.wiki: WikiState(local.wiki, local.url, 'en', None) for local in LOCALS}
    found = targets_of([ADA], states, Pumps({}, {}, (PUMP,)), api)
    return {target.wiki: target for target in found if target.wiki != 'metawiki'}


def coverage(api: ApiClient) -> dict[str, Any]:
    sought = RequestLinks(12, (REQUEST,), HOME)
    return {target.wiki: coverage_of(target, Audience.COMMUNITY, sought, api) for target in TARGETS}


def notices(_: ApiClient) -> dict[str, Any]:
    engine = DirectEngine(
        lambda target: Site(target.url), 12, 'summary', 3, 0, pending=pending_on, inert=without_pending
    )
    sent = engine.deliver([notice_for(target) for target in TARGETS], lambda: None)
    return {one.notice.target.wiki: (one.sent, one.reason) for one in sent}


#: Kinds of requests to many wikis, and what each gives by wiki.
MANY: dict[str, Ask] = {
    'edits': edits, 'blocks': blocks, 'targets': targets, 'coverage': coverage, 'notices': notices,
}  # fmt: skip


def failed(given: Any) -> bool:
    """Tell whether what was given says that it is not known, or was not done."""
    lacks = getattr(given, 'lack', None), getattr(given, 'state', None)
    if isinstance(given, dict):
        return any(failed(value) for value in given.values())
    if isinstance(given, list | tuple):
        return any(one is Sent.REFUSED or failed(one) for one in given)
    return (
        isinstance(given, Unknown)
        or lacks[0] is Unreachable.UNREACHABLE
        or lacks[1] is NoticeState.NOT_CHECKED
    )


def outcome(ask: Ask, farm: MiniFarm) -> tuple[Any, str]:
    """Return what a request gives, and the error that a caller has to expect."""
    with sending_to(farm):
        try:
            return ask(ApiClient(Site())), ''
        except (WikiError, Stopped) as error:
            return None, str(error)


#: MediaWiki itself leaves out the list of pages where a generator has none.
SAME = ('lists left out', 'requests')


@pytest.mark.parametrize('kind', ONE)
@pytest.mark.parametrize('name', ODD)
def test_one_wiki(name: str, kind: str, warned: list[str], caplog: pytest.LogCaptureFixture) -> None:
    """It should give the truth, or say that it does not know and name the wiki; never anything else."""
    odd, wrong = ODD[name]
    server = WIKIDATA if kind == 'village pumps' else HOME
    good, error = outcome(ONE[kind], MiniFarm())
    assert not error
    assert not failed(good)
    with caplog.at_level(logging.WARNING):
        given, error = outcome(ONE[kind], MiniFarm({server: odd}))
    if error or failed(given):
        # An account without a home is one that is being renamed: that can be an answer.
        renamed = given == Unknown(Gap.BEING_RENAMED)
        assert renamed or server in f'{error}{caplog.text}{warned}'
    elif (name, kind) != SAME:
        assert not wrong
        assert given == good


@pytest.mark.parametrize('kind', MANY)
@pytest.mark.parametrize('name', ODD)
def test_many_wikis(name: str, kind: str, warned: list[str], caplog: pytest.LogCaptureFixture) -> None:
    """It should serve the wikis around one that answers oddly, and name that one."""
    odd, wrong = ODD[name]
    good, _ = outcome(MANY[kind], MiniFarm())
    assert not failed(good)
    with caplog.at_level(logging.WARNING):
        given, error = outcome(MANY[kind], MiniFarm({FARM[1]: odd}))
    assert not error
    assert [given['aawiki'], given['ccwiki']] == [good['aawiki'], good['ccwiki']]
    if failed(given['bbwiki']):
        assert FARM[1] in f'{caplog.text}{warned}'
    else:
        assert not wrong
        assert given == good


@pytest.mark.parametrize('name', ODD)
def test_writes_once(name: str) -> None:
    """It should give each notice once, also where a write was made and its answer is odd."""
    farm = MiniFarm({FARM[1]: ODD[name][0]}, only_writes=True)
    given, error = outcome(notices, farm)
    assert not error
    assert given['aawiki'] == given['ccwiki'] == (Sent.DELIVERED, '')
    made = [server for server in FARM if server != FARM[1] or not ODD[name][0].idle]
    assert {server: len(texts) for (server, _), texts in farm.edited.items()} == dict.fromkeys(made, 1)


def writes(farm: MiniFarm) -> Iterator[str]:
    return (parameters['action'] for _, parameters in farm.sent if parameters['action'] != 'query')


@pytest.mark.parametrize('name', ODD)
@pytest.mark.parametrize('kind', ['an edit', 'a deletion', 'a mass message'])
def test_no_write_twice(name: str, kind: str) -> None:
    """It should send a write once, unless the wiki says that it lags, or knows the session no more."""
    farm = MiniFarm({HOME: ODD[name][0]}, only_writes=True)
    outcome(ONE[kind], farm)
    assert len([*writes(farm)]) == (3 if name == 'lag without end' else 1)
