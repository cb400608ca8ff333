"""The laws of the gate; tests/cases/gate.yaml has its cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from globalban_bot.decide.gate import HOLD, LEAST_AGE, GateFacts, judge_gate
from globalban_bot.model.approval import Barrier, Gate, Said, Standing, Word
from globalban_bot.model.nomination import Verdict
from globalban_bot.model.revision import Revision
from globalban_bot.wikitext.approvals import read_approvals
from tests.unit.made_accounts import day
from tests.unit.made_notices import NOW, OPENED, nomination

DIGEST = '0123456789ab'
LONG = day('2020-01-01')
PEOPLE = {
    'Sender': Standing(LONG, None),
    'Admin': Standing(LONG, LONG),
    'Steward': Standing(None, LONG),
    'Voting admin': Standing(LONG, LONG),
    'New admin': Standing(NOW, NOW),
    'Reader': Standing(),
}
names = st.sampled_from([*PEOPLE, 'Somebody', None])
lines = st.sampled_from([f'* approve {DIGEST}', '* approve aaaaaaaaaaaa', '* waive', '* hold', '* settle'])
texts = st.lists(lines, max_size=4).map('\n'.join)
#: Minutes before now, the oldest revision first.
times = st.lists(st.integers(0, 48 * 60 - 1), min_size=6, max_size=6).map(
    lambda some: sorted(some, reverse=True)
)
histories = st.lists(st.tuples(names, texts), max_size=5)


def history(found: Sequence[tuple[str | None, str | None]], ago: Sequence[int]) -> list[Revision]:
    return [
        Revision(number, NOW - timedelta(minutes=ago[number]), user, text)
        for number, (user, text) in enumerate(found)
    ]


def facts(said: Sequence[Said] = (), **more: Any) -> GateFacts:
    plain = GateFacts(
        is_open=True,
        opened=OPENED,
        nominator=nomination().nominator,
        involved=frozenset({'Voting admin'}),
        digest=DIGEST,
        notices=3,
        said=said,
        standings=PEOPLE,
        now=NOW,
    )
    return replace(plain, **more)


def one(
    word: Word, author: str | None = 'Admin', *, ago: float = 60, stands: bool = True, number: int = 1
) -> Said:
    digest = DIGEST if word is Word.APPROVE else ''
    return Said(word, digest, author, NOW - timedelta(minutes=ago), number, stands)


APPROVED = one(Word.APPROVE, 'Sender')


def test_open() -> None:
    """It should name the approver and the revision where nothing stands in the way."""
    assert judge_gate(facts([APPROVED])) == Gate((), 'Sender', 1, None)


@given(histories, times, names, st.booleans(), st.sampled_from([(Verdict.MET,), (Verdict.NOT_MET,)]))
def test_unrelated_revision(
    found: list[tuple[str | None, str]],
    ago: list[int],
    who: str | None,
    is_open: bool,
    verdicts: tuple[Verdict, ...],
) -> None:
    """It should not be opened by a revision that says nothing new, whoever saves it."""
    before = history(found, ago)
    text = found[-1][1] if found else ''
    after = [*before, Revision(99, NOW, who, f'Some words.\n{text}\nI hold another view.')]
    given_facts = {'is_open': is_open, 'nominator': nomination(nominator=verdicts).nominator}
    first, then = (judge_gate(facts(read_approvals(some), **given_facts)) for some in (before, after))
    assert then == first


def test_revision_after_a_hidden_one() -> None:
    """It should not be opened by an administrator who undoes an edit whose text is hidden since."""
    line = f'* approve {DIGEST}'
    found = [('Reader', line), ('Somebody', None), ('Admin', line)]
    assert not judge_gate(facts(read_approvals(history(found, [50, 40, 30])))).open


@given(histories, times, st.sampled_from(sorted(PEOPLE)))
def test_right_taken(found: list[tuple[str | None, str]], ago: list[int], who: str) -> None:
    """It should not be opened by taking somebody's rights, and shut where it was the approver's right."""
    said = read_approvals(history(found, ago))
    before = judge_gate(facts(said))
    after = judge_gate(facts(said, standings={**PEOPLE, who: Standing()}))
    assert after.approver != who
    if not before.open:
        assert not after.open
    if before.approver == who and after.approver is None:
        assert Barrier.NO_RIGHT in after.barriers or Barrier.PARTICIPANT in after.barriers


@given(histories, times, st.sampled_from(sorted(PEOPLE)))
def test_takes_part(found: list[tuple[str | None, str]], ago: list[int], who: str) -> None:
    """It should not be opened when somebody takes part in the request, and not count who did."""
    said = read_approvals(history(found, ago))
    before = judge_gate(facts(said))
    after = judge_gate(facts(said, involved=frozenset({'Voting admin', who})))
    assert after.approver != who
    assert before.open or not after.open


@given(histories, times, names.filter(bool), st.integers(0, 60))
def test_hold_shuts(found: list[tuple[str | None, str]], ago: list[int], who: str, later: int) -> None:
    """It should be shut by a hold, whoever with an account asks for it, for a day."""
    said = (*read_approvals(history(found, ago)), one(Word.HOLD, who, ago=0, number=99))
    held = judge_gate(facts(said, now=NOW + timedelta(minutes=later)))
    assert Barrier.HELD in held.barriers
    assert held.held_until == NOW + HOLD
    assert Barrier.HELD not in judge_gate(facts(said, now=NOW + HOLD)).barriers


@given(histories, times, st.booleans(), st.sampled_from([0, 3]), st.sampled_from([None, OPENED, NOW]))
def test_order(
    found: list[tuple[str | None, str]],
    ago: list[int],
    is_open: bool,
    notices: int,
    opened: Any,
) -> None:
    """It should name what stands in the way in one order, each once, and one thing of an approval at most."""
    gate = judge_gate(
        facts(
            read_approvals(history(found, ago)),
            is_open=is_open,
            notices=notices,
            opened=opened,
            nominator=nomination(nominator=[Verdict.NOT_MET]).nominator,
        )
    )
    order = [*Barrier]
    assert [*gate.barriers] == sorted(set(gate.barriers), key=order.index)
    of_approval = {
        Barrier.NOT_APPROVED,
        Barrier.OTHER_PLAN,
        Barrier.NOBODYS,
        Barrier.NO_RIGHT,
        Barrier.PARTICIPANT,
    }
    assert len(of_approval & {*gate.barriers}) == (gate.approver is None)
    assert (Barrier.NOT_OPEN in gate.barriers) is not is_open
    assert (Barrier.NOTHING in gate.barriers) is (notices == 0)
    assert (Barrier.TOO_YOUNG in gate.barriers) is (opened != OPENED)
    assert (gate.held_until is not None) is (Barrier.HELD in gate.barriers)
    assert gate.open is (not gate.barriers)


@given(histories, times, st.text('0123456789abcdef', min_size=12, max_size=12))
def test_other_digest(found: list[tuple[str | None, str]], ago: list[int], digest: str) -> None:
    """It should be shut for a plan of another digest, whatever was said before."""
    assume(digest not in {DIGEST, 'a' * 12})
    gate = judge_gate(facts(read_approvals(history(found, ago)), digest=digest))
    assert not gate.open
    assert gate.approver is None


def test_nearest_approval() -> None:
    """It should tell what is wrong with the approval that comes nearest."""
    other = replace(APPROVED, digest='a' * 12)
    steps = [
        (one(Word.APPROVE, 'Sender', stands=False), Barrier.NOT_APPROVED),
        (other, Barrier.OTHER_PLAN),
        (one(Word.APPROVE, 'Reader'), Barrier.NO_RIGHT),
        (one(Word.APPROVE, 'Voting admin'), Barrier.PARTICIPANT),
    ]
    said: list[Said] = []
    for line, barrier in steps:
        said = [line, *said]
        assert judge_gate(facts(said)).barriers == (barrier,)
    assert judge_gate(facts([*said, APPROVED])).barriers == ()


@given(st.integers(0, 3 * 24 * 60))
def test_age(minutes: int) -> None:
    """It should be shut for a request that is less than a day old, and for no older one."""
    gate = judge_gate(facts([APPROVED], opened=NOW - timedelta(minutes=minutes)))
    assert gate.barriers == ((Barrier.TOO_YOUNG,) if minutes < 24 * 60 else ())


def test_last_approver() -> None:
    """It should name the last one of those whose approval counts."""
    said = [APPROVED, one(Word.APPROVE, 'Admin', number=2), one(Word.APPROVE, 'Voting admin', number=3)]
    gate = judge_gate(facts(said))
    assert (gate.approver, gate.revision) == ('Admin', 2)


def test_nobody_known() -> None:
    """It should count nothing of whom nothing is known, nor of an author who is hidden."""
    assert judge_gate(facts([APPROVED], standings={})).barriers == (Barrier.NO_RIGHT,)
    hidden = one(Word.APPROVE, None)
    assert judge_gate(facts([hidden], standings={'': Standing(LONG, LONG)})).approver is None


@pytest.mark.parametrize(('minutes', 'is_open'), [(-1, False), (0, True), (1, True)])
def test_right_at_the_moment(minutes: float, is_open: bool) -> None:
    """It should count who held the right when the approval was saved, to the moment."""
    approved = one(Word.APPROVE, 'New admin', ago=-minutes)
    assert judge_gate(facts([approved], now=NOW + LEAST_AGE)).open is is_open


@pytest.mark.parametrize('verdict', [*Verdict])
def test_verdicts(verdict: Verdict) -> None:
    """It should be shut by a rule on the nominator that is not met, and by no other verdict."""
    gate = judge_gate(facts([APPROVED], nominator=nomination(nominator=[verdict]).nominator))
    assert gate.barriers == ((Barrier.NOMINATOR,) if verdict is Verdict.NOT_MET else ())


@pytest.mark.parametrize(
    ('who', 'counts'),
    [
        ('Admin', True),
        ('Steward', True),
        ('Voting admin', False),
        ('Sender', False),
        ('New admin', False),
        (None, False),
    ],
)
def test_waived(who: str | None, counts: bool) -> None:
    """It should be opened by a waiver of somebody who may, and might, settle, and took no part."""
    not_met = nomination(nominator=[Verdict.NOT_MET]).nominator
    gate = judge_gate(facts([one(Word.WAIVE, who), APPROVED], nominator=not_met))
    assert gate.open is counts
    assert not judge_gate(facts([one(Word.WAIVE, who, stands=False), APPROVED], nominator=not_met)).open


@pytest.mark.parametrize(
    ('who', 'counts'),
    [
        ('Admin', True),
        ('Steward', True),
        ('Voting admin', False),
        ('Sender', False),
        ('New admin', False),
        (None, False),
    ],
)
def test_settled(who: str | None, counts: bool) -> None:
    """It should be opened by somebody who may, and might, settle a hold, and took no part."""
    said = [APPROVED, one(Word.HOLD, 'Reader', ago=50), one(Word.SETTLE, who, ago=40)]
    assert judge_gate(facts(said)).open is counts
    assert judge_gate(facts([*said, one(Word.HOLD, 'Reader', ago=30)])).barriers == (Barrier.HELD,)


def test_waiver_is_no_settlement() -> None:
    """It should not be opened by a waiver where it is held, nor by a settlement where a rule is not met."""
    not_met = nomination(nominator=[Verdict.NOT_MET]).nominator
    held = [APPROVED, one(Word.HOLD, 'Reader'), one(Word.WAIVE)]
    assert judge_gate(facts(held)).barriers == (Barrier.HELD,)
    assert judge_gate(facts([APPROVED, one(Word.SETTLE)], nominator=not_met)).barriers == (Barrier.NOMINATOR,)


def test_taken_back() -> None:
    """It should stay held when the word is taken out."""
    said = [APPROVED, one(Word.HOLD, 'Reader', stands=False)]
    assert judge_gate(facts(said)).barriers == (Barrier.HELD,)
