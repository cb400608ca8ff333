"""Where to tell; answers in the form of ``prop=info`` (API:Info and API:Query, ``formatversion=2``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.gather.pumps import Pumps
from globalban_bot.gather.targets import subject_pages, talk_page_of, targets_of
from globalban_bot.model.account import Account, LocalAccount
from globalban_bot.model.target import Target, Unreachable, Via, WikiState
from tests.unit.gather.asked import Answer, Asked

NOW = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
DE = 'https://de.example.org'
PUMPS = Pumps(
    {'dewiki': 'Wikipedia:Liste'},
    {'dewiki': 'Wikipedia:Treff'},
    ('Project:Village pump', 'Project:Community portal'),
)


def url(wiki: str) -> str:
    return f'https://{wiki.removesuffix("wiki")}.example.org'


def account(name: str = 'Ada', **edits: int) -> Account:
    found = tuple(LocalAccount(wiki, url(wiki), number, None) for wiki, number in edits.items())
    return Account(name, None, sum(edits.values()), found, locked=False, globally_blocked=False, asked=NOW)


def states(**lacks: Unreachable | None) -> dict[str, WikiState]:
    return {wiki: WikiState(wiki, url(wiki), wiki[:2], lack) for wiki, lack in lacks.items()}


def page(title: str, **more: Any) -> dict[str, Any]:
    plain = {'pageid': 7, 'ns': 4, 'title': title, 'contentmodel': 'wikitext', 'protection': []}
    return {**plain, **more}


def missing(title: str) -> dict[str, Any]:
    return {'ns': 4, 'title': title, 'missing': True, 'contentmodel': 'wikitext', 'protection': []}


def moved(**pairs: str) -> Sequence[Mapping[str, str]]:
    return [{'from': begin.replace('_', ' '), 'to': end} for begin, end in pairs.items()]


def query(*pages: Any, **more: Any) -> Answer:
    """Return an answer that tells of all titles, as MediaWiki does: those that are not given are missing."""
    names = {line['from']: line['to'] for line in more.get('normalized', ())}
    told = {page['title'] for page in pages} | {line['from'] for line in more.get('redirects', ())}
    wanted = [names.get(title, title) for title, _ in PUMPS.candidates('dewiki')]
    absent = [missing(title) for title in wanted if title not in told]
    return {'batchcomplete': True, 'query': {'pages': [*pages, *absent], **more}}


def found(answer: Answer, pumps: Pumps = PUMPS) -> Target:
    (target,) = targets_of([account(dewiki=1)], states(dewiki=None), pumps, Asked(lambda *_: answer))
    return target


NOW_THERE, OLD, NEW = '2027-05-03T14:05:00Z', '2027-05-02T14:05:00Z', '2027-05-02T14:05:01Z'
#: What is wrong with a page that is there.
KNOWN = {Unreachable.OTHER_MODEL, Unreachable.BOARD, Unreachable.OTHER_NAMESPACE}


def found_with_ages(answer: Answer, ages: Mapping[str, str], **more: Any) -> Target:
    """Return what is found where the wiki tells when its redirects were saved."""

    def answers(_: str, question: Mapping[str, str]) -> Answer:
        if 'curtimestamp' not in question:
            return answer
        saved = [ages[title] for title in question['titles'].split('|')]
        pages = [{'revisions': [{'timestamp': time}]} for time in saved]
        return {'curtimestamp': NOW_THERE, 'query': {'pages': pages}}

    pumps = more.pop('pumps', PUMPS)
    (target,) = targets_of([account(dewiki=1)], states(dewiki=None), pumps, Asked(answers), **more)
    return target


@pytest.mark.parametrize(('saved', 'lack'), [(OLD, None), (NEW, Unreachable.YOUNG)])
def test_young_redirect(saved: str, lack: Unreachable | None) -> None:
    """It should leave a page to people where a redirect on the way to it is less than a day old."""
    redirects = [
        {'from': 'Wikipedia:Treff', 'to': 'Wikipedia:Kneipe'},
        {'from': 'Wikipedia:Kneipe', 'to': 'Wikipedia:Café'},
    ]
    for ages in ((saved, OLD), (OLD, saved)):
        told = dict(zip(('Wikipedia:Treff', 'Wikipedia:Kneipe'), ages, strict=True))
        target = found_with_ages(query(page('Wikipedia:Café'), redirects=redirects), told)
        assert (target.page is None, target.lack) == (lack is not None, lack)


def test_end_of_a_redirect() -> None:
    """It should tell nobody on a user's talk page, though the village pump redirects there."""
    redirects = [{'from': 'Wikipedia:Treff', 'to': 'User talk:Victim'}]
    answer = query(page('User talk:Victim', ns=3), redirects=redirects)
    assert found_with_ages(answer, {'Wikipedia:Treff': OLD}).lack is Unreachable.OTHER_NAMESPACE


def test_young_sitelink() -> None:
    """It should leave a page to people where its sitelink was changed less than a day ago."""
    pumps = Pumps({'dewiki': 'Wikipedia:Liste'}, young=frozenset({'dewiki'}))
    assert found_with_ages(query(page('Wikipedia:Liste')), {}, pumps=pumps).lack is Unreachable.YOUNG
    fallback = Pumps(fallbacks=('Wikipedia:Liste',), young=frozenset({'dewiki'}))
    assert found_with_ages(query(page('Wikipedia:Liste')), {}, pumps=fallback).lack is None


@pytest.mark.parametrize(
    ('wish', 'page_', 'lack'),
    [('Wikipedia:Brett', 'Wikipedia:Brett', None), (None, None, Unreachable.NOT_WANTED)],
)
def test_wish(wish: str | None, page_: str | None, lack: Unreachable | None) -> None:
    """It should heed what a community wishes: another page, or no notices."""
    target = found_with_ages(query(page('Wikipedia:Brett')), {}, wishes={'dewiki': wish})
    assert (target.page, target.lack, target.via) == (page_, lack, Via.WISH if page_ else None)


def of_talk(*pages: Any, **more: Any) -> Answer:
    """Return an answer that tells of nothing but these pages."""
    return {'batchcomplete': True, 'query': {'pages': [*pages], **more}}


#: What a wiki tells of the talk page of an account, and what it lacks.
TALKS: list[tuple[Answer, Unreachable | None]] = [
    (of_talk({'ns': 3, 'title': 'User talk:Ada', 'missing': True}), None),
    (of_talk(page('User talk:Ada', ns=3)), None),
    (
        of_talk(page('User talk:Bo', ns=3), redirects=[{'from': 'User talk:Ada', 'to': 'x'}]),
        Unreachable.ELSEWHERE,
    ),
    (of_talk(page('User talk:Ada', ns=3, contentmodel='flow-board')), Unreachable.BOARD),
    (of_talk(page('User talk:Ada', ns=3, pageprops={'use-liquid-threads': ''})), Unreachable.BOARD),
    (of_talk(page('User talk:Ada', ns=3, contentmodel='json')), Unreachable.OTHER_MODEL),
    (None, Unreachable.UNREACHABLE),
    ({'query': {}}, Unreachable.UNREACHABLE),
    (of_talk(), Unreachable.UNREACHABLE),
]


@pytest.mark.parametrize(('answer', 'lack'), TALKS)
def test_talk_page(answer: Answer, lack: Unreachable | None) -> None:
    """It should leave a subject's talk page to people where it leads elsewhere or cannot be checked."""
    target = Target('dewiki', DE, 'de', 'User talk:Ada', via=Via.USER_TALK)
    checked = talk_page_of(target, Asked(lambda *_: answer))
    assert (checked.page, checked.lack) == (None if lack else 'User talk:Ada', lack)


def test_one_request() -> None:
    """It should ask a wiki once, for all titles in their order, though several accounts edited there."""
    wikis = Asked(lambda *_: query(page('Wikipedia:Treff')))
    both = [account(dewiki=1, frwiki=0), account('Bo', dewiki=5)]
    assert targets_of(both, states(dewiki=None, frwiki=None), PUMPS, wikis) == (
        Target('dewiki', DE, 'de', 'Wikipedia:Treff', None, Via.OVERRIDE, ('Wikipedia:Treff',), edits=6),
    )
    ((server, question),) = wikis.questions
    assert server == DE
    titles = 'Wikipedia:Treff|Wikipedia:Liste|Project:Village pump|Project:Community portal'
    assert question == {
        'titles': titles, 'redirects': '1', 'prop': 'info|pageprops', 'inprop': 'protection',
        'ppprop': 'use-liquid-threads',
    }  # fmt: skip


def test_order() -> None:
    """It should take the first title that exists, whatever the order of the answer."""
    all_of_them = [page('Wikipedia:Portal'), page('Wikipedia:Liste'), missing('Wikipedia:Treff')]
    norm = [{'from': 'Project:Community portal', 'to': 'Wikipedia:Portal'}]
    assert found(query(*all_of_them, normalized=norm)).via is Via.SITELINK
    target = found(query(all_of_them[0], missing('Wikipedia:Liste'), normalized=norm))
    assert (target.page, target.via, target.names) == (
        'Wikipedia:Portal',
        Via.FALLBACK,
        ('Wikipedia:Portal',),
    )


def test_merged() -> None:
    """It should follow redirects, also behind each other, and name all titles that lead to one page."""
    norm = [{'from': 'Project:Village pump', 'to': 'Wikipedia:Village pump'}]
    redirects = [
        {'from': 'Wikipedia:Treff', 'to': 'Wikipedia:Café'},
        {'from': 'Wikipedia:Village pump', 'to': 'Wikipedia:Treff', 'tofragment': 'x'},
    ]
    answer = query(page('Wikipedia:Café'), normalized=norm, redirects=redirects)
    target = found_with_ages(answer, {'Wikipedia:Treff': OLD})
    assert (target.page, target.via) == ('Wikipedia:Café', Via.OVERRIDE)
    assert target.names == ('Wikipedia:Treff', 'Wikipedia:Village pump')


def test_redirects_without_end() -> None:
    """It should not follow redirects for ever, nor to another wiki."""
    ring = [
        {'from': 'Wikipedia:Treff', 'to': 'Wikipedia:Liste'},
        {'from': 'Wikipedia:Liste', 'to': 'Wikipedia:Treff'},
    ]
    assert found(query(redirects=ring)).lack is Unreachable.NO_PAGE
    away = [{'from': 'Wikipedia:Treff', 'to': 'fr:Bistro', 'tointerwiki': 'fr'}]
    assert (
        found(query(redirects=away, interwiki=[{'title': 'fr:Bistro', 'iw': 'fr'}])).lack
        is Unreachable.NO_PAGE
    )


def test_protected() -> None:
    """It should tell a page that only administrators can edit from one that others can."""

    def protection(kind: str, level: str) -> bool:
        line = {'type': kind, 'level': level, 'expiry': 'infinity'}
        return found(query(page('Wikipedia:Treff', protection=[line]))).protected

    assert protection('edit', 'sysop')
    assert not protection('move', 'sysop')
    assert not protection('edit', 'autoconfirmed')


@pytest.mark.parametrize(
    ('answer', 'lack'),
    [
        (query(missing('Wikipedia:Treff')), Unreachable.NO_PAGE),
        (query(page('Wikipedia:Treff', contentmodel='json')), Unreachable.OTHER_MODEL),
        (query(page('Wikipedia:Treff', contentmodel='flow-board')), Unreachable.BOARD),
        (query(page('Wikipedia:Treff', pageprops={'use-liquid-threads': '1'})), Unreachable.BOARD),
        (query(page('Wikipedia:Treff', ns=3)), Unreachable.OTHER_NAMESPACE),
        (query(page('Wikipedia:Treff', ns=0)), Unreachable.OTHER_NAMESPACE),
        (query(page('Wikipedia:Treff', ns=8)), Unreachable.OTHER_NAMESPACE),
        (query({'ns': -1, 'title': 'Wikipedia:Treff', 'special': True}), Unreachable.NO_PAGE),
        (query({'title': 'Wikipedia:Treff', 'invalid': True, 'invalidreason': 'x'}), Unreachable.NO_PAGE),
        (query(page('Wikipedia:Treff|[[x]]')), Unreachable.NO_PAGE),
        (query(page(':Wikipedia:Treff')), Unreachable.NO_PAGE),
        (None, Unreachable.UNREACHABLE),
        ({'query': {'pages': 'x'}}, Unreachable.UNREACHABLE),
        ({'query': {'pages': []}}, Unreachable.UNREACHABLE),
        ({'query': {'pages': [missing('Wikipedia:Treff')]}}, Unreachable.UNREACHABLE),
        ({'query': {'pages': [{'title': 'Wikipedia:Treff', 'ns': 4}]}}, Unreachable.UNREACHABLE),
    ],
)
def test_lacks(answer: Answer, lack: Unreachable) -> None:
    """It should say why there is no page, and that a wiki did not answer."""
    target = found(answer)
    assert (target.page, target.lack, target.via) == (None, lack, None)
    assert target.names == (('Wikipedia:Treff',) if lack in KNOWN else ())


def test_hostile_names() -> None:
    """It should not pass on a name that can be no title."""
    norm = [{'from': 'Wikipedia:Treff', 'to': 'x]]\n'}]
    redirects = [{'from': 'x]]\n', 'to': 'Wikipedia:Treff'}]
    target = found(query(page('Wikipedia:Treff'), normalized=norm, redirects=redirects))
    assert (target.page, target.names, target.lack) == (None, (), Unreachable.NO_PAGE)


def test_unasked() -> None:
    """It should ask no wiki that is closed, private, a fishbowl or not listed, and none without a title."""
    wikis = Asked(lambda *_: query())
    lacks = {'awiki': Unreachable.CLOSED, 'bwiki': Unreachable.PRIVATE, 'cwiki': Unreachable.FISHBOWL}
    edited = account(awiki=1, bwiki=1, cwiki=1, dwiki=1)
    targets = targets_of([edited], states(**lacks), PUMPS, wikis)
    assert [target.lack for target in targets] == [*lacks.values(), Unreachable.NOT_LISTED]
    assert targets[3].url == url('dwiki')
    (target,) = targets_of([account(ewiki=1)], states(ewiki=None), Pumps(), wikis)
    assert target.lack is Unreachable.NO_PAGE
    assert not wikis.questions


WIKIS = st.sampled_from(['awiki', 'bwiki', 'cwiki', 'dwiki'])
ACCOUNTS = st.lists(st.dictionaries(WIKIS, st.integers(0, 2)).map(lambda edits: account('Ada', **edits)))


@given(ACCOUNTS, st.randoms())
def test_a_set(accounts: list[Account], random: Any) -> None:
    """It should give each wiki with edits once, whatever the order of the accounts, by one request each."""
    lacks = {'awiki': None, 'bwiki': None, 'cwiki': Unreachable.CLOSED}
    wikis = Asked(lambda *_: query(page('Wikipedia:Village pump')))
    targets = targets_of(accounts, states(**lacks), PUMPS, wikis)
    edited = {local.wiki for one in accounts for local in one.locals if local.edits}
    assert [target.wiki for target in targets] == sorted(edited)
    assert len(wikis.questions) == len(edited & {'awiki', 'bwiki'})
    shuffled = random.sample(accounts, len(accounts))
    assert targets_of(shuffled, states(**lacks), PUMPS, wikis) == targets


def test_subject_pages() -> None:
    """It should list the talk pages where the account has edited, that on the wiki of the requests first."""
    subject = account('Ada Invented', dewiki=5, metawiki=1, awiki=1, bwiki=0, cwiki=1)
    pages = subject_pages(
        subject, states(dewiki=None, metawiki=None, awiki=Unreachable.CLOSED, bwiki=None), 'metawiki'
    )
    assert [(target.wiki, target.page, target.lack) for target in pages] == [
        ('metawiki', 'User talk:Ada Invented', None),
        ('awiki', None, Unreachable.CLOSED),
        ('cwiki', None, Unreachable.NOT_LISTED),
        ('dewiki', 'User talk:Ada Invented', None),
    ]
    assert {target.via for target in pages} == {Via.USER_TALK, None}
    (bad,) = subject_pages(account('x]]', dewiki=1), states(dewiki=None), 'metawiki')
    assert bad.lack is Unreachable.NO_PAGE
