"""What is kept of a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from globalban_bot.model.state import Phase
from globalban_bot.model.summary import RequestSummary

NOW = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
OPEN = RequestSummary(7, 70, NOW, Phase.OPEN, None, None, 'open', None, 22, 1, 'aa00')


def test_standing() -> None:
    """It should be the word of what is urgent."""
    assert OPEN.standing == 'open'
    assert replace(OPEN, urgent='closed-0a1b2c').standing == 'closed-0a1b2c'


def test_standing_of_a_part() -> None:
    """It should say so where something could not be looked up."""
    assert replace(OPEN, partly=True).standing == 'open-partly'
    assert replace(OPEN, urgent='open-nominator', partly=True).standing == 'open-nominator-partly'


#: The revision now, hours until a closing counts, and whether reading again would tell the same.
HOLDS = [
    (70, None, True),
    (71, None, False),
    (69, None, False),
    (None, None, False),
    (70, 1, True),
    (70, 0, False),
    (70, -1, False),
]


@pytest.mark.parametrize(('revision', 'hours', 'holds'), HOLDS)
def test_holds(revision: int | None, hours: int | None, holds: bool) -> None:
    """It should hold while no revision is new, and until a closing counts that waits."""
    until = None if hours is None else NOW + timedelta(hours=hours)
    assert replace(OPEN, until=until).holds(revision, NOW) is holds


@pytest.mark.parametrize('phase', Phase)
def test_operator(phase: Phase) -> None:
    """It should call for the operator where the bot cannot tell, unless the request was closed before."""
    unclear = phase in {Phase.UNKNOWN_WORD, Phase.BLANKED, Phase.TAGGED, Phase.REDIRECT}
    assert replace(OPEN, phase=phase).needs_operator is unclear
    assert not replace(OPEN, phase=phase, closed=NOW).needs_operator
