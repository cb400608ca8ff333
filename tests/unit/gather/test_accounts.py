"""No more questions about a request than it may take."""

from __future__ import annotations

from dataclasses import replace

import pytest

from globalban_bot.errors import Stopped
from globalban_bot.gather.accounts import MOST_QUESTIONS, LimitedAccounts
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.model.account import Account, Bounds, EditsAsked, GroupHeld, LocalAccountSummary
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.nomination import Verdict
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.policy.loader import load_policy
from tests.unit.decide.made import at, closed_at, request
from tests.unit.made_accounts import NOW, AskedAccounts, account, day, local

ADA = account(local('metawiki'), name='Ada')
#: Attached, with edits, on more wikis than may be asked.
BEL = account(*(local(f'wiki{number}', blocked=True) for number in range(MOST_QUESTIONS + 9)))
TOO_MUCH = Unknown(Gap.TOO_MUCH)
EDITS = EditsAsked(500, NOW)


def never() -> None:
    pass


def test_hands_on() -> None:
    """It should hand each kind of question on, and give back what is answered."""
    asked = AskedAccounts(ADA, here={'Ada': LocalAccountSummary(None, 3)})
    limited = LimitedAccounts(asked, never)
    assert limited.account('Ada') == ADA
    assert limited.account('Dov') == Unknown(Gap.NOT_SHOWN)
    assert limited.edits(ADA, EDITS) == Bounds(1000, 1000)
    assert isinstance(limited.blocks(ADA, ADA.locals[0]), WikiBlocks)
    assert limited.locks(ADA) == ()
    assert limited.group(ADA, 'sysop') == GroupHeld(day('2020-01-01'))
    assert limited.here(['Ada']) == {'Ada': LocalAccountSummary(None, 3)}
    assert [question[0] for question in asked.asked] == [
        *('account', 'account', 'edits', 'blocks', 'locks', 'group', 'here'),
    ]


def test_up_to_a_number() -> None:
    """It should ask no more than so many questions, of all kinds together, and say that there is too much."""
    asked = AskedAccounts(ADA)
    limited = LimitedAccounts(asked, never)
    for _ in range(MOST_QUESTIONS - 1):
        limited.account('Ada')
    assert limited.locks(ADA) == ()
    assert [
        limited.account('Ada'),
        limited.edits(ADA, EDITS),
        limited.blocks(ADA, ADA.locals[0]),
        limited.locks(ADA),
        limited.group(ADA, 'sysop'),
    ] == [TOO_MUCH] * 5
    assert len(asked.asked) == MOST_QUESTIONS == 300


def test_stopped_between_questions() -> None:
    """It should see before each question whether the run was asked to end, and ask nothing then."""
    asked, left = AskedAccounts(ADA), [None, None]

    def check_stop() -> None:
        if not left:
            raise Stopped('asked to end')
        left.pop()

    limited = LimitedAccounts(asked, check_stop)
    limited.account('Ada')
    limited.locks(ADA)
    for question in (lambda: limited.account('Ada'), lambda: limited.edits(ADA, EDITS)):
        with pytest.raises(Stopped, match='asked to end'):
            question()
    assert [one[0] for one in asked.asked] == ['account', 'locks']


def blocks_asked(asked: AskedAccounts, subjects: int = 1) -> int:
    """Return how many wikis are asked for blocks of a closed request."""
    names = tuple(f'Bel {number}' for number in range(subjects))
    made = request(subjects=names, state=closed_at(at(20)))
    Nominations(asked, load_policy('global-bans'), 'metawiki').of(made, NOW)
    return sum(question[0] == 'blocks' for question in asked.asked)


def test_account_on_many_wikis() -> None:
    """It should ask as many wikis as a request may take, and leave the rest unknown."""
    asked = AskedAccounts(ADA, replace(BEL, name='Bel 0'))
    # The nominator, with edits, and the subject come first.
    assert blocks_asked(asked) == MOST_QUESTIONS - 3
    found = Nominations(AskedAccounts(ADA, BEL), load_policy('global-bans'), 'metawiki').of(
        request(state=closed_at(at(20))), NOW
    )
    assert found is not None
    gaps = [gap for _, gap in found.subjects[0].blocks.unknown if gap is Gap.TOO_MUCH]
    assert len(gaps) == len(BEL.locals) - (MOST_QUESTIONS - 3)
    assert found.partly
    assert not found.retry


def test_several_accounts_share_the_number() -> None:
    """It should count the questions about all accounts of a request together."""
    bels: list[Account] = [replace(BEL, name=f'Bel {number}') for number in range(3)]
    asked = AskedAccounts(ADA, *bels)
    blocks_asked(asked, 3)
    assert len(asked.asked) == MOST_QUESTIONS
    assert ('account', 'Bel 1') not in asked.asked


def test_each_request_by_itself() -> None:
    """It should begin to count anew with each request."""
    asked = AskedAccounts(ADA, BEL)
    nominations = Nominations(asked, load_policy('global-bans'), 'metawiki')
    for _ in range(2):
        nominations.of(request(state=closed_at(at(20))), NOW)
    assert len(asked.asked) == 2 * MOST_QUESTIONS


def test_an_account_that_there_was_no_room_for() -> None:
    """It should find nothing not met by an account that was not asked for any more."""
    bels = [replace(BEL, name=f'Bel {number}') for number in range(2)]
    nominations = Nominations(AskedAccounts(ADA, *bels), load_policy('global-bans'), 'metawiki')
    found = nominations.of(request(subjects=('Bel 0', 'Bel 1')), NOW)
    assert found is not None
    second = found.subjects[1]
    assert (second.blocks.finding.verdict, second.blocks.finding.gap) == (
        Verdict.UNDETERMINED,
        Gap.TOO_MUCH,
    )
    assert second.reply == TOO_MUCH
