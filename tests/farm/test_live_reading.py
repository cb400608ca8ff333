"""The live wiki is read as its export is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from importlib.resources import as_file
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.gather.export import ExportSource
from globalban_bot.jobs.page_reading import read_page
from globalban_bot.jobs.status_run import tally_live
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.sample import DISCUSSIONS, EXPORT, TODAY
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.page import reader_for
from tests.farm.farm import Farm
from tests.farm.requestlog import Request
from tests.farm.session import pywikibot_on
from tests.requests_of import requests_of

META = load_profile('meta')
#: The lists that are asked for: each category and the prefix; one more to begin with, siteinfo.
MOST_REQUESTS_TO_LIST = len(META.categories) + 1 + 1
#: A history takes a request for every so many revisions, with the text; a bot's account gets more.
REVISIONS_A_REQUEST = 50


@pytest.fixture(scope='module')
def sample() -> Iterator[Path]:
    with as_file(EXPORT) as path:
        yield path


@pytest.fixture(scope='module')
def farm(running_farm: Farm, sample: Path) -> Farm:
    """Give the farm with a Meta that has the pages of the sample; the tests here leave it as it is."""
    running_farm.reset()
    running_farm.import_xml('metawiki', sample)
    return running_farm


@pytest.fixture(scope='module')
def bot(farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with pywikibot_on(farm, tmp_path_factory.mktemp('bot')) as pywikibot:
        yield pywikibot


@pytest.fixture(scope='module')
def meta(bot: ModuleType) -> Any:
    """Give pywikibot's site of that Meta, logged in as the bot."""
    site = bot.Site('meta', 'meta')
    site.login()
    return site


def live_source(site: Any, **changes: Any) -> Any:
    from globalban_bot.gather.live_requests import LiveSource
    from globalban_bot.wiki.api import ApiClient

    return LiveSource(ApiClient(site), replace(META, **changes))


def actions(requests: list[Request]) -> Counter[str]:
    asked = Counter(
        f'{one.action} {one.params.get("list") or one.params.get("prop") or one.params.get("meta")}'
        for one in requests
    )
    print(dict(asked))
    return asked


def facts(found: Tally) -> dict[str, Any]:
    """Return what must be the same, whether a page was read live or from its export; ids differ."""
    request = found.request
    return {
        'title': request.title,
        'status': request.head.status,
        'subjects': request.subjects,
        'nominator': request.nominator,
        'opened': request.opened,
        'closed': request.closed,
        'warnings': request.warnings,
        'counts': [(one.heading, one.count) for one in found.proposals],
        'votes': [
            (vote.entry.line, vote.entry.author, vote.entry.time, vote.state)
            for one in found.proposals
            for vote in one.votes
        ],
        'looks': found.looks,
    }


def test_same_candidates(meta: Any, sample: Path) -> None:
    """It should find the requests that the export has, and leave out the same pages for the same reasons."""
    saved = {one.title: one.excluded for one in ExportSource(sample, META).candidates()}
    live = {one.title: one.excluded for one in live_source(meta).candidates()}
    assert {title for title, excluded in live.items() if excluded is None} == {
        title for title, excluded in saved.items() if excluded is None
    }
    listed = {title for title in saved if title.startswith(META.prefix)}
    assert {title: live.get(title) for title in listed} == {title: saved[title] for title in listed}


def test_extra_titles(meta: Any, sample: Path) -> None:
    """It should find a discussion that is asked for by its title, and pass over one that is not there."""
    found = live_source(meta, extra=(*DISCUSSIONS, 'Requests for comment/Not there'))
    requests = {one.title for one in found.candidates() if one.is_request}
    saved = ExportSource(sample, replace(META, extra=DISCUSSIONS)).candidates()
    assert requests == {one.title for one in saved if one.is_request}


def test_every_page_once(meta: Any) -> None:
    """It should name each page once, by its page id, though it stands in several lists."""
    ids = [one.page_id for one in live_source(meta).candidates()]
    assert len(ids) == len(set(ids))
    assert all(ids)


def test_same_histories(meta: Any, sample: Path) -> None:
    """It should read the same revisions live: times, authors and texts, oldest first."""
    saved = {one.title: one for one in requests_of(ExportSource(sample, META))}
    live = {one.title: one for one in requests_of(live_source(meta))}
    assert set(live) == set(saved)
    for title, page in live.items():
        assert [(r.time, r.user, r.text) for r in page.revisions] == [
            (r.time, r.user, r.text) for r in saved[title].revisions
        ], title


def test_same_tallies(meta: Any, sample: Path) -> None:
    """It should tally live as it tallies the export: counts, times, subjects, and every vote."""
    reader = reader_for(META)
    saved = {
        one.title: facts(read_page(one, reader, TODAY)) for one in requests_of(ExportSource(sample, META))
    }
    live = {one.request.title: facts(one) for one in tally_live(meta, META, TODAY)}
    assert live == saved


def test_limit(meta: Any) -> None:
    """It should read as many requests as asked for, and ask the wiki for no more."""
    assert [len([*tally_live(meta, META, TODAY, limit=number)]) for number in (0, 1, 2)] == [0, 1, 2]


def test_limit_saves_requests(farm: Farm, meta: Any) -> None:
    """It should not fetch the history of a page that the limit leaves out."""
    with farm.recording() as requests:
        [*tally_live(meta, META, TODAY, limit=0)]
    assert not any('revisions' in name for name in actions(requests))


def test_requests_to_list(farm: Farm, meta: Any) -> None:
    """It should ask the wiki a small number of times for its list, and not again for the next one."""
    source = live_source(meta)
    with farm.recording() as requests:
        number = len([*source.candidates()])
    print(f'{len(requests)} requests for {number} candidates')
    actions(requests)
    assert len(requests) <= MOST_REQUESTS_TO_LIST
    with farm.recording() as again:
        [*source.candidates()]
    assert again == []


def test_several_questions_on_a_request(farm: Farm, meta: Any) -> None:
    """It should fetch the history of a request once for several questions, and again for a newer revision."""
    source = live_source(meta)
    request = next(one for one in source.candidates() if one.is_request)
    with farm.recording() as first:
        page = source.read(request)
    with farm.recording() as later:
        assert source.read(request) is page
    with farm.recording() as newer:
        source.read(replace(request, revision=request.revision + 1))
    assert (len(first) > 1, later, len(newer)) == (True, [], len(first))


def test_requests_to_read(farm: Farm, meta: Any) -> None:
    """It should ask for an outline of a history, and once for every fifty revisions, and for nothing else."""
    source = live_source(meta)
    [*source.candidates()]
    with farm.recording() as requests:
        pages = [*requests_of(source)]
    needed = sum(-(-len(page.revisions) // REVISIONS_A_REQUEST) for page in pages)
    print(f'{len(requests)} requests for {len(pages)} histories; needed are {needed}')
    actions(requests)
    assert len(requests) <= needed + len(pages)


def test_only_reads(farm: Farm, meta: Any) -> None:
    """It should ask nothing but questions: no edit, no token, no login."""
    with farm.recording() as requests:
        [*tally_live(meta, META, TODAY)]
    assert {one.action for one in requests} == {'query'}
    assert not any('tokens' in one.params.get('meta', '') for one in requests)


def test_dialect(meta: Any) -> None:
    """It should take over the names that the wiki itself uses, and keep those of all wikis."""
    from globalban_bot.gather.home_wiki import live_dialect
    from globalban_bot.wiki.api import ApiClient

    base = wikimedia_dialect()
    found = live_dialect(ApiClient(meta), base)
    assert {'user'} <= found.user
    assert {'user talk'} <= found.user_talk
    assert {'special'} <= found.special
    assert {'file', 'image'} <= found.file
    assert {'category'} <= found.category
    assert (found.months['may'], found.months['december']) == (5, 12)
    assert found.capital_first
    for name in ('user', 'user_talk', 'special', 'file', 'category', 'account_pages', 'prefixes'):
        assert getattr(base, name) <= getattr(found, name), name
        assert all(one == one.lower() for one in getattr(found, name)), name
    assert {name: found.months[name] for name in base.months} == dict(base.months)


def test_dialect_of_another_language(bot: ModuleType) -> None:
    """It should know what a wiki in another language calls things though the data did not."""
    from globalban_bot.gather.home_wiki import live_dialect
    from globalban_bot.wiki.api import ApiClient

    none = replace(
        wikimedia_dialect(), user=frozenset(), user_talk=frozenset(), special=frozenset(), months={}
    )
    found = live_dialect(ApiClient(bot.Site('de', 'wikipedia')), none)
    assert {'benutzer', 'benutzerin', 'user'} <= found.user
    assert {'benutzer diskussion', 'user talk'} <= found.user_talk
    assert 'spezial' in found.special
    assert found.months['märz'] == 3


def test_hidden_revision(farm: Farm, meta: Any) -> None:
    """It should take a hidden name or text for not known, and still read the page."""
    title = next(one.title for one in live_source(meta).candidates() if one.is_request)
    with hidden_first_revision(farm, title):
        page = next(one for one in requests_of(live_source(meta)) if one.title == title)
        tallies = [*tally_live(meta, META, TODAY)]
    hidden = [revision for revision in page.revisions if revision.user is None]
    assert [revision.text for revision in hidden] == [None]
    assert len(tallies) > 1


@contextmanager
def hidden_first_revision(farm: Farm, title: str) -> Iterator[None]:
    """Hide text and author of a page's first revision for the length of a block.

    The bits of rev_deleted: text 1, user 4 (MediaWiki, includes/Revision/RevisionRecord.php).
    """
    change = (
        'UPDATE revision SET rev_deleted = {} WHERE rev_id = (SELECT MIN(rev_id) FROM revision JOIN page'
        f" ON page_id = rev_page WHERE page_title = '{title.replace(' ', '_')}')"
    )
    farm.run('metawiki', 'sql', '--query', change.format(5))
    try:
        yield
    finally:
        farm.run('metawiki', 'sql', '--query', change.format(0))


def test_wiki_that_does_not_answer(farm: Farm, meta: Any) -> None:
    """It should say that the requests cannot be listed when the wiki fails."""
    nobody = {'*': {'read': False}, 'user': {'read': False}, 'bot': {}}
    with farm.switch('metawiki', wgGroupPermissions=nobody):
        source = live_source(meta)
        with pytest.raises(WikiError, match='cannot be listed'):
            [*source.candidates()]


def test_moment_of_the_run_decides(meta: Any) -> None:
    """It should know a closing only once it has stood for a day at the moment of the run."""
    closed = {one.request.title: one.request.closed for one in tally_live(meta, META, TODAY)}
    title, moment = next((title, moment) for title, moment in closed.items() if moment is not None)
    assert isinstance(moment, datetime)
    before = {one.request.title: one.request.closed for one in tally_live(meta, META, moment)}
    assert before[title] is None
