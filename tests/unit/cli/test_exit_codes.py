"""How a run ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from globalban_bot.cli.exit_codes import run_with_exit_code
from globalban_bot.errors import Stopped, UserError, WikiError

CHECKOUT = Path(__file__).parents[3]
#: What ends a run, its exit code, and what is printed as an error.
ENDS: list[tuple[Exception, int, str]] = [
    (Stopped('the stop page'), 0, 'the stop page'),
    (UserError('bad option'), 2, 'error: bad option'),
    (WikiError('no'), 3, 'error: no'),
]


def raising(error: BaseException) -> Callable[[], int]:
    def run() -> NoReturn:
        raise error

    return run


@pytest.mark.parametrize(('error', 'code', 'line'), ENDS, ids=lambda one: type(one).__name__)
def test_error(error: Exception, code: int, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It should print one line, and return the exit code."""
    assert run_with_exit_code(raising(error)) == code
    assert capsys.readouterr() == ('', f'{line}\n')


def test_our_own_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    """It should show where it happened, so that a report can say it."""
    assert run_with_exit_code(raising(ZeroDivisionError())) == 70
    text = capsys.readouterr().err
    assert 'Traceback' in text
    assert text.endswith('error: our own mistake; please report it\n')


@pytest.mark.parametrize('code', [0, 3])
def test_no_error(code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """It should print nothing about a run that went well, and return its exit code."""
    assert run_with_exit_code(lambda: code) == code
    assert capsys.readouterr() == ('', '')


@pytest.mark.parametrize('error', [KeyboardInterrupt(), SystemExit(1)])
def test_not_caught(error: BaseException) -> None:
    """It should let through what ends the process."""
    with pytest.raises(type(error)):
        run_with_exit_code(raising(error))


@pytest.mark.parametrize(('edits', 'code'), [(False, 0), (True, 2)])
def test_nobody_reads(edits: bool, code: int) -> None:
    """It should end well when nobody reads on, but not where somebody has to know what is left to do."""
    program = (
        'import sys\n'
        'from globalban_bot.cli.exit_codes import run_with_exit_code\n'
        'def run():\n'
        '    for _ in range(100000): print("a line of the plan")\n'
        '    return 0\n'
        f'sys.exit(run_with_exit_code(run, edits={edits}))\n'
    )
    line = ['bash', '-c', f'"{sys.executable}" -c \'{program}\' | head -1; exit "${{PIPESTATUS[0]}}"']
    done = subprocess.run(line, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert ('not known what is left to do' in done.stderr) is edits
