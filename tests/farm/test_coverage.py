"""Where communities and a subject can be told, and were: on fifty wikis, each odd in its own way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.gather.pumps import Pumps, read_sitelinks
from globalban_bot.model.account import Account
from globalban_bot.model.notice import Audience, Coverage, NoticeState, notice_marker
from globalban_bot.model.target import Target, Unreachable, Via, WikiState
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.request_links import RequestLinks
from tests.farm.accounts import OPERATOR
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.many import PUMPS
from tests.farm.notices_stage import ARCHIVE, ODD, OTHER_NAME, REDIRECT_TO
from tests.farm.onwiki import edit
from tests.farm.session import pywikibot_on

META = load_profile('meta').notices
Stage = tuple[Farm, dict[str, Any]]
#: What a wiki lacks, other than the page that the item has.
LACKS = {
    ODD['closed']: Unreachable.CLOSED,
    ODD['private']: Unreachable.PRIVATE,
    ODD['fishbowl']: Unreachable.FISHBOWL,
    ODD['silent']: Unreachable.UNREACHABLE,
    ODD['missing']: Unreachable.NO_PAGE,
    ODD['unlinked']: Unreachable.NO_PAGE,
    ODD['model']: Unreachable.OTHER_MODEL,
}
NOT_ASKED = {Unreachable.CLOSED, Unreachable.PRIVATE, Unreachable.FISHBOWL, Unreachable.UNREACHABLE}


@pytest.fixture
def wikis(notices: Stage, tmp_path: Path) -> Iterator[Any]:
    """Give what asks the wikis of the stage."""
    with pywikibot_on(notices[0], tmp_path / 'bot') as pywikibot:
        from globalban_bot.wiki.api import ApiClient

        site = pywikibot.Site('meta', 'meta')
        site.login()
        yield ApiClient(site)


def large(title: str) -> str:
    """Write the first letter after the namespace large, as MediaWiki does; Georgian has none for titles."""
    space, colon, rest = title.partition(':')
    first = rest[:1].upper()
    if '\u1c90' <= first <= '\u1cbf':
        return title
    return f'{space}{colon}{first}{rest[1:]}'


def states_of(wikis: Any, folder: Path | None = None) -> Mapping[str, WikiState]:
    from globalban_bot.gather.farm_wikis import read_wikis

    return read_wikis(wikis, folder, datetime.now(UTC))


def pumps_of(wikis: Any, folder: Path | None = None, **overrides: str) -> Pumps:
    assert META is not None
    links = read_sitelinks(wikis, META.wikidata, META.item, folder, datetime.now(UTC))
    return replace(links, overrides=overrides, fallbacks=META.fallbacks)


def subject_of(stage: Mapping[str, Any]) -> Account:
    """Return the subject's account as the farm would tell it."""
    import pywikibot

    from globalban_bot.gather.live_accounts import LiveAccounts
    from globalban_bot.wiki.api import ApiClient

    found = LiveAccounts(ApiClient(pywikibot.Site('meta', 'meta')), datetime.now(UTC)).account(
        stage['subject']
    )
    assert isinstance(found, Account)
    return found


def targets(wikis: Any, stage: Mapping[str, Any], **overrides: str) -> dict[str, Target]:
    from globalban_bot.gather.targets import targets_of

    found = targets_of([subject_of(stage)], states_of(wikis), pumps_of(wikis, None, **overrides), wikis)
    assert len({target.wiki for target in found}) == len(found)
    return {target.wiki: target for target in found}


def sought(stage: Mapping[str, Any]) -> RequestLinks:
    return RequestLinks(stage['page_id'], (stage['title'],), 'https://meta.wikimedia.org')


def covered(wikis: Any, target: Target, stage: Mapping[str, Any]) -> Coverage:
    from globalban_bot.gather.coverage import coverage_of

    return coverage_of(target, Audience.COMMUNITY, sought(stage), wikis)


def test_wikis(notices: Stage, wikis: Any, tmp_path: Path) -> None:
    """It should read the list of wikis and the pages of the item, and ask for neither again."""
    farm, stage = notices
    found = states_of(wikis, tmp_path)
    assert {wiki: (state.url, state.language) for wiki, state in found.items()} == {
        dbname: (f'https://{wiki.host}', wiki.language) for dbname, wiki in farm.wikis.items()
    }
    assert {state.wiki: state.lack for state in found.values() if state.lack} == {
        wiki: lack for wiki, lack in LACKS.items() if lack in NOT_ASKED - {Unreachable.UNREACHABLE}
    }
    assert pumps_of(wikis, tmp_path).sitelinks == stage['sitelinks']
    with farm.recording() as requests:
        assert states_of(wikis, tmp_path) == found
        assert pumps_of(wikis, tmp_path).sitelinks == stage['sitelinks']
    assert not requests


def test_young_sitelink(notices: Stage, wikis: Any) -> None:
    """It should leave a wiki to people whose sitelink was changed within a day, and no other one."""
    farm, stage = notices
    farm.sitelinks({**stage['sitelinks'], 'dewiki': 'Wikipedia:Elsewhere'})
    assert pumps_of(wikis).young == {'dewiki'}
    farm.sitelinks(stage['sitelinks'])
    assert not pumps_of(wikis).young


def test_targets(notices: Stage, wikis: Any) -> None:
    """It should find the page of every wiki where the subject has edited, or say why there is none."""
    _, stage = notices
    found = targets(wikis, stage)
    assert set(found) == {wiki for wiki, edits in stage['edits'].items() if edits}
    assert {wiki: target.lack for wiki, target in found.items() if target.lack} == LACKS
    pages = {wiki: target.page for wiki, target in found.items() if target.page}
    expected = {wiki: large(page) for wiki, page in PUMPS.items() if wiki in found and wiki not in LACKS}
    assert pages == expected | {ODD['redirect']: REDIRECT_TO}
    assert [wiki for wiki, target in found.items() if target.protected] == [ODD['protected']]
    assert found[ODD['redirect']].names == (PUMPS[ODD['redirect']],)
    assert {target.via for target in found.values() if target.page} == {Via.SITELINK}


def test_overrides(notices: Stage, wikis: Any) -> None:
    """It should take the reviewed table first, and merge two names of one page."""
    found = targets(wikis, notices[1], dewiki=OTHER_NAME, euwiki=PUMPS['euwiki'], itwiki='Wikipedia:No page')
    assert (found['dewiki'].page, found['dewiki'].via) == (PUMPS['dewiki'], Via.OVERRIDE)
    assert found['dewiki'].names == (OTHER_NAME, PUMPS['dewiki'])
    assert (found['euwiki'].page, found['euwiki'].via) == (PUMPS['euwiki'], Via.OVERRIDE)
    assert (found['itwiki'].page, found['itwiki'].via) == (PUMPS['itwiki'], Via.SITELINK)


def test_coverage(notices: Stage, wikis: Any) -> None:
    """It should find what was told on a page, in its archive or by an address, and where it could not ask."""
    _, stage = notices
    found = {target.wiki: covered(wikis, target, stage) for target in targets(wikis, stage).values()}
    told = {ODD['told'], ODD['archived'], ODD['external']}
    closed = {wiki for wiki, lack in LACKS.items() if lack in NOT_ASKED}
    for wiki, coverage in found.items():
        expected = NoticeState.LINKED if wiki in told else NoticeState.NONE_FOUND
        assert coverage.state is (NoticeState.NOT_CHECKED if wiki in closed else expected), wiki
        assert (coverage.link is not None) == (wiki in told)
    archive = found[ODD['archived']].link
    assert archive == f'https://fi.wikipedia.org/wiki/{ARCHIVE.replace(" ", "_")}'
    told_by = found[ODD['told']].link
    assert told_by is not None
    assert '/wiki/Special:Permalink/' in told_by


def test_permalink(notices: Stage, wikis: Any) -> None:
    """It should link the revision in which the notice stands, by a name that each wiki knows."""
    import requests

    farm, stage = notices
    link = str(covered(wikis, targets(wikis, stage)[ODD['told']], stage).link)
    answer = requests.get(
        link.replace('https://nl.wikipedia.org', farm.url),
        headers={'Host': 'nl.wikipedia.org'},
        timeout=60,
        allow_redirects=False,
    )
    number = link.rpartition('/')[2]
    assert answer.headers['Location'].endswith(f':PermanenteVerwijzing/{number}')
    with client_of(farm, 'nlwiki', OPERATOR) as client:
        found = client.get(action='query', prop='revisions', revids=number)
    assert [page['title'] for page in found['query']['pages']] == [PUMPS['nlwiki']]


def test_marker(notices: Stage, wikis: Any) -> None:
    """It should take no marker that a stranger wrote for a notice, on the wiki of the request neither."""
    farm, stage = notices
    found = targets(wikis, stage)
    for wiki in ('enwiki', 'metawiki'):
        target = found[wiki]
        assert covered(wikis, target, stage).state is NoticeState.NONE_FOUND
        farm.write_page(wiki, str(target.page), f'== x ==\nWords. {notice_marker(stage["page_id"])}')
        assert covered(wikis, target, stage).state is NoticeState.NONE_FOUND


def test_links_here(notices: Stage, wikis: Any) -> None:
    """It should not take a list of requests on their own wiki for a notice, but the archive of the page."""
    farm, stage = notices
    target = targets(wikis, stage)['metawiki']
    edit(farm, 'Meta:List of requests', f'* [[{stage["title"]}]]')
    assert covered(wikis, target, stage).state is NoticeState.NONE_FOUND
    edit(farm, f'{target.page}/Archive 1', f'* [[{stage["title"]}]]')
    assert covered(wikis, target, stage).state is NoticeState.LINKED


def test_other_prefix(notices: Stage, wikis: Any) -> None:
    """It should find a link by the other prefix on pages of the project, but not on talk pages of users."""
    farm, stage = notices
    target = targets(wikis, stage)['svwiki']
    farm.write_page('svwiki', 'User talk:Somebody', f'[[meta:{stage["title"]}]]')
    assert covered(wikis, target, stage).state is NoticeState.NONE_FOUND
    farm.write_page('svwiki', 'Project:Administrators', f'[[meta:{stage["title"]}]]')
    assert covered(wikis, target, stage).link == 'https://sv.wikipedia.org/wiki/Wikipedia:Administrators'


def test_subject(notices: Stage, wikis: Any) -> None:
    """It should tell whether the subject was told on the own talk page, also where there is none yet."""
    from globalban_bot.gather.coverage import coverage_of
    from globalban_bot.gather.targets import subject_pages

    farm, stage = notices
    pages = subject_pages(subject_of(stage), states_of(wikis), 'metawiki')
    assert [page.wiki for page in pages][:2] == ['metawiki', 'aawiki']
    assert {page.wiki for page in pages} == {wiki for wiki, edits in stage['edits'].items() if edits}
    talk = f'User talk:{stage["subject"]}'
    farm.write_page('dewiki', talk, f'== x ==\n[[m:{stage["title"]}]]')
    by_wiki = {page.wiki: page for page in pages}
    states = {
        wiki: coverage_of(by_wiki[wiki], Audience.SUBJECT, sought(stage), wikis).state
        for wiki in ('metawiki', 'dewiki', 'nlwiki', 'srwiki')
    }
    assert states == {
        'metawiki': NoticeState.NONE_FOUND, 'dewiki': NoticeState.LINKED, 'nlwiki': NoticeState.NONE_FOUND,
        'srwiki': NoticeState.NOT_CHECKED,
    }  # fmt: skip


def test_requests(notices: Stage, wikis: Any) -> None:
    """It should take one request for a target, two with a redirect, and one to three for its coverage."""
    from globalban_bot.gather.targets import targets_of

    farm, stage = notices
    account, states, pumps = subject_of(stage), states_of(wikis), pumps_of(wikis)
    with farm.recording() as resolving:
        found = targets_of([account, account], states, pumps, wikis)
    with farm.recording() as covering:
        for target in found:
            covered(wikis, target, stage)
    hosts = {target.host: target for target in found}
    asked = {
        host for host, target in hosts.items() if target.lack not in NOT_ASKED - {Unreachable.UNREACHABLE}
    }
    # One more for the age of a redirect, and one for a wiki that is silent.
    more = (hosts[host].host for host in hosts if hosts[host].wiki in {ODD['redirect'], ODD['silent']})
    assert Counter(one.host for one in resolving) == Counter(asked) + Counter(more)
    once = {'meta.wikimedia.org', 'nl.wikipedia.org', 'fi.wikipedia.org', 'cs.wikipedia.org'}
    expected = {host: 1 if host in once else 2 for host in asked - {'sr.wikipedia.org'}}
    assert Counter(one.host for one in covering) == Counter(expected)
