"""Reading pages in a worker process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from globalban_bot.errors import UnreadError
from globalban_bot.jobs.page_reading import InProcess, read_page, read_text
from globalban_bot.jobs.page_worker import TOO_LONG, PageWorker, ReadingLimits
from globalban_bot.model.dialect import Dialect
from globalban_bot.model.revision import Page, Revision
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.page import Reader, reader_for
from tests.attacks import PLACES, attacked, attacks, request

NOW = datetime(2027, 6, 1, tzinfo=UTC)
READER = reader_for(load_profile('meta'))
TITLE = 'Requests for comment/Global ban for Bel'


def page(*texts: str | None) -> Page:
    start = NOW - timedelta(days=30)
    revisions = (Revision(n, start + timedelta(hours=n), 'Opener', text) for n, text in enumerate(texts, 1))
    return Page(TITLE, 7, tuple(revisions))


@dataclass(frozen=True)
class Sleepy(Reader):
    """Takes long over a page that says so, and dies of one that says so."""

    def read(self, text: str, **given: object) -> object:  # type: ignore[override]
        if 'sleep' in text:
            time.sleep(60)
        if 'die' in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if 'much' in text:
            return bytearray(10**9)
        return super().read(text, **given)  # type: ignore[arg-type]


def sleepy() -> Sleepy:
    return Sleepy(**vars(READER))


@pytest.fixture
def worker() -> Iterator[PageWorker]:
    with PageWorker(ReadingLimits(seconds=20)) as made:
        yield made


def test_same_as_in_process(worker: PageWorker) -> None:
    """It should tell of a page and of a text what reading them in this process tells."""
    made = page(request(2), None, request(5))
    assert worker.read_page(made, READER, NOW) == read_page(made, READER, NOW)
    text = ('# {{support}} \ud800', TITLE, ['a warning'])
    assert worker.read_text(*text, READER) == read_text(*text, READER)


def test_another_reader(worker: PageWorker) -> None:
    """It should read each page with the reader that it is given."""
    text = '# {{support}} yes [[Nutzer:A]] 10:00, 3 May 2025 (UTC)'
    plain = Dialect(**{**vars(wikimedia_dialect()), 'user': frozenset({'user'})})
    other = replace(READER, dialect=plain)
    for reader in (READER, other, READER):
        assert worker.read_text(text, TITLE, [], reader) == read_text(text, TITLE, [], reader)


#: What a page does, and what is said.
FAILURES = {'sleep': TOO_LONG, 'die': 'the worker was ended by SIGKILL', 'much': 'too much memory'}


@pytest.mark.parametrize(('does', 'why'), FAILURES.items())
def test_replaced(does: str, why: str) -> None:
    """It should name the failure, and read the next page with another worker."""
    reader = sleepy()
    with PageWorker(ReadingLimits(seconds=8)) as worker:
        worker.read_page(page('good'), reader, NOW)
        first = worker.pid
        with pytest.raises(UnreadError) as error:
            worker.read_page(page(does), reader, NOW)
        assert error.value.public == f'page 7: could not be read ({why})'
        worker.read_page(page('good'), reader, NOW)
        assert worker.pid not in {first, None}


def test_pipe_that_nobody_empties() -> None:
    """It should not wait for a worker that stops to take the revisions of a page."""
    with PageWorker(ReadingLimits(seconds=8)) as worker:
        worker.read_page(page('good'), READER, NOW)
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGSTOP)
        with pytest.raises(UnreadError, match=TOO_LONG):
            worker.read_page(page(*['x' * 100_000] * 9), READER, NOW)


def test_closed() -> None:
    """It should leave no process behind, and start none where nothing is read."""
    with PageWorker() as worker:
        assert worker.pid is None
        worker.read_page(page('good'), READER, NOW)
        pid = worker.pid
    assert worker.pid is None
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_no_pywikibot_there() -> None:
    """It should not load pywikibot into the worker."""
    code = 'import sys, globalban_bot.jobs.page_child as child; print("pywikibot" in sys.modules)'
    assert subprocess.check_output([sys.executable, '-c', code], text=True) == 'False\n'


ORPHAN = """
import os, time
from tests.unit.jobs.test_page_worker import *
worker = PageWorker()
worker.read_page(page('good'), READER, NOW)
print(worker.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_parent_dies() -> None:
    """It should end the worker with its parent, however that dies."""
    done = subprocess.run([sys.executable, '-c', ORPHAN], stdout=subprocess.PIPE, text=True, check=False)
    pid = int(done.stdout)
    for _ in range(100):
        if (
            not Path(f'/proc/{pid}').exists()
            or 'Z' in Path(f'/proc/{pid}/stat').read_text('utf-8').split()[2]
        ):
            return
        time.sleep(0.1)
    raise AssertionError(pid)


def test_in_process() -> None:
    """It should name the failures of reading in this process, too."""

    @dataclass(frozen=True)
    class Deep(Reader):
        def read(self, *_: object, **__: object) -> object:  # type: ignore[override]
            raise RecursionError

    deep = Deep(**vars(READER))
    with pytest.raises(UnreadError, match=r'page 7: could not be read \(RecursionError\)'):
        InProcess().read_page(page('x'), deep, NOW)
    with pytest.raises(UnreadError, match=r'the text: could not be read \(RecursionError\)'):
        InProcess().read_text('x', '', [], deep)


@pytest.mark.parametrize('place', PLACES)
def test_attacks(place: str) -> None:
    """It should read an honest page after each attack, whatever became of that."""
    with PageWorker(ReadingLimits(seconds=3)) as worker:
        for name, attack in attacks().items():
            try:
                worker.read_page(page(request(3), attacked(place, attack)), READER, NOW)
            except UnreadError as error:
                print(f'{name}, {place}: {error}')
        assert worker.read_page(page(request(4)), READER, NOW).proposals[0].count.support == 4


def test_megabyte(worker: PageWorker) -> None:
    """It should read an honest page of 1 MB."""
    text = request(9500)
    assert len(text) > 900_000
    assert worker.read_page(page(text), READER, NOW).proposals[0].count.support == 9500
