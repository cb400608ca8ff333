"""The worker process that reads pages. :mod:`globalban_bot.jobs.page_worker` starts it.

It reads pickled messages from standard input, and writes one pickled answer for each page to standard
output. It ends when standard input ends, so also when its parent dies. pywikibot is not imported here.
"""

from __future__ import annotations

import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from globalban_bot.jobs.page_reading import read_page, read_text
from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.stored_revisions import StoredRevisions
from globalban_bot.model.tally import Tally
from globalban_bot.wikitext.page import Reader

try:
    import resource
except ImportError:  # No Unix: only the parent's limit of time holds.
    resource = None  # type: ignore[assignment]

#: Bytes of a pickled tally. An honest page of 1 MB with 7,000 votes makes one of 1 MB.
LONGEST_ANSWER = 4_000_000
TOO_MUCH_MEMORY = 'too much memory'
#: The first message of a worker.
READY = 'ready'


@dataclass(frozen=True)
class PageMessage:
    """A page to be read. Its revisions follow as messages of their own, oldest first, and then None."""

    title: str
    page_id: int | None
    as_of: datetime


@dataclass(frozen=True)
class TextMessage:
    """A text to be read."""

    text: str
    title: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class WorkerAnswer:
    """What became of a page.

    :param tally: the tally, pickled; None where the page could not be read
    :param reason: why it could not be read; it quotes nothing of the page
    """

    tally: bytes | None = None
    reason: str = ''


def main(memory: int, seconds: int) -> None:
    """Read pages until standard input ends.

    :param memory: most bytes of data that this process may use
    :param seconds: most seconds of processor time for a page
    """
    for one in (signal.SIGINT, signal.SIGTERM):
        # The parent decides when this process ends.
        signal.signal(one, signal.SIG_IGN)
    _limit_memory(memory)
    messages = _messages(sys.stdin.buffer)
    _tell(READY)
    reader: Reader | None = None
    for message in messages:
        if isinstance(message, Reader):
            reader = message
            continue
        if reader is None:
            raise ValueError('a page came before the reader')
        _limit_time(seconds)
        _tell(_answer(message, reader, messages))


def _tell(message: Any) -> None:
    pickle.dump(message, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _messages(stream: IO[bytes]) -> Iterator[Any]:
    while True:
        try:
            yield pickle.load(stream)  # noqa: S301 - the parent wrote it
        except EOFError:
            return


def _answer(message: PageMessage | TextMessage, reader: Reader, messages: Iterator[Any]) -> WorkerAnswer:
    if isinstance(message, TextMessage):
        return _answer_of(lambda: read_text(message.text, message.title, message.warnings, reader))
    revisions: Iterator[Revision] = iter(lambda: next(messages), None)
    page = Page(message.title, message.page_id, StoredRevisions(revisions))
    return _answer_of(lambda: read_page(page, reader, message.as_of))


def _answer_of(read: Callable[[], Tally]) -> WorkerAnswer:
    try:
        tally = pickle.dumps(read())
    except MemoryError:
        return WorkerAnswer(reason=TOO_MUCH_MEMORY)
    except Exception as error:
        # Its message may quote the page.
        return WorkerAnswer(reason=type(error).__name__)
    return WorkerAnswer(tally) if len(tally) <= LONGEST_ANSWER else WorkerAnswer(reason='too many entries')


def _limit_memory(memory: int) -> None:
    """Make allocations beyond a limit fail; they become a ``MemoryError``."""
    if resource is not None and hasattr(resource, 'RLIMIT_DATA'):
        _lower(resource.RLIMIT_DATA, memory)


def _limit_time(seconds: int) -> None:
    """Have the kernel end this process should the parent be gone, and nobody else can."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds)


def _lower(limit: int, value: int) -> None:
    hard = resource.getrlimit(limit)[1]
    resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
