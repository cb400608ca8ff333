"""Which blocks stood at a moment: laws over made-up logs. Situations stand in ``tests/cases/policy``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.decide.blocklog import (
    Changes,
    changes_between,
    evidence_at,
    first_indefinite,
    standing_at,
)
from globalban_bot.model.block import Action, Block, BlockEvent, WikiBlocks
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.decide.made_blocks import A_DAY, ANY_FOUND, BLOCKS, DAYS, KINDS, LOGS, MOMENTS, block_of, on
from tests.unit.made_accounts import block, wiki_blocks

HALF_A_DAY = A_DAY / 2


@dataclass(frozen=True)
class Told:
    """What a wiki tells of blocks with a whole log, and what stood on each day from its midnight on."""

    found: WikiBlocks
    days: tuple[Block | None, ...]


#: What happens on a day: nothing, the block is lifted, a block is made or changed.
STEPS = st.one_of(st.none(), st.none(), st.just('lift'), KINDS)


@st.composite
def told(draw: Any, days: int = DAYS) -> Told:
    """Draw what happens day by day, and write the log that a wiki would write."""
    stands: Block | None = None
    log: list[BlockEvent] = []
    stood: list[Block | None] = []
    for number in range(days):
        step, now = draw(STEPS), on(number)
        if stands is not None and stands.expiry is not None and stands.expiry <= now:
            stands = None
        if step == 'lift' and stands is not None:
            stands = None
            log.append(BlockEvent(number, now, Action.UNBLOCK))
        elif isinstance(step, tuple):
            length, partial, talk = step
            action = Action.BLOCK if stands is None else Action.REBLOCK
            made = Block(now, None if length is None else on(number + length), partial, talk)
            log.append(BlockEvent(number, now, action, made))
            # A change leaves the time of the block.
            stands = made if stands is None else replace(made, since=stands.since)
        stood.append(stands)
    standing = () if stands is None else (stands,)
    return Told(wiki_blocks('enwiki', *standing, log=tuple(log), asked=on(days - 1)), tuple(stood))


def forms(stood: tuple[Block, ...] | Unknown) -> Any:
    """Return what blocks do, without when they were made."""
    if isinstance(stood, Unknown):
        return stood
    return [(one.expiry, one.partial, one.talk_open) for one in stood]


@given(ANY_FOUND, st.integers(0, 9))
def test_now_is_what_stands(found: WikiBlocks, days: int) -> None:
    """It should tell what stands, from the moment on at which the wiki was asked, whatever the log says."""
    moment = found.asked + days * A_DAY
    stands = [one for one in found.standing if one.expiry is None or one.expiry > moment]
    assert standing_at(found, moment) == tuple(stands)


@given(told(), st.integers(0, DAYS - 1), st.booleans())
def test_whole_log(told: Told, number: int, noon: bool) -> None:
    """It should tell by a whole log what stood on each day."""
    moment = min(on(number) + noon * HALF_A_DAY, told.found.asked)
    stood = told.days[number]
    assert forms(standing_at(told.found, moment)) == forms(() if stood is None else (stood,))


@given(told(), st.integers(0, DAYS - 1))
def test_evidence_of_a_whole_log(told: Told, number: int) -> None:
    """It should tell since when an account was blocked without a break in this way, and by which line."""
    stood = told.days[number]
    found = [one for block, one in evidence_at(told.found, on(number)) if block.expiry is None]
    if stood is None or stood.expiry is not None:
        assert found == []
        assert first_indefinite(told.found, on(number)) is None
        return
    first = number
    while first > 0 and is_alike(told.days[first - 1], stood):
        first -= 1
    assert [(one.since, one.link) for one in found] == [(on(first), told.found.link(first))]
    assert first_indefinite(told.found, on(number)) == (None if stood.partial else on(first))


def counts(block: Block | None) -> bool:
    return block is not None and block.expiry is None and not block.partial


@given(told(), st.integers(0, DAYS - 1), st.integers(0, DAYS - 1))
def test_changes_of_a_whole_log(told: Told, number: int, later: int) -> None:
    """It should tell each day on which an indefinite block of the whole wiki began or ended."""
    start, end = min(number, later), max(number, later)
    days = [counts(one) for one in told.days]
    found = changes_between(told.found, on(start), on(end))
    assert isinstance(found, Changes)
    assert (found.stood is not None) is days[start]
    within = range(start + 1, end + 1)
    assert [one.since for one in found.placed] == [on(n) for n in within if days[n] and not days[n - 1]]
    assert [one.since for one in found.ended] == [on(n) for n in within if days[n - 1] and not days[n]]


@given(ANY_FOUND, MOMENTS, MOMENTS)
def test_changes_add_up(found: WikiBlocks, start: datetime, end: datetime) -> None:
    """It should tell changes only that lead from what stood to what stands at the end."""
    changes = changes_between(found, start, end)
    stood = standing_at(found, end)
    if start <= end < found.asked and isinstance(changes, Changes) and not isinstance(stood, Unknown):
        stands = (changes.stood is not None) + len(changes.placed) - len(changes.ended)
        assert stands == any(counts(one) for one in stood)


#: What a line tells of blocks that it leaves, and whether the moment after it is known.
LEFT: dict[str, tuple[Action, int | None, bool]] = {
    'a wiki that holds one block': (Action.REBLOCK, None, True),
    'a change of the only one': (Action.REBLOCK, 1, True),
    'a change of one of two': (Action.REBLOCK, 2, False),
    'the last one is lifted': (Action.UNBLOCK, 0, True),
    'one of two is lifted': (Action.UNBLOCK, 1, False),
}


@pytest.mark.parametrize(('action', 'left', 'known'), LEFT.values(), ids=LEFT)
def test_several_blocks(action: Action, left: int | None, *, known: bool) -> None:
    """It should not know a past moment at which several blocks may have stood on a wiki."""
    made = block_of((None, False, True), 2)
    log: tuple[BlockEvent, ...] = (
        BlockEvent(1, on(1), Action.BLOCK, block_of((None, False, True), 1)),
        BlockEvent(2, on(2), action, None if action is Action.UNBLOCK else made, left),
        BlockEvent(3, on(5), Action.UNBLOCK, None, 0),
    )
    log = log if action is Action.REBLOCK or not known else log[:2]
    found = wiki_blocks('enwiki', log=log, asked=on(9))
    assert isinstance(standing_at(found, on(3)), Unknown) is not known
    assert isinstance(changes_between(found, on(1), on(4)), Unknown) is not known
    assert not isinstance(standing_at(found, on(1)), Unknown)


def test_several_blocks_that_stand() -> None:
    """It should tell of blocks that stand now beside each other when they were made, without a line."""
    made = [block_of((None, False, True), number) for number in (1, 2)]
    log = (
        BlockEvent(1, on(1), Action.BLOCK, made[0], 1),
        BlockEvent(2, on(2), Action.BLOCK, made[1], 2),
    )
    found = wiki_blocks('enwiki', *made, log=log, asked=on(9))
    evidence = [one for _, one in evidence_at(found, on(9))]
    assert [(one.since, one.link) for one in evidence] == [(on(1), None), (on(2), None)]


def is_alike(one: Block | None, other: Block) -> bool:
    return one is not None and one.expiry is None and one.partial is other.partial


@given(ANY_FOUND, MOMENTS)
def test_lifted_later(found: WikiBlocks, moment: datetime) -> None:
    """It should not matter for a moment that the blocks which stand were lifted after it."""
    ends = found.asked + A_DAY
    if moment >= found.asked or not found.standing or not all(one.stands(ends) for one in found.standing):
        return
    if any(event.time > found.asked for event in found.log):
        # No log holds lines of tomorrow.
        return
    unblock = BlockEvent(99, ends, Action.UNBLOCK)
    lifted = replace(found, standing=(), log=(*found.log, unblock), asked=ends + A_DAY)
    before = standing_at(found, moment)
    if not isinstance(before, Unknown):
        assert standing_at(lifted, moment) == before


@given(ANY_FOUND, LOGS, st.lists(BLOCKS, max_size=2), MOMENTS)
def test_later_lines_make_no_block(
    found: WikiBlocks, more: tuple[BlockEvent, ...], standing: list[Block], moment: datetime
) -> None:
    """It should never find an account blocked at a moment by what was logged, or stands, after it."""
    before = replace(found, standing=(), log=tuple(one for one in found.log if one.time <= moment))
    before = replace(before, asked=moment + A_DAY)
    if standing_at(before, moment) != ():
        return
    late = tuple(one for one in more if one.time > moment)
    after = replace(before, standing=tuple(standing), log=(*before.log, *late), asked=on(DAYS + 1))
    assert standing_at(after, moment) in ((), Unknown(Gap.NO_LOG))


@given(told(), st.integers(0, DAYS - 1), st.data())
def test_hidden_block(told: Told, number: int, data: st.DataObject) -> None:
    """It should never find an account free of blocks where only the making of its first block is hidden."""
    made = [one for one in told.found.log if one.action is Action.BLOCK]
    if not made or told.days[number] is None:
        return
    hidden = data.draw(st.sampled_from(made))
    following = [one for one in told.found.log if one.time > hidden.time]
    ends = following[0].time if following else told.found.asked
    lasts = hidden.block is not None and hidden.block.stands(ends)
    found = replace(told.found, log=tuple(one for one in told.found.log if one is not hidden))
    if lasts and hidden.time <= on(number) < ends:
        assert standing_at(found, on(number)) != ()


def test_first_indefinite_of_a_part() -> None:
    """It should not take a block of a part, or one that ends, for the first of the whole wiki."""
    found = wiki_blocks('enwiki', block('2026-01-01', partial=True), block('2026-02-01', expiry=on(999)))
    assert first_indefinite(found, found.asked) is None


def test_hidden_lift() -> None:
    """It should not find an account blocked where a block was made anew, which a hidden line had lifted."""
    log = (
        BlockEvent(1, on(1), Action.BLOCK, block_of((None, False, True), 1)),
        BlockEvent(5, on(5), Action.BLOCK, block_of((None, False, True), 5)),
    )
    found = wiki_blocks('enwiki', block_of((None, False, True), 5), log=log, asked=on(9))
    assert standing_at(found, on(4)) == Unknown(Gap.NO_LOG)
    assert first_indefinite(found, on(9)) == on(5)


#: A block for good that was lifted on the ninth day, when the wiki was asked.
LIFTED = (
    BlockEvent(1, on(1), Action.BLOCK, block_of((None, False, True), 1)),
    BlockEvent(9, on(9), Action.UNBLOCK),
)


@pytest.mark.parametrize('number', [0, 1, 5, 8])
def test_log_that_is_not_whole(number: int) -> None:
    """It should not trust a log of which a line cannot be read, though the rest leads to what stands."""
    whole = wiki_blocks('enwiki', log=LIFTED, asked=on(9))
    assert not isinstance(standing_at(whole, on(number)), Unknown)
    torn = replace(whole, whole=False)
    assert standing_at(torn, on(number)) == Unknown(Gap.NO_LOG)
    assert [*evidence_at(torn, on(number))] == []
    assert first_indefinite(torn, on(number)) is None


@given(ANY_FOUND, st.integers(0, DAYS), st.integers(0, 9))
def test_now_without_a_whole_log(found: WikiBlocks, number: int, days: int) -> None:
    """It should tell nothing of the past by a log that is not whole, and what stands now as ever."""
    torn = replace(found, whole=False)
    if on(number) < torn.asked:
        assert standing_at(torn, on(number)) == Unknown(Gap.NO_LOG)
    now = torn.asked + days * A_DAY
    assert standing_at(torn, now) == standing_at(found, now)
