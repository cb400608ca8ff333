"""Requests hour by hour: blocks by moment, and a nominator between the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from globalban_bot.model.nomination import BlockEvidence, BlockFinding, Nomination, Verdict
from tests.unit.scenarios import Scenario, moment
from tests.unit.test_scenarios import META, SCENARIOS, tally_at

FIELDS = {'at_opening', 'since', 'ended', 'partial', 'expiring'}

pytestmark = pytest.mark.skipif(
    not set(BlockFinding.__dataclass_fields__) >= FIELDS,
    reason='blocks are not told apart by moment yet',
)


def hours(part: str) -> list[Any]:
    """Return the expectations of one part, each with its scenario."""
    return [
        pytest.param(scenario, hour, id=f'{scenario.name}-{hour["at"]}')
        for scenario in SCENARIOS
        for hour in scenario.data[part]
    ]


def found_at(scenario: Scenario, hour: Mapping[str, Any]) -> Nomination:
    """Return what is found on the nomination at an hour."""
    nomination = tally_at(scenario, moment(hour['at'])).nomination
    assert nomination is not None
    return nomination


def wikis(blocks: Iterable[BlockEvidence]) -> list[str]:
    """Return the wikis of some blocks, in the order of the alphabet."""
    return sorted(block.wiki for block in blocks)


def as_written(found: BlockFinding) -> dict[str, list[str]]:
    """Return the groups of blocks as the scenarios write them, without those that are empty."""
    blocks: dict[str, tuple[BlockEvidence, ...]] = {field: getattr(found, field) for field in FIELDS}
    groups = {
        'at-opening': wikis(blocks['at_opening']),
        'since': wikis(block for block in blocks['since'] if block.wiki != META.wiki),
        'by-this-wiki': wikis(block for block in blocks['since'] if block.wiki == META.wiki),
        'lifted': wikis(blocks['ended']),
        'partial': wikis(blocks['partial']),
        'expiring': wikis(blocks['expiring']),
    }
    return {group: names for group, names in groups.items() if names}


@pytest.mark.parametrize(('scenario', 'hour'), hours('blocks'))
def test_blocks(scenario: Scenario, hour: Mapping[str, Any]) -> None:
    """It should tell apart which blocks stood at the opening, came or were lifted since, or do not count."""
    subjects = found_at(scenario, hour).subjects
    assert len(subjects) == len(hour['accounts'])
    for subject, account in zip(subjects, hour['accounts'], strict=True):
        if 'unknown' in account:
            gap = subject.blocks.finding.gap
            assert gap is not None and gap.value == account['unknown']
            continue
        assert as_written(subject.blocks) == account


@pytest.mark.parametrize(('scenario', 'hour'), hours('nominator'))
def test_nominator(scenario: Scenario, hour: Mapping[str, Any]) -> None:
    """It should leave to people a nominator with too few edits at the opening and enough now."""
    (rule,) = (one for one in found_at(scenario, hour).nominator if one.rule.name == 'nominator-edits')
    assert rule.verdict.value == hour['verdict']
    assert (rule.verdict is Verdict.NOT_MET) is hour['gate-shut']
