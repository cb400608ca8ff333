"""What the operator is told of requests whose state the bot cannot tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from globalban_bot.jobs.alarms import alarms_of, gone_alarms, not_logged
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.run import Run
from globalban_bot.model.state import Phase
from globalban_bot.model.summary import RequestSummary

NOW = datetime(2027, 5, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize('phase', Phase)
def test_alarms(phase: Phase) -> None:
    """It should name the page by its number and say what is wrong, and stay silent where it can tell."""
    summary = RequestSummary(7, 70, NOW, phase, None, None, 'x', None, 1, 0, 'aa')
    lines = [*alarms_of([summary])]
    assert len(lines) == phase.is_unclear
    assert all(line.startswith('page 7: it') for line in lines)


@pytest.mark.parametrize(('hours', 'told'), [(1, False), (23, False), (24, True)])
def test_told_once_a_day(hours: int, told: bool) -> None:
    """It should not tell the log in each run what lasts."""
    alarm = 'page 7: it has no text any more'
    run = Run(NOW - timedelta(hours=hours), 0, (alarm,))
    assert bool(not_logged([alarm], [run], NOW)) is told
    assert not_logged([alarm], [], NOW) == [alarm]


#: What became of a request that is on the list, and whether the operator is told.
GONE = {
    'nothing': ([RequestRef('R/A', 7)], set(), False),
    'moved': ([RequestRef('R/B', 7)], set(), False),
    'deleted': ([], set(), True),
    'a redirect': ([RequestRef('R/A', 7, 'a redirect')], set(), True),
    'left alone on purpose': ([RequestRef('R/A', 7, 'left alone')], {7}, False),
}


@pytest.mark.parametrize(('candidates', 'skip', 'told'), GONE.values(), ids=GONE)
def test_gone(candidates: list[RequestRef], skip: set[int], told: bool) -> None:
    """It should tell of a request on the list that is none any more, since its box still says "open"."""
    board = '! scope="row" | [[Special:Redirect/page/7|<bdi>Global ban for A</bdi>]]'
    assert len([*gone_alarms(board, candidates, skip)]) == told
    assert [*gone_alarms('', candidates, skip)] == []
