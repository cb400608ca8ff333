"""Where a request has to be told, and where it was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from globalban_bot.errors import Stopped, WikiError
from globalban_bot.gather.pumps import Pumps
from globalban_bot.jobs.nomination import MOST_SUBJECTS, Nominations
from globalban_bot.jobs.notices.coverage_search import CoverageResult, CoverageSearch
from globalban_bot.model.account import Account
from globalban_bot.model.notice import Audience, NoticeState
from globalban_bot.model.target import Unreachable, Via, WikiState
from tests.unit.decide.made import at, request
from tests.unit.made_accounts import AskedAccounts, account, local, policy
from tests.unit.made_notices import HOME, Farm

BEL = account(local('dewiki'), local('metawiki', 3), local('frwiki', 0))
CID = account(local('dewiki', 1), local('eswiki'), name='Cid')
PUMPS = Pumps(fallbacks=('Project:Village pump',))
STATES = {
    wiki: WikiState(
        wiki, f'https://{wiki}.example', wiki[:2], Unreachable.CLOSED if wiki == 'aawiki' else None
    )
    for wiki in ('aawiki', 'dewiki', 'eswiki', 'frwiki', 'metawiki')
}


class Read:
    """Counts how often the lists are read."""

    def __init__(self, states: Mapping[str, WikiState] = STATES) -> None:
        self.times = {'states': 0, 'pumps': 0}
        self._states = states

    def states(self) -> Mapping[str, WikiState]:
        self.times['states'] += 1
        return self._states

    def pumps(self) -> Pumps:
        self.times['pumps'] += 1
        return PUMPS


def nominations(*accounts: Account) -> Nominations:
    return Nominations(AskedAccounts(*accounts), policy(), 'metawiki')


def scout(
    *accounts: Account, farm: Farm | None = None, names: tuple[str, ...] = (), **more: Any
) -> CoverageResult:
    read = Read()
    made = CoverageSearch(farm or Farm(), read.states, read.pumps, **more)
    subjects = names or tuple(one.name for one in accounts)
    return made.scout(request(subjects=subjects), nominations(*accounts), subjects)


def places(found: CoverageResult, audience: Audience) -> list[tuple[str, str | None]]:
    return [(one.target.wiki, one.target.page) for one in found.coverage if one.audience is audience]


def test_name_that_was_registered_after_the_opening() -> None:
    """It should tell nobody who took the name of a subject later, but whom the operator adds."""
    later = replace(BEL, registered=at(9))
    search = CoverageSearch(Farm(), Read().states, Read().pumps)
    named = search.scout(request(subjects=('Bel',)), nominations(later), ('Bel',))
    assert (named.coverage, named.unknown) == ((), 1)
    added = search.scout(request(subjects=('Cid',)), nominations(later), ('Bel',))
    assert added.unknown == 0
    assert added.coverage


def pumps_of(farm: Farm) -> list[str]:
    """Return the servers that were asked for their pump."""
    asked = [(server, question) for server, question in farm.asked if 'ppprop' in question]
    return [server for server, question in asked if not question['titles'].startswith('User talk')]


def looks(farm: Farm) -> list[str]:
    """Return the servers that were asked for notices."""
    return [server for server, question in farm.asked if 'list' in question]


def test_targets() -> None:
    """It should find the pumps where the account has edited, then its talk pages, that of Meta first."""
    found = scout(BEL)
    assert places(found, Audience.COMMUNITY) == [
        ('dewiki', 'Project:Village pump'),
        ('metawiki', 'Project:Village pump'),
    ]
    assert places(found, Audience.SUBJECT) == [('metawiki', 'User talk:Bel'), ('dewiki', 'User talk:Bel')]
    assert [one.audience for one in found.coverage] == [Audience.COMMUNITY] * 2 + [Audience.SUBJECT] * 2
    assert found.unknown == 0


def test_several_subjects() -> None:
    """It should find each community once where several accounts have edited, and the pages of each."""
    farm = Farm()
    found = scout(BEL, CID, farm=farm)
    assert [wiki for wiki, _ in places(found, Audience.COMMUNITY)] == ['dewiki', 'eswiki', 'metawiki']
    assert sorted(pumps_of(farm)) == [f'https://{wiki}.example' for wiki in ('dewiki', 'eswiki', 'metawiki')]
    assert places(found, Audience.SUBJECT) == [
        ('metawiki', 'User talk:Bel'),
        ('dewiki', 'User talk:Bel'),
        ('metawiki', 'User talk:Cid'),
        ('dewiki', 'User talk:Cid'),
        ('eswiki', 'User talk:Cid'),
    ]


def test_without_edits_on_meta() -> None:
    """It should find the page on Meta, first of all, where the account has not edited there."""
    found = scout(CID)
    (first, *_) = [one for one in found.coverage if one.audience is Audience.SUBJECT]
    assert (first.target.wiki, first.target.url, first.target.page) == ('metawiki', HOME, 'User talk:Cid')
    assert (first.target.via, first.target.names) == (Via.USER_TALK, ('User talk:Cid',))
    assert first.state is NoticeState.NONE_FOUND
    assert 'metawiki' not in [wiki for wiki, _ in places(found, Audience.COMMUNITY)]


def test_without_edits() -> None:
    """It should find the page on Meta of an account without any edit, and no community."""
    found = scout(account(local('frwiki', 0)))
    assert places(found, Audience.SUBJECT) == [('metawiki', 'User talk:Bel')]
    assert places(found, Audience.COMMUNITY) == []


def test_language_at_home() -> None:
    """It should tell the subject in the language of the wiki of the requests."""
    states = {**STATES, 'metawiki': WikiState('metawiki', HOME, 'fr')}
    read = Read(states)
    found = CoverageSearch(Farm(), read.states, read.pumps).scout(request(), nominations(CID), ('Cid',))
    assert {one.target.language for one in found.coverage if one.target.wiki == 'metawiki'} == {'fr'}


def test_unknown() -> None:
    """It should count accounts that cannot be looked up, and find what the others need."""
    found = scout(BEL, names=('Bel', 'Nobody', 'Hidden'))
    assert found.unknown == 2
    assert found.coverage == scout(BEL).coverage
    assert scout(names=('Nobody',)) == CoverageResult((), 1)


def test_most_subjects() -> None:
    """It should look up five accounts, and count the others as unknown."""
    names = tuple(f'Invented {number}' for number in range(MOST_SUBJECTS + 2))
    known = [account(local('dewiki'), name=name) for name in names]
    made = nominations(*known)
    read = Read()
    found = CoverageSearch(Farm(), read.states, read.pumps).scout(request(), made, names)
    assert made.accounts.asked == [('account', name) for name in names[:MOST_SUBJECTS]]  # type: ignore[attr-defined]
    assert found.unknown == 2
    told = {page for _, page in places(found, Audience.SUBJECT)}
    assert told == {f'User talk:{name}' for name in names[:MOST_SUBJECTS]}


def test_told() -> None:
    """It should say where a notice stands, and where could not be looked."""
    farm = Farm()
    farm.told = {'https://dewiki.example'}
    farm.silent = {'https://eswiki.example'}
    closed = account(*BEL.locals, local('aawiki'), local('eswiki'))
    found = {
        one.target.wiki: one
        for one in scout(closed, farm=farm).coverage
        if one.audience is Audience.COMMUNITY
    }
    assert {wiki: one.state for wiki, one in found.items()} == {
        'aawiki': NoticeState.NOT_CHECKED,
        'dewiki': NoticeState.LINKED,
        'eswiki': NoticeState.NOT_CHECKED,
        'metawiki': NoticeState.NONE_FOUND,
    }
    assert (found['aawiki'].target.lack, found['eswiki'].target.lack) == (
        Unreachable.CLOSED,
        Unreachable.UNREACHABLE,
    )
    assert found['dewiki'].link is not None


def test_sought() -> None:
    """It should look for this request: its title, and its marker."""
    farm = Farm()
    scout(CID, farm=farm)
    titles = {question['iwbltitle'] for _, question in farm.asked if 'iwbltitle' in question}
    assert titles == {'Requests_for_comment/Global_ban_for_Bel'}


def test_lists_are_read_once() -> None:
    """It should read wikis and pumps when they are needed, and not again for another request."""
    read = Read()
    made = CoverageSearch(Farm(), read.states, read.pumps)
    assert read.times == {'states': 0, 'pumps': 0}
    for one in (BEL, CID):
        made.scout(request(), nominations(one), (one.name,))
    assert read.times == {'states': 1, 'pumps': 1}


def test_lists_cannot_be_read() -> None:
    """It should fail where the list of wikis cannot be had: without it nobody knows whom to tell."""

    def broken() -> Mapping[str, WikiState]:
        raise WikiError('no list')

    with pytest.raises(WikiError, match='no list'):
        CoverageSearch(Farm(), broken, lambda: PUMPS).scout(request(), nominations(BEL), ('Bel',))


def test_stopped() -> None:
    """It should look no further once the run was asked to end."""
    farm = Farm()

    def check_stop() -> None:
        if len(looks(farm)) == 2:
            raise Stopped('SIGTERM')

    with pytest.raises(Stopped):
        scout(BEL, farm=farm, check_stop=check_stop)
    assert looks(farm) == ['https://dewiki.example'] * 2
    assert not any(
        'User talk' in question.get('titles', '') for _, question in farm.asked if 'list' in question
    )


def test_stopped_before() -> None:
    """It should ask no wiki for its pump once the run was asked to end."""
    farm = Farm()

    def check_stop() -> None:
        raise Stopped('SIGTERM')

    with pytest.raises(Stopped):
        scout(BEL, farm=farm, check_stop=check_stop)
    assert farm.asked == []
