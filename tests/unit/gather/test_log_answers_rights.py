"""The log of rights, in the forms of MediaWiki's ``RightsLogFormatter`` and of CentralAuth's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.gather.log_answers import held_since
from globalban_bot.model.account import GroupHeld
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.gather.asked import answers_of


def line(year: int, params: Any) -> dict[str, Any]:
    return {'timestamp': f'{year}-01-01T00:00:00Z', 'params': params}


def local(year: int, before: list[str], after: list[str]) -> dict[str, Any]:
    return line(year, {'oldgroups': before, 'newgroups': after, 'oldmetadata': [], 'newmetadata': []})


HELD = GroupHeld(datetime(2020, 1, 1, tzinfo=UTC))
HIDDEN = {'timestamp': '2022-01-01T00:00:00Z', 'actionhidden': True}


@pytest.mark.parametrize(
    'lines',
    [
        [local(2020, [], ['sysop'])],
        [
            local(2021, ['sysop'], ['sysop', 'bot']),
            HIDDEN,
            local(2020, ['bot'], ['sysop']),
            local(2019, [], ['sysop']),
        ],
        [line(2020, {'oldGroups': [], 'newGroups': ['sysop']})],
        [line(2020, ['', 'bot, sysop'])],
    ],
)
def test_held(lines: list[dict[str, Any]]) -> None:
    """It should find the newest line that gave the group."""
    assert held_since(answers_of(lines), 'sysop') == HELD


@pytest.mark.parametrize(
    'lines',
    [
        [],
        [local(2020, ['sysop'], ['sysop', 'bot'])],
        [local(2021, ['sysop'], []), local(2020, [], ['sysop'])],
        [local(2021, ['bot'], []), local(2020, [], ['sysop'])],
        [line(2020, {})],
    ],
)
def test_not_told(lines: list[dict[str, Any]]) -> None:
    """It should say so where the log does not tell since when a group is held that is held."""
    assert held_since(answers_of(lines), 'sysop') == Unknown(Gap.NO_LOG)
