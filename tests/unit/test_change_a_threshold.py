"""``docs/change-a-threshold.md``, followed to the letter: a policy change that is data only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from globalban_bot.errors import UserError
from globalban_bot.model.policy import DatedValue, Policy, Provenance
from globalban_bot.policy.loader import read_policy
from tests.unit.decide.situations import found_in, moment, situation_of
from tests.unit.decide.test_situations import other_rules
from tests.unit.policy.policy_of_2026 import TEXT

CHECKOUT = Path(__file__).parent.parent.parent
GUIDE = (CHECKOUT / 'docs' / 'change-a-threshold.md').read_text('utf-8')
POLICY = 'globalban_bot/policy/global-bans.yaml'
#: What the guide says to write: the file, the place in it, the text.
STEPS = [
    (file, place, text)
    for file, place, text in re.findall(r'```yaml\n# ([\w./-]+)(?:, |: )(.*)\n((?:.*\n)+?)```', GUIDE)
]


def followed(steps: list[tuple[str, str, str]], text: str = TEXT) -> str:
    """Return the policy file after some steps of the guide."""
    for file, place, new in steps:
        if file == POLICY:
            text = put(text, place, new)
    return text


def put(text: str, place: str, new: str) -> str:
    """Put lines where the guide says."""
    if found := re.fullmatch(r'instead of the line that begins with "(.+)"', place):
        return re.sub(rf'^{re.escape(found[1])}.*\n', lambda _: new, text, flags=re.MULTILINE)
    if found := re.fullmatch(r'rule ([\w-]+): below the last line of "values"', place):
        rule = re.search(rf'^  {found[1]}:\n(?:(?:    .*)?\n)*?(?=\n  [\w-]+:)', text, re.MULTILINE)
        assert rule is not None, found[1]
        return text[: rule.end()] + new + text[rule.end() :]
    found = re.fullmatch(r'below the last entry of "([\w-]+)"', place)
    assert found is not None, f'the test does not know this place: {place}'
    part = re.search(rf'^{found[1]}:\n(?:(?:  .*)?\n)*?(?=\n\w+:)', text, re.MULTILINE)
    assert part is not None, found[1]
    return text[: part.end()] + new + text[part.end() :]


@pytest.fixture
def policy() -> Policy:
    return read_policy(followed(STEPS), 'global-bans')


def test_steps() -> None:
    """It should say of four pieces of data where they go, and of no code."""
    assert [file for file, _, _ in STEPS] == [POLICY, POLICY, POLICY, 'tests/cases/policy/nominators.yaml']


@pytest.mark.parametrize('step', STEPS[:-1], ids=[place for _, place, _ in STEPS[:-1]])
def test_places(step: tuple[str, str, str]) -> None:
    """It should name places that the policy file of the package has, whatever its newest values are."""
    text = (CHECKOUT / POLICY).read_text('utf-8')
    assert step[2] in followed([step], text)
    assert yaml.safe_load(followed(STEPS[2:3], text))['checked']['revision'] == 29123456


def test_followed(policy: Policy) -> None:
    """It should hold requests to the new value from that date on, and earlier ones to the old one."""
    rule = policy.rules['nominator-edits']
    values = [rule.at(moment(day)) for day in ('2027-06-30 23:59', '2027-07-01 00:00')]
    assert [value.value for value in values if isinstance(value, DatedValue)] == [500, 1000]
    assert (policy.revision, str(policy.checked_on)) == (29123456, '2027-07-01')
    newest = rule.values[-1]
    assert (newest.reference.page, newest.provenance) == (
        'Requests for comment/A thousand edits',
        Provenance.SEEN,
    )


def test_situations(policy: Policy) -> None:
    """It should give situations that hold under the changed policy, and that tell it from any other."""
    new = [situation_of(case) for case in yaml.safe_load(STEPS[-1][2])]
    assert [found_in(one, policy) for one in new] == [one.expect for one in new]
    others = [rule for what, rule in other_rules(policy.rules['nominator-edits']) if '(2027)' in what]
    assert others
    for other in others:
        changed = Policy(**{**vars(policy), 'rules': {**policy.rules, other.name: other}})
        assert any(found_in(one, changed) != one.expect for one in new), other.values[-1]


def test_forgotten_step() -> None:
    """It should be answered as the guide says where the second step is forgotten."""
    said = re.search(r'```\n(global-bans\.yaml, line \d+.*?) …\n```', GUIDE)
    assert said is not None
    with pytest.raises(UserError) as caught:
        read_policy(followed(STEPS[:1]), 'global-bans')
    assert str(caught.value).startswith(said[1])
