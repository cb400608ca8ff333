"""Figures on the accounts of a request for its operator alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from globalban_bot.jobs.figures.background import MOST_EDITS, background_of, voters_of
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.model.account import Bounds, EditsAsked, LocalAccountSummary
from globalban_bot.model.background import Background, Voters
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.model.vote import Doubt, Signing
from globalban_bot.policy.loader import load_policy
from tests.unit.decide.made import OPPOSE, at, entry, tallied
from tests.unit.made_accounts import NOW, AskedAccounts, account, block, day, local, wiki_blocks

BEL = account(
    local('enwiki', blocked=True), local('dewiki', blocked=True), local('frwiki'), local('eswiki', 0)
)
BLOCKS = {
    'enwiki': wiki_blocks('enwiki', block('2026-03-02')),
    'dewiki': wiki_blocks(
        'dewiki', block('2026-01-01', partial=True), block('2026-02-01', expiry=day('2099-01-01'))
    ),
}


def background(accounts: AskedAccounts, **more: Any) -> Background:
    """Return the figures on a request with one vote."""
    found = tallied(entry(1), **more)
    return background_of(found, Nominations(accounts, load_policy('global-bans'), 'metawiki'), 50, NOW)


def test_edits_after_the_first_block() -> None:
    """It should count on each wiki with edits those since the first indefinite block of a whole wiki."""
    accounts = AskedAccounts(BEL, blocks=BLOCKS, edits=Bounds(12, 12))
    found = background(accounts)
    assert found.first_block == day('2026-03-02')
    assert found.edits_after == tuple((wiki, Bounds(12, 12)) for wiki in ('enwiki', 'dewiki', 'frwiki'))
    assert found.as_of == NOW
    asked = [one for one in accounts.asked if one[0] == 'edits']
    assert asked == [('edits', 'Bel', EditsAsked(MOST_EDITS, after=day('2026-03-02')))] * 3


def test_first_of_several_blocks() -> None:
    """It should take the block that was made first, on whichever wiki."""
    both = {**BLOCKS, 'dewiki': wiki_blocks('dewiki', block('2025-05-05'))}
    assert background(AskedAccounts(BEL, blocks=both)).first_block == day('2025-05-05')


NO_ANSWER: dict[str, WikiBlocks | Unknown] = {'enwiki': Unknown(Gap.NO_ANSWER), 'dewiki': BLOCKS['dewiki']}
NO_BLOCK: dict[str, WikiBlocks | Unknown] = {**NO_ANSWER, 'enwiki': BLOCKS['dewiki']}


@pytest.mark.parametrize(
    ('accounts', 'first'),
    [
        (AskedAccounts(BEL, blocks=NO_BLOCK), None),
        (AskedAccounts(BEL, blocks=NO_ANSWER), Unknown(Gap.NO_ANSWER)),
        (AskedAccounts(), Unknown(Gap.NOT_SHOWN)),
    ],
    ids=['no block', 'no answer', 'no account'],
)
def test_no_block(accounts: AskedAccounts, first: Unknown | None) -> None:
    """It should count no edits where no block was found, and tell that from a block that is not known."""
    found = background(accounts)
    assert (found.first_block, found.edits_after) == (first, ())
    assert not [one for one in accounts.asked if one[0] == 'edits']


def test_first_subject() -> None:
    """It should look at the first account alone; on a page that is about none, at the voters alone."""
    accounts = AskedAccounts(BEL, blocks=BLOCKS)
    assert background(accounts, subjects=('Bel', 'Cid')).first_block is not None
    assert ('account', 'Cid') not in accounts.asked
    assert background(AskedAccounts(), subjects=()).first_block is None


# --- voters ------------------------------------------------------------------------------------------

#: The wiki of the request knows these: old and busy; new there; old, with few edits there; without a time.
HERE = {
    'Ada': LocalAccountSummary(day('2020-01-01'), 50),
    'Cid': LocalAccountSummary(at(9), 80),
    'Dov': LocalAccountSummary(day('2020-01-01'), 49),
    'Eli': LocalAccountSummary(None, 900),
}
PEOPLE = (
    account(name='Cid', edits=80, registered=at(9)),
    account(name='Dov', edits=49),
    account(name='Eli', edits=900),
    account(name='Fay', edits=5, registered=at(2)),
    account(name='Gus', edits=999, registered=None),
)


def voters(*names: str | None, least: int = 50, **more: Any) -> tuple[Voters, list[Any]]:
    """Return the figures on voters, and whose accounts all wikis were asked for."""
    accounts = AskedAccounts(*PEOPLE, here=HERE)
    votes = [entry(line, name) for line, name in enumerate(names, 1)]
    return voters_of(tallied(*votes, **more), accounts, least), accounts.asked


#: A voter, and what it is counted as beside the positions: newer, fewer, unknown.
VOTERS = {
    'Ada': (0, 0, 0),
    'Cid': (1, 0, 0),
    'Dov': (0, 1, 0),
    'Eli': (0, 0, 0),
    'Fay': (1, 1, 0),
    'Gus': (0, 0, 1),
    'Hal': (0, 0, 1),
}


@pytest.mark.parametrize(('name', 'counts'), VOTERS.items())
def test_voter(name: str, counts: tuple[int, int, int]) -> None:
    """It should count a voter by the wiki of the request, and where that does not settle it by all wikis."""
    found, asked = voters(name)
    assert found == Voters(1, 0, *counts, least=50)
    assert asked == [('here', name), *([] if name == 'Ada' else [('account', name)])]


def test_all_voters() -> None:
    """It should add up, and ask the wiki of the request once for all."""
    found, asked = voters(*VOTERS)
    assert found == Voters(7, 0, newer=2, fewer=2, unknown=2, least=50)
    assert [one for one in asked if one[0] == 'here'] == [('here', *VOTERS)]


@pytest.mark.parametrize('name', ['Dov', 'Fay'])
@pytest.mark.parametrize('more', [0, 1])
def test_few_edits(name: str, more: int) -> None:
    """It should count apart fewer edits than were asked for, and not just as many."""
    edits = {'Dov': 49, 'Fay': 5}[name]
    assert voters(name, least=edits + more)[0].fewer == more


@pytest.mark.parametrize('name', ['Cid', 'Fay'])
@pytest.mark.parametrize('hours', [0, 1])
def test_newer(name: str, hours: int) -> None:
    """It should count as new who registered after the opening, not in the second of it."""
    registered = {'Cid': at(9), 'Fay': at(2)}[name]
    assert voters(name, opened=registered - timedelta(hours=hours))[0].newer == hours


def test_settled_here() -> None:
    """It should ask one wiki alone for who registered there in the very second of the opening."""
    assert voters('Cid', opened=at(9))[1] == [('here', 'Cid')]


def test_opening_not_known() -> None:
    """It should know of nobody whether the account is new where the opening is not known."""
    assert voters('Ada', 'Dov', opened=None)[0] == Voters(2, 0, 0, 0, unknown=2, least=50)


def test_unregistered() -> None:
    """It should count people without an account, and entries by nobody who can be named, apart."""
    accounts = AskedAccounts(*PEOPLE, here=HERE)
    votes = [
        entry(1, 'Ada'),
        entry(2, '192.0.2.7', signing=Signing.UNREGISTERED),
        entry(3, '~2027-123-4', OPPOSE, signing=Signing.UNREGISTERED),
        entry(4, None, signing=Signing.UNSIGNED),
    ]
    assert voters_of(tallied(*votes), accounts, 50) == Voters(4, 3, 0, 0, 0, least=50)
    assert accounts.asked == [('here', 'Ada')]


def test_only_what_counts() -> None:
    """It should leave out positions that do not count."""
    accounts = AskedAccounts(*PEOPLE, here=HERE)
    votes = [entry(1, 'Ada'), entry(2, 'Fay', struck=True), entry(3, 'Dov', doubt=Doubt.SPLIT)]
    assert voters_of(tallied(*votes), accounts, 50) == Voters(1, 0, 0, 0, 0, least=50)


@pytest.mark.parametrize('name', ['192.0.2.7', '~2027-123-4'])
def test_unsigned_by_an_address(name: str) -> None:
    """It should count an unsigned entry by somebody without an account as such, and ask nobody."""
    accounts = AskedAccounts(*PEOPLE, here=HERE)
    found = voters_of(tallied(entry(1, name, signing=Signing.UNSIGNED)), accounts, 50)
    assert (found.unregistered, found.unknown) == (1, 0)


def test_asks_no_more_than_needed() -> None:
    """It should ask flagged wikis alone for blocks: only such as stand now are looked at."""
    accounts = AskedAccounts(BEL, blocks=BLOCKS)
    background(accounts)
    assert [one[2] for one in accounts.asked if one[0] == 'blocks'] == ['enwiki', 'dewiki']
