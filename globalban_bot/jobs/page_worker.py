"""Read pages in a worker process, under limits of time and memory.

Anybody can put on a page what takes a regular expression hours, or a parser gigabytes. Nothing within this
process can end a search that runs in C. So one worker process a run reads the pages. It is killed when a page
takes too long, and a new one reads the next page.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, Timer
from typing import IO, Any, Self

from globalban_bot.errors import UnreadError
from globalban_bot.jobs.page_child import TOO_MUCH_MEMORY, PageMessage, TextMessage, WorkerAnswer
from globalban_bot.jobs.page_reading import name_of
from globalban_bot.model.revision import Page
from globalban_bot.model.tally import Tally
from globalban_bot.wikitext.page import Reader

TOO_LONG = 'too long'
#: Seconds that a worker has to end by itself.
_GRACE = 5
#: Seconds that a worker has to start.
_START = 60


@dataclass(frozen=True)
class ReadingLimits:
    """What the reading of one page may use.

    :param seconds: time, from the first byte that is sent to the worker to its answer
    :param memory: bytes of data in the worker process
    """

    seconds: int = 20
    memory: int = 112_000_000


@dataclass
class _Worker:
    """A process that runs.

    :param reader: the reader that it has; None where it has none yet
    """

    process: subprocess.Popen[bytes]
    reader: Reader | None = None

    @property
    def to(self) -> IO[bytes]:
        """Its standard input."""
        assert self.process.stdin is not None  # noqa: S101 - it was started with a pipe
        return self.process.stdin

    @property
    def back(self) -> IO[bytes]:
        """Its standard output."""
        assert self.process.stdout is not None  # noqa: S101 - it was started with a pipe
        return self.process.stdout


class PageWorker:
    """Reads pages in a worker process, which is started with the first page.

    Used as a context manager: at its end the worker ends. See :class:`PageReading` for the methods.

    :param limits: what the reading of one page may use
    """

    def __init__(self, limits: ReadingLimits = ReadingLimits()) -> None:
        self._limits = limits
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The id of the worker process; None while there is none."""
        return None if self._worker is None else self._worker.process.pid

    def read_page(self, page: Page, reader: Reader, as_of: datetime) -> Tally:
        """Read and tally a page; its revisions are sent one by one."""

        def send(stream: IO[bytes]) -> None:
            _send(stream, PageMessage(page.title, page.page_id, as_of))
            for revision in page.revisions:
                _send(stream, revision)
            _send(stream, None)

        return self._read(name_of(page), reader, send)

    def read_text(self, text: str, title: str, warnings: Sequence[str], reader: Reader) -> Tally:
        """Read and tally a text without a history."""
        message = TextMessage(text, title, tuple(warnings))
        return self._read(title or 'the text', reader, lambda stream: _send(stream, message))

    def _read(self, name: str, reader: Reader, send: Callable[[IO[bytes]], None]) -> Tally:
        worker = self._worker = self._worker or _ready(_start(self._limits), name)
        with _killed_after(self._limits.seconds, worker.process) as late:
            try:
                if worker.reader is not reader:
                    _send(worker.to, reader)
                    worker.reader = reader
                send(worker.to)
                worker.to.flush()
                answer: WorkerAnswer = pickle.load(worker.back)  # noqa: S301 - our own process wrote it
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                raise UnreadError(name, TOO_LONG if late.is_set() else self._why_dead(worker)) from error
            finally:
                # It has no answer left to give, or it has been killed: another page needs another worker.
                if sys.exc_info()[0] is not None:
                    self._end(worker)
        if answer.tally is None:
            if answer.reason == TOO_MUCH_MEMORY:
                self.close()
            raise UnreadError(name, answer.reason)
        return pickle.loads(answer.tally)  # type: ignore[no-any-return]  # noqa: S301 - as above

    def _why_dead(self, worker: _Worker) -> str:
        """Tell why a worker died by itself."""
        with suppress(subprocess.TimeoutExpired):
            worker.process.wait(_GRACE)
        code = worker.process.returncode
        if code is not None and code < 0:
            died = signal.Signals(-code)
            return TOO_LONG if died is signal.SIGXCPU else f'the worker was ended by {died.name}'
        # Where memory is short at the wrong moment, Python itself cannot tell more.
        return TOO_MUCH_MEMORY if code else 'the worker ended'

    def close(self) -> None:
        """End the worker, if there is one. Another page starts a new one."""
        if self._worker is not None:
            self._end(self._worker)

    def _end(self, worker: _Worker) -> None:
        self._worker = None
        with suppress(OSError):
            worker.to.close()
        try:
            worker.process.wait(0 if sys.exc_info()[0] is not None else _GRACE)
        except subprocess.TimeoutExpired:
            worker.process.kill()
            worker.process.wait()
        worker.back.close()


def _start(limits: ReadingLimits) -> _Worker:
    """Start a worker that finds the package where this process has found it."""
    paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    code = f'from globalban_bot.jobs.page_child import main; main({limits.memory}, {limits.seconds})'
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, '-P', '-c', code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, 'PYTHONPATH': paths},
    )
    return _Worker(process)


def _ready(worker: _Worker, name: str) -> _Worker:
    """Wait until a worker can read: on a busy machine its start must not count as the time of a page.

    :param name: of the page that it is to read
    """
    with _killed_after(_START, worker.process):
        try:
            pickle.load(worker.back)  # noqa: S301 - our own process wrote it
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            worker.process.kill()
            worker.process.wait()
            raise UnreadError(name, 'the worker did not start') from error
    return worker


def _send(stream: IO[bytes], message: Any) -> None:
    pickle.dump(message, stream)


@contextmanager
def _killed_after(seconds: float, process: subprocess.Popen[bytes]) -> Iterator[Event]:
    """Kill a process that has not answered in time.

    :return: an event that is set when it was killed
    """
    late = Event()

    def kill() -> None:
        late.set()
        process.kill()

    timer = Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
