"""Whether an account was blocked on as many wikis as a rule asks for: laws over made-up logs.

Situations stand in ``tests/cases/policy``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.decide.blocks import judge_blocks, wikis_to_ask, worth_asking
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.facts import AccountFacts, Moments
from globalban_bot.model.nomination import Verdict
from globalban_bot.model.policy import Party, Shape
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.decide.made_blocks import ANY_FOUND, MOMENTS, on
from tests.unit.made_accounts import account, block, day, local, rule, value, wiki_blocks

RULE = rule(Shape.BLOCKED, value(2), of=Party.SUBJECT)
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
    not_counted = (*found.partial, *found.expiring, *found.without_edits)
    placed = [one.wiki for one in (*found.counted, *not_counted)]
    placed += [wiki for wiki, _ in found.unknown]
    assert len(placed) == len(set(placed))
    assert not isinstance(facts.account, Unknown)
    looked_at = wikis_to_ask(facts.account, past=moments.looks_back)
    assert set(placed) <= set(looked_at)
    assert found.checked + len(found.unknown) == len(looked_at)
    edits = {one.wiki: one.edits for one in facts.account.locals}
    assert all(edits[one.wiki] >= least_edits for one in found.counted)
    assert all(edits[one.wiki] < least_edits for one in found.without_edits)
    assert all(edits[one.wiki] >= least_edits for one in (*found.at_opening, *found.since, *found.ended))
    if moments.looks_back:
        dated = (*found.at_opening, *found.since, *found.undated)
        assert sorted(one.wiki for one in dated) == sorted(one.wiki for one in found.counted)
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
    ('past', 'wikis'), [(False, ('enwiki', 'frwiki')), (True, ('enwiki', 'frwiki', 'dewiki'))]
)
def test_wikis_to_ask(past: bool, wikis: tuple[str, ...]) -> None:
    """It should look at flagged wikis first; for the past, at all with edits."""
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


@pytest.mark.parametrize(
    ('whole', 'verdict', 'gap'),
    [(True, Verdict.FOR_PEOPLE, None), (False, Verdict.UNDETERMINED, Gap.NO_LOG)],
)
def test_log_that_is_not_whole(whole: bool, verdict: Verdict, gap: Gap | None) -> None:
    """It should leave the rule open at a closing where a line of the log cannot be read."""
    found = wiki_blocks('enwiki', asked=on(99), whole=whole)
    facts = AccountFacts(account(local('enwiki')), blocks={'enwiki': found})
    judged = judge_blocks(RULE, value(1), 1, facts, Moments(on(0), on(9), on(99)))
    assert (judged.finding.verdict, judged.finding.gap) == (verdict, gap)
    assert judged.unknown == (() if whole else (('enwiki', Gap.NO_LOG),))
    assert judged.checked == whole


@pytest.mark.parametrize(
    ('gaps', 'worth'),
    [
        ([Gap.NO_LOG], Gap.NO_LOG),
        ([Gap.TOO_MUCH, Gap.NOT_READABLE], Gap.TOO_MUCH),
        ([Gap.NOT_READABLE, Gap.NO_LOG, Gap.BEING_RENAMED, Gap.NO_ANSWER], Gap.BEING_RENAMED),
    ],
)
def test_worth_asking(gaps: list[Gap], worth: Gap) -> None:
    """It should name the first reason that a later run may mend, or else the first."""
    assert worth_asking(gaps) is worth
