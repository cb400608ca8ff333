"""See to it that one run is at work at a time, and that a run ends well when it is told to."""

from __future__ import annotations

import fcntl
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from globalban_bot.errors import Stopped, UserError


@contextmanager
def hold_run_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder for the length of a block.

    The kernel lets go of it when the process ends, however it ends: a crash leaves nothing to clear away.

    :raises Stopped: another run holds it
    :raises UserError: the folder cannot be written
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / 'lock').open('a')
    except OSError as error:
        raise UserError(
            f'{folder}: cannot be written ({error.strerror}); name another folder for the cache'
        ) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Stopped(f'another run is at work (it holds {folder / "lock"})') from error
        yield


class TerminationSignal:
    """Remembers that the process was asked to end (SIGTERM), until it is safe to."""

    def __init__(self) -> None:
        self._asked = False
        signal.signal(signal.SIGTERM, self._ask)

    def check(self) -> None:
        """Return if the run may go on.

        :raises Stopped: it was asked to end
        """
        if self._asked:
            raise Stopped('asked to end (SIGTERM)')

    def _ask(self, *_: object) -> None:
        self._asked = True
