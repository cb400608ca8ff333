"""Settings, and problems with them."""

from __future__ import annotations

import pytest

from globalban_bot.model.settings import Flaw, InForce, Problem, Settings, Task


def test_defaults() -> None:
    """It should let all tasks run, on all requests, where nothing is set."""
    assert all(Settings().runs(task) for task in Task)
    assert (Settings().skip, Settings().extra) == (frozenset(), ())
    assert InForce() == InForce(Settings(), None, None, told=False)


def test_switched_off() -> None:
    """It should switch off just the tasks that are named."""
    found = Settings(off=frozenset({Task.NOTIFY}))
    assert [task for task in Task if found.runs(task)] == [Task.STATUS, Task.TALK]


#: Problems, and how they are told at the terminal.
TOLD: list[tuple[Problem, str]] = [
    (Problem(Flaw.MISSING), 'the page: missing'),
    (Problem(Flaw.NOT_TRUSTED, 7), 'revision 7: not trusted'),
    (
        Problem(Flaw.BROKEN, 7, 'settings, run: it must be an object'),
        'revision 7: settings, run: it must be an object',
    ),
]


@pytest.mark.parametrize(('problem', 'text'), TOLD)
def test_told(problem: Problem, text: str) -> None:
    """It should say which revision it is about, and as much as is known of what is wrong."""
    assert str(problem) == text
