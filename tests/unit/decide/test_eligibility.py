"""What is asked about accounts, and which values are in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from globalban_bot.decide.eligibility import (
    edits_asked,
    in_force,
    judge,
    moment_of,
    rules_on,
)
from globalban_bot.model.account import Bounds, EditsAsked, EditScope
from globalban_bot.model.facts import AccountFacts, Moments
from globalban_bot.model.nomination import Finding, Verdict
from globalban_bot.model.policy import Moment, Party, Rule, Shape
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.made_accounts import account, day, local, policy, rule, value

OPENED, CLOSED, RUN = day('2024-05-01'), day('2024-06-01'), day('2027-01-01')
OPEN = Moments(OPENED, None, RUN)
SHUT = Moments(OPENED, CLOSED, RUN)
#: A request that does not tell when it was opened.
VAGUE = Moments(None, None, RUN)


def edits(*values: Any, **more: Any) -> Rule:
    return rule(Shape.EDITS, *(values or (value(500),)), **{'before': Moment.OPENING, **more})


@pytest.mark.parametrize(
    ('named', 'moments', 'found'),
    [
        (Moment.OPENING, SHUT, OPENED),
        (Moment.OPENING, VAGUE, None),
        (Moment.CLOSING, SHUT, CLOSED),
        (Moment.CLOSING, OPEN, RUN),
        (Moment.NOW, SHUT, RUN),
        (None, SHUT, RUN),
    ],
)
def test_moment_of(named: Moment | None, moments: Moments, found: datetime | None) -> None:
    """It should know the moments of a request; the closing of an open one is the run."""
    assert moment_of(named, moments) == found


#: Rules on edits, the moments of a request, and what is asked.
ASKED: dict[str, tuple[Rule, Moments, EditsAsked | None]] = {
    'plain': (edits(), OPEN, EditsAsked(500, OPENED)),
    'on one wiki': (edits(where=EditScope.ANY), OPEN, EditsAsked(500, OPENED, where=EditScope.ANY)),
    'up to the closing': (edits(before=Moment.CLOSING), SHUT, EditsAsked(500, CLOSED)),
    'the value of the opening': (
        edits(value(500), value(50, '2024-05-02')),
        SHUT,
        EditsAsked(500, OPENED),
    ),
    'the newer value': (edits(value(500), value(50, '2024-05-01')), SHUT, EditsAsked(50, OPENED)),
    'not yet in force': (edits(value(500, '2024-05-02')), SHUT, None),
    'repealed': (edits(value(500), value(None, '2024-04-30')), OPEN, None),
    'opening not known': (edits(), VAGUE, None),
    'on subjects': (edits(of=Party.SUBJECT), OPEN, None),
    'of another shape': (rule(Shape.REGISTERED, value(6), before=Moment.OPENING), OPEN, None),
}


@pytest.mark.parametrize(('one', 'moments', 'asked'), ASKED.values(), ids=ASKED)
def test_edits_asked(one: Rule, moments: Moments, asked: EditsAsked | None) -> None:
    """It should ask about edits just what the rules in force need."""
    found = edits_asked(policy(one), Party.NOMINATOR, moments)
    assert found == ({} if asked is None else {one.name: asked})


def test_rules_on() -> None:
    """It should give the rules on somebody in the order of the policy."""
    rules = [edits(of=Party.SUBJECT), edits(), rule(Shape.ACCOUNT, of=Party.SUBJECT)]
    assert rules_on(policy(*rules), Party.SUBJECT) == (rules[0], rules[2])


@pytest.mark.parametrize(
    ('values', 'moments', 'found'),
    [
        ([value(500)], OPEN, 500),
        ([value(500, '2024-05-01')], OPEN, 500),
        ([value(500, '2024-05-01T00:00:01')], OPEN, Verdict.NOT_YET),
        ([value(500), value(None, '2024-05-01')], OPEN, Verdict.REPEALED),
        ([value(500), value(None, '2021-01-01'), value(5, '2022-01-01')], OPEN, 5),
        ([value(500), value(5, '2024-05-15')], SHUT, 500),
    ],
)
def test_in_force(values: list[Any], moments: Moments, found: int | Verdict) -> None:
    """It should take the value of the opening."""
    one = edits(*values)
    stands = in_force(one, moments)
    if isinstance(found, Verdict):
        assert stands == Finding(one, found)
    else:
        assert not isinstance(stands, Finding)
        assert stands.value == found


@pytest.mark.parametrize(
    ('change', 'moments', 'found'),
    [
        ('2024-04-01', Moments(None, None, RUN, OPENED), 5),
        ('2024-05-15', Moments(None, None, RUN, OPENED), None),
        ('2025-01-01', Moments(None, CLOSED, RUN, OPENED), 500),
        ('2024-04-01', Moments(None, CLOSED, RUN), None),
    ],
)
def test_in_force_at_an_opening_that_is_not_known(change: str, moments: Moments, found: int | None) -> None:
    """It should take a value that was in force since the page was made; of others that is not known."""
    one = edits(value(500), value(5, change))
    stands = in_force(one, moments)
    if found is None:
        assert stands == Finding(one, Verdict.UNDETERMINED, gap=Gap.NO_MOMENT)
        assert edits_asked(policy(one), Party.NOMINATOR, moments) == {}
    else:
        assert not isinstance(stands, Finding)
        assert stands.value == found


@pytest.mark.parametrize('shape', [Shape.WORDING, Shape.QUESTION])
def test_not_judged(shape: Shape) -> None:
    """It should judge nothing that is a wording, or for people."""
    assert judge(policy(rule(shape), rule(Shape.ACCOUNT)), Party.NOMINATOR, None, OPEN) == (
        Finding(rule(Shape.ACCOUNT), Verdict.NOT_MET, value()),
    )


@pytest.mark.parametrize(
    ('start', 'verdict', 'gap'),
    [('2024-05-02', Verdict.NOT_YET, None), ('2024-04-30', Verdict.UNDETERMINED, Gap.NOT_SHOWN)],
)
def test_not_shown(start: str, verdict: Verdict, gap: Gap | None) -> None:
    """It should say of a rule that is not in force just that, whatever is known of the account."""
    (found,) = judge(
        policy(edits(value(500, start))), Party.NOMINATOR, AccountFacts(Unknown(Gap.NOT_SHOWN)), OPEN
    )
    assert (found.verdict, found.gap) == (verdict, gap)


@pytest.mark.parametrize(
    ('bounds', 'verdict', 'number'),
    [
        (Bounds(500, 900), Verdict.MET, None),
        (Bounds(499, 499), Verdict.NOT_MET, 499),
        (Bounds(100, 499), Verdict.NOT_MET, None),
        (Bounds(100, 500), Verdict.UNDETERMINED, None),
        (Bounds(100), Verdict.UNDETERMINED, None),
    ],
)
def test_bounds(bounds: Bounds, verdict: Verdict, number: int | None) -> None:
    """It should decide by bounds only what they decide, and name a number that is known."""
    one = edits()
    facts = AccountFacts(account(local()), edits={one.name: bounds})
    (found,) = judge(policy(one), Party.NOMINATOR, facts, OPEN)
    assert (found.verdict, found.found) == (verdict, number)
