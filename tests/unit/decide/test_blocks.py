"""Which blocks stood at a moment: laws over made-up logs. Situations stand in ``tests/cases/policy``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.decide.blocklog import first_indefinite, indefinite_at, standing_at
from globalban_bot.decide.blocks import judge_blocks, wikis_to_ask
from globalban_bot.model.block import Action, Block, BlockEvent, WikiBlocks
from globalban_bot.model.facts import AccountFacts, Moments
from globalban_bot.model.nomination import Verdict
from globalban_bot.model.policy import Of, Shape
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.made_accounts import account, block, day, local, rule, value, wiki_blocks

START = day('2026-01-01')
DAYS = 24
A_DAY = timedelta(days=1)
HALF_A_DAY = A_DAY / 2


def on(number: float) -> datetime:
    return START + number * A_DAY


@dataclass(frozen=True)
class Told:
    """What a wiki tells of blocks with a whole log, and what stood on each day from its midnight on."""

    found: WikiBlocks
    days: tuple[Block | None, ...]


#: How a block can be: for how many days (None: for good), of a part of the wiki, with an open talk page.
KINDS = st.tuples(st.sampled_from([None, None, 1, 2, 5]), st.booleans(), st.booleans())
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


def block_of(kind: tuple[int | None, bool, bool], number: int) -> Block:
    length, partial, talk = kind
    return Block(on(number), None if length is None else on(number + length), partial, talk)


BLOCKS = st.builds(block_of, KINDS, st.integers(0, DAYS))
EVENTS = st.one_of(
    st.builds(lambda n: BlockEvent(n, on(n), Action.UNBLOCK), st.integers(0, DAYS)),
    st.builds(
        lambda made, action: BlockEvent(made.since.day, made.since, action, made),
        BLOCKS,
        st.sampled_from([Action.BLOCK, Action.REBLOCK]),
    ),
)
LOGS = st.lists(EVENTS, max_size=6).map(lambda log: tuple(sorted(log, key=lambda one: one.time)))
#: What a wiki may tell, though the log and what stands contradict each other.
ANY_FOUND = st.builds(
    lambda standing, log, asked: wiki_blocks('enwiki', *standing, log=log, asked=on(asked)),
    st.lists(BLOCKS, max_size=2),
    LOGS,
    st.integers(0, DAYS),
)
MOMENTS = st.integers(0, DAYS).map(on)


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
    found = [evidence for _, evidence in indefinite_at(told.found, on(number))]
    if stood is None or stood.expiry is not None:
        assert found == []
        assert first_indefinite(told.found, on(number)) is None
        return
    first = number
    while first > 0 and is_alike(told.days[first - 1], stood):
        first -= 1
    assert [(one.since, one.link) for one in found] == [(on(first), told.found.link(first))]
    assert first_indefinite(told.found, on(number)) == (None if stood.partial else on(first))


def is_alike(one: Block | None, other: Block) -> bool:
    return one is not None and one.expiry is None and one.partial is other.partial


@given(ANY_FOUND, MOMENTS)
def test_lifted_later(found: WikiBlocks, moment: datetime) -> None:
    """It should not matter for a moment that the blocks which stand were lifted after it."""
    ends = found.asked + A_DAY
    if moment >= found.asked or not found.standing or not all(one.stands(ends) for one in found.standing):
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


# --- the rule ----------------------------------------------------------------------------------------

RULE = rule(Shape.BLOCKED, value(2), of=Of.SUBJECT)
WIKIS = ('enwiki', 'dewiki', 'frwiki', 'metawiki')
ONE_WIKI = st.tuples(
    st.one_of(ANY_FOUND, st.sampled_from(Gap).map(Unknown)), st.booleans(), st.integers(0, 2)
)


def facts_of(wikis: list[tuple[WikiBlocks | Unknown, bool, int]]) -> AccountFacts:
    named = [*zip(WIKIS, wikis, strict=False)]
    locals_ = [local(wiki, edits, blocked=flagged) for wiki, (_, flagged, edits) in named]
    found = {
        wiki: replace(one, wiki=wiki, edits=edits) if isinstance(one, WikiBlocks) else one
        for wiki, (one, _, edits) in named
    }
    return AccountFacts(account(*locals_), blocks=found)


@given(st.lists(ONE_WIKI, max_size=4), MOMENTS, st.booleans(), st.integers(1, 3), st.integers(0, 2))
def test_each_wiki_once(
    wikis: list[Any], moment: datetime, closed: bool, wanted: int, least_edits: int
) -> None:
    """It should put each wiki in one place at most, and hold those that count to the rule."""
    facts = facts_of(wikis)
    moments = Moments(on(0), moment if closed else None, moment)
    found = judge_blocks(RULE, value(wanted), least_edits, facts, moments)
    placed = [one.wiki for one in (*found.counted, *found.partial, *found.without_edits)]
    placed += [wiki for wiki, _ in found.unknown]
    assert len(placed) == len(set(placed))
    assert not isinstance(facts.account, Unknown)
    looked_at = wikis_to_ask(facts.account, past=closed)
    assert set(placed) <= set(looked_at)
    assert found.checked + len(found.unknown) == len(looked_at)
    edits = {one.wiki: one.edits for one in facts.account.locals}
    assert all(edits[one.wiki] >= least_edits for one in found.counted)
    assert all(edits[one.wiki] < least_edits for one in found.without_edits)
    assert found.finding.found == len(found.counted)
    assert (found.finding.verdict is Verdict.MET) is (len(found.counted) >= wanted)
    assert (found.finding.gap is not None) is (found.finding.verdict is Verdict.UNDETERMINED)
    assert found.finding.verdict is not Verdict.NOT_MET


@given(st.lists(ONE_WIKI, max_size=4), MOMENTS)
def test_oldest_first(wikis: list[Any], moment: datetime) -> None:
    """It should name the blocks by when they were made."""
    found = judge_blocks(RULE, value(1), 0, facts_of(wikis), Moments(on(0), moment, moment))
    for group in (found.counted, found.partial, found.without_edits):
        assert [one.since for one in group] == sorted(one.since for one in group)


@pytest.mark.parametrize(
    ('gaps', 'wanted', 'verdict', 'gap'),
    [
        ([Gap.NO_LOG, Gap.NO_ANSWER], 1, Verdict.UNDETERMINED, Gap.NO_ANSWER),
        ([Gap.NO_LOG, Gap.NOT_ASKED], 1, Verdict.UNDETERMINED, Gap.NO_LOG),
        ([Gap.NO_LOG, Gap.NO_ANSWER], 2, Verdict.UNDETERMINED, Gap.NO_ANSWER),
        ([Gap.NO_LOG, Gap.NO_ANSWER], 3, Verdict.FOR_PEOPLE, None),
        ([], 1, Verdict.FOR_PEOPLE, None),
    ],
)
def test_what_is_not_known(gaps: list[Gap], wanted: int, verdict: Verdict, gap: Gap | None) -> None:
    """It should leave the rule open while what is not known may decide, and name what can be asked again."""
    facts = facts_of([(Unknown(one), True, 1) for one in gaps])
    found = judge_blocks(RULE, value(wanted), 0, facts, Moments(on(0), None, on(9)))
    assert (found.finding.verdict, found.finding.gap) == (verdict, gap)
    assert [one for _, one in found.unknown] == gaps


@pytest.mark.parametrize(
    ('past', 'wikis'), [(False, ('enwiki', 'frwiki')), (True, ('enwiki', 'dewiki', 'frwiki'))]
)
def test_wikis_to_ask(past: bool, wikis: tuple[str, ...]) -> None:
    """It should look at flagged wikis; for the past, at all with edits."""
    bel = account(
        local('enwiki', blocked=True), local('dewiki'), local('frwiki', 0, blocked=True), local('eswiki', 0)
    )
    assert wikis_to_ask(bel, past=past) == wikis


def test_widest_block() -> None:
    """It should count a block of the whole wiki, though one of a part was made before it."""
    both = wiki_blocks('enwiki', block('2026-01-01', partial=True), block('2026-02-01'), asked=on(99))
    facts = AccountFacts(account(local('enwiki', blocked=True)), blocks={'enwiki': both})
    found = judge_blocks(RULE, value(1), 1, facts, Moments(on(0), None, on(99)))
    assert [one.since for one in found.counted] == [day('2026-02-01')]
    assert found.partial == ()


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
