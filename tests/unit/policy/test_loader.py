"""Policies and overlays of the package."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from globalban_bot.errors import UserError
from globalban_bot.model.policy import (
    DatedValue,
    Moment,
    NoValue,
    Overlay,
    Policy,
    Provenance,
)
from globalban_bot.policy.loader import (
    load_policy,
    overlay_names,
    overlays_of,
    policy_names,
    read_overlay,
)
from globalban_bot.policy.versions import BEGINNING, END

CASES = Path(__file__).parents[2] / 'cases'
ADOPTED = datetime(2013, 3, 3, 21, 6, tzinfo=UTC)
AMENDED = datetime(2018, 1, 10, 15, 24, tzinfo=UTC)
#: The policy that people of Meta-Wiki ask for, and what it asks: in 2013, and since 2018.
GLOBAL_BANS: dict[str, tuple[int | str | NoValue, int | str | NoValue]] = {
    'nominator-account': (NoValue.NOT_YET, 'yes'),
    'nominator-registered': (NoValue.NOT_YET, 6),
    'nominator-edits': (NoValue.NOT_YET, 500),
    'cross-wiki-pattern': ('yes', 'yes'),
    'fair-opportunity': ('yes', 'yes'),
    'blocked-projects': (2, 2),
    'block-local-edits': (NoValue.NOT_YET, 1),
    'block-reason': (NoValue.NOT_YET, 'yes'),
    'block-discussion': ('yes', NoValue.REPEALED),
    'shortest-discussion': (NoValue.NOT_YET, 2),
    'longest-discussion': (NoValue.NOT_YET, 1),
    'closer': ('a sysop or steward', 'an uninvolved and impartial steward'),
    'inform-user': ('yes', 'yes'),
    'inform-communities': ('yes', 'yes'),
}


def overlay_of(policy: str, name: str) -> Overlay:
    return next(overlay for overlay in overlays_of(policy) if overlay.name == name)


def at(policy: Policy, rule: str, moment: datetime) -> int | str | NoValue | None:
    found = policy.rules[rule].at(moment)
    return found.value if isinstance(found, DatedValue) else found


@pytest.mark.parametrize('name', policy_names())
def test_every_policy_is_whole(name: str) -> None:
    """It should load every policy of the package; each value tells where it can be read."""
    policy = load_policy(name)
    assert policy.name == name
    assert policy.checked_on >= date(2026, 11, 22)
    for rule_name, rule in policy.rules.items():
        assert rule.name == rule_name
        assert rule.values
        assert all(value.reference.page and value.reference.note for value in rule.values)
        assert all(value.start.tzinfo is UTC for value in rule.values)


@pytest.mark.parametrize('name', overlay_names())
def test_every_overlay_is_whole(name: str) -> None:
    """It should load every overlay of the package, with a source that has a date."""
    overlay = overlay_of('global-bans', name)
    assert ' 2022' in overlay.source or (overlay.page is None and 'nobody' in overlay.title)


def test_policies() -> None:
    """It should know the policies by the names that people type."""
    assert policy_names() == ('example-farm', 'global-bans', 'requests-for-comment')


def test_no_such_policy() -> None:
    """It should name the policies that there are, and open no other file."""
    for name in ('bans', '../profiles/meta', 'overlays/venues', ''):
        with pytest.raises(UserError, match='known are: example-farm, global-bans, '):
            load_policy(name)


@pytest.mark.parametrize('rule', GLOBAL_BANS)
def test_global_bans(rule: str) -> None:
    """It should tell for each rule what was asked in 2013, what since 2018, and nothing from before."""
    policy = load_policy('global-bans')
    assert at(policy, rule, datetime(2013, 3, 3, 21, 5, tzinfo=UTC)) is NoValue.NOT_YET
    assert at(policy, rule, ADOPTED) == GLOBAL_BANS[rule][0]
    assert at(policy, rule, datetime(2018, 1, 10, 15, 23, tzinfo=UTC)) == GLOBAL_BANS[rule][0]
    assert at(policy, rule, AMENDED) == GLOBAL_BANS[rule][1]


def test_global_bans_tells_how_it_is_known() -> None:
    """It should call no value of 2013 seen: that text is known from later and earlier quotations only."""
    policy = load_policy('global-bans')
    assert policy.rules.keys() == GLOBAL_BANS.keys()
    for rule in policy.rules.values():
        for value in rule.values:
            known = Provenance.INFERRED if value.start == ADOPTED else Provenance.SEEN
            assert value.provenance is known


def test_requests_for_comment() -> None:
    """It should tell the smaller numbers that hold for other requests."""
    policy = load_policy('requests-for-comment')
    moment = datetime(2020, 8, 13, 23, 52, tzinfo=UTC)
    assert {name: at(policy, name, moment) for name in policy.rules} == {
        'nominator-account': 'yes',
        'nominator-registered': 3,
        'nominator-edits': 250,
    }
    assert all(rule.before is Moment.OPENING for rule in [*policy.rules.values()][1:])


def test_overlay_changes_what_it_names() -> None:
    """It should put the newest version into force from the beginning, but for the values that it changes."""
    policy = overlay_of('global-bans', 'single-project').policy
    shipped = load_policy('global-bans')
    newest = {name: at(shipped, name, END) for name in shipped.rules}
    newest = {name: value for name, value in newest.items() if value is not NoValue.REPEALED}
    expected = {**newest, 'blocked-projects': 1, 'block-local-edits': 1000}
    assert {name: at(policy, name, BEGINNING) for name in policy.rules} == expected
    assert {name: at(policy, name, datetime(2014, 1, 1, tzinfo=UTC)) for name in policy.rules} == expected
    changed = policy.rules['blocked-projects'].values[0].reference
    assert (changed.name, changed.page) == ('single-project', '')
    kept = policy.rules['nominator-edits'].values[0].reference
    assert kept == shipped.rules['nominator-edits'].values[-1].reference


def test_overlay_counts_elsewhere() -> None:
    """It should say of a proposal that what is outside the wikis counts, too."""
    elsewhere = {o.name: o.policy.rules['blocked-projects'].elsewhere for o in overlays_of('global-bans')}
    assert elsewhere == {'one-block': False, 'single-project': False, 'two-spaces': True, 'venues': True}
    assert overlays_of('example-farm') == ()


def test_overlay_repeals_and_revives() -> None:
    """It should leave out a rule that an overlay repeals, and take in one that it gives a value again."""
    text = (
        "{overlay: x, of: global-bans, title: 'X', source: 'Y', page: null,"
        " changes: {closer: {value: repealed}, block-discussion: {value: 'yes'}}}"
    )
    policy = read_overlay(text, 'x').policy
    assert 'closer' not in policy.rules
    assert at(policy, 'block-discussion', BEGINNING) == 'yes'


def test_overlay_of_another_policy() -> None:
    """It should refuse to change another policy than the one that an overlay names."""
    with pytest.raises(UserError, match="'global-bans' is not the policy; use: example-farm"):
        read_overlay(
            '{overlay: x, of: global-bans, title: X, source: Y, page: null, changes: {}}',
            'x',
            load_policy('example-farm'),
        )
