"""One run at a time, and an end when it is asked for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from globalban_bot.act.run_lock import TerminationSignal, hold_run_lock
from globalban_bot.errors import Stopped, UserError

CHECKOUT = Path(__file__).parents[3]
#: Takes the lock, says so, and holds it until it is ended.
HOLDER = """
import sys
from pathlib import Path
from globalban_bot.act.run_lock import hold_run_lock
with hold_run_lock(Path(sys.argv[1])):
    print('held', flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    command = [sys.executable, '-c', HOLDER, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == 'held\n'
        yield child
        child.kill()


def test_second_run(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    """It should tell a second run that another is at work, which is a normal end."""
    with (
        pytest.raises(Stopped, match=r'another run is at work \(it holds .*lock\)') as stop,
        hold_run_lock(tmp_path),
    ):
        pytest.fail('both are at work')
    assert stop.value.exit_code == 0


def test_killed_run(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    """It should leave nothing to clear away when a run is killed."""
    holder.send_signal(signal.SIGKILL)
    assert holder.wait(10) == -signal.SIGKILL
    with hold_run_lock(tmp_path):
        pass


def test_one_after_another(tmp_path: Path) -> None:
    """It should let go of the lock at the end of the block, also when the block fails."""
    with pytest.raises(ValueError, match='inside'), hold_run_lock(tmp_path):
        raise ValueError('inside')
    with hold_run_lock(tmp_path):
        pass


def test_two_folders(tmp_path: Path) -> None:
    """It should let runs with folders of their own work side by side, and make the folders."""
    with hold_run_lock(tmp_path / 'a' / 'b'), hold_run_lock(tmp_path / 'c'):
        assert (tmp_path / 'a' / 'b').is_dir()


@pytest.mark.parametrize('folder', ['file', 'file/below', '/proc/nothing'])
def test_folder_cannot_be_written(folder: str, tmp_path: Path) -> None:
    """It should say which folder cannot be written, and what to do."""
    (tmp_path / 'file').write_text('')
    said = r'cannot be written .*; name another folder for the cache'
    with pytest.raises(UserError, match=said), hold_run_lock(tmp_path / folder):
        pytest.fail('there is no such folder')


@pytest.fixture
def _handler() -> Iterator[None]:
    """Put back what SIGTERM did before."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures('_handler')
def test_asked_to_end() -> None:
    """It should remember SIGTERM, and end the run where it is safe: at each check from then on."""
    stop = TerminationSignal()
    stop.check()
    os.kill(os.getpid(), signal.SIGTERM)
    for _ in range(2):
        with pytest.raises(Stopped, match='SIGTERM'):
            stop.check()
