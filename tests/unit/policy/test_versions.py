"""Versions of a policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from globalban_bot.policy.versions import BEGINNING, END, as_version, versions
from tests.unit.policy.policy_of_2026 import GLOBAL_BANS_OF_2026

ADOPTED = datetime(2013, 3, 3, 21, 6, tzinfo=UTC)
AMENDED = datetime(2018, 1, 10, 15, 24, tzinfo=UTC)


def test_versions() -> None:
    """It should name the moments at which the policy changed."""
    assert versions(GLOBAL_BANS_OF_2026) == (ADOPTED, AMENDED)


def test_better_known_is_no_change() -> None:
    """It should name no moment at which a value was only known better."""
    policy = GLOBAL_BANS_OF_2026
    kept = {name: policy.rules[name] for name in ('blocked-projects', 'inform-user')}
    assert versions(replace(policy, rules=kept)) == (ADOPTED,)


def test_repeal_is_a_change() -> None:
    """It should name the moment of a repeal."""
    policy = GLOBAL_BANS_OF_2026
    kept = {'block-discussion': policy.rules['block-discussion']}
    assert versions(replace(policy, rules=kept)) == (ADOPTED, AMENDED)


def test_as_version() -> None:
    """It should put a version into force from the beginning, without the rules that it lacks."""
    policy = GLOBAL_BANS_OF_2026
    first = as_version(policy, AMENDED - timedelta(minutes=1))
    assert 'nominator-edits' not in first.rules
    assert [value.start for value in first.rules['closer'].values] == [BEGINNING]
    assert [value.value for value in first.rules['closer'].values] == ['a sysop or steward']
    second = as_version(policy, AMENDED)
    assert 'block-discussion' not in second.rules
    assert second == as_version(policy, END)
    assert second.rules['nominator-edits'].values[0].reference.name == 'amendment'
    assert versions(second) == (BEGINNING,)


def test_before_the_first_version() -> None:
    """It should have no rule before the policy was adopted."""
    assert as_version(GLOBAL_BANS_OF_2026, ADOPTED - timedelta(minutes=1)).rules == {}
