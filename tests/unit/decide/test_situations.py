"""The situations of ``tests/cases/policy``; and that they would tell a policy with any other value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from globalban_bot.model.nomination import Verdict
from globalban_bot.model.policy import DatedValue, Policy, Rule, Unit
from globalban_bot.model.unknown import Gap
from globalban_bot.policy.loader import load_policy, overlays_of, policy_names
from tests.unit.decide.situations import Situation, found_in, situations

ALL = [*situations()]
A_MINUTE = timedelta(minutes=1)


@cache
def policy_of(name: str, overlay: str | None) -> Policy:
    if overlay is None:
        return load_policy(name)
    return next(one.policy for one in overlays_of(name) if one.name == overlay)


@pytest.mark.parametrize('situation', ALL, ids=[one.name for one in ALL])
def test_situation(situation: Situation) -> None:
    """It should find what the situation says."""
    policy = policy_of(situation.policy, situation.overlay)
    assert found_in(situation, policy) == situation.expect


def test_enough_situations() -> None:
    """It should have at least eighty situations, each with a sentence of its own."""
    assert len(ALL) >= 80
    assert [name for name, times in Counter(one.name for one in ALL).items() if times > 1] == []


@pytest.mark.parametrize('gap', Gap)
def test_every_gap(gap: Gap) -> None:
    """It should have a situation for each reason why something is not known."""
    assert any(f'{Verdict.UNDETERMINED.value}: {gap.value}' in map(str, one.expect.values()) for one in ALL)


# --- other values ------------------------------------------------------------------------------------


def other_values(value: DatedValue, unit: Unit) -> Iterator[tuple[str, DatedValue]]:
    """Yield a value changed by one unit, and in force a minute earlier or later."""
    if isinstance(value.value, int):
        yield 'one more', replace(value, value=value.value + 1)
        yield 'one less', replace(value, value=value.value - 1)
    elif isinstance(value.value, str):
        if unit is Unit.WORDS:
            yield 'other words', replace(value, value=f'{value.value} or somebody')
        yield 'repealed', replace(value, value=None)
    else:
        yield 'not repealed', replace(value, value='yes')
    if value.start.year > 1:
        yield 'a minute earlier', replace(value, start=value.start - A_MINUTE)
        yield 'a minute later', replace(value, start=value.start + A_MINUTE)


def other_rules(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for at, value in enumerate(rule.values):
        for what, other in other_values(value, rule.unit):
            changed = (*rule.values[:at], other, *rule.values[at + 1 :])
            yield f'{rule.name}: {what} ({value.start:%Y})', replace(rule, values=changed)


def changed_policies() -> Iterator[tuple[str, str | None, str, Policy]]:
    for name in policy_names():
        policy = load_policy(name)
        for rule in policy.rules.values():
            for what, other in other_rules(rule):
                yield name, None, what, replace(policy, rules={**policy.rules, rule.name: other})
        for overlay in overlays_of(name):
            for rule in changed_by(overlay.policy, overlay.name):
                for what, other in other_rules(rule):
                    rules = {**overlay.policy.rules, rule.name: other}
                    yield name, overlay.name, what, replace(overlay.policy, rules=rules)


def changed_by(policy: Policy, overlay: str) -> list[Rule]:
    return [rule for rule in policy.rules.values() if rule.values[0].reference.name == overlay]


CHANGED = [*changed_policies()]


@pytest.mark.parametrize(
    ('name', 'overlay', 'what', 'policy'),
    CHANGED,
    ids=[f'{name} {overlay or ""} {what}' for name, overlay, what, _ in CHANGED],
)
def test_other_value(name: str, overlay: str | None, what: str, policy: Policy) -> None:
    """It should have a situation that tells a policy with another value, or with another date."""
    told = [one for one in ALL if (one.policy, one.overlay) == (name, overlay)]
    assert any(found_in(one, policy) != one.expect for one in told), what
