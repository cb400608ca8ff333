"""``python -m tests.bench.reading``: memory and time of reading hostile pages, and an honest one of 1 MB.

The memory is the peak of this process and of the worker together, as the kernel counts it (``VmHWM``, Linux).
The parent loads pywikibot, as a run does.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from globalban_bot.errors import UnreadError
from globalban_bot.jobs.page_worker import PageWorker
from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.stored_revisions import StoredRevisions
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.page import reader_for
from tests.attacks import PLACES, attacked, attacks, request

MOST_MEMORY = 256_000
MOST_SECONDS = 21
NOW = datetime(2027, 6, 1, tzinfo=UTC)


def pages() -> Iterator[tuple[str, Iterator[str]]]:
    """Yield pages by name, each with the texts of its revisions, which are made when they are wanted."""
    yield 'honest, 1 MB', iter([request(9500)])
    yield 'twenty revisions of 2 MB', (request(3, below=f'x{n} ' * 500_000) for n in range(20))
    for place in PLACES:
        for name, attack in attacks().items():
            yield f'{name}, {place}', iter([attacked(place, attack)])


def peak(pid: int | None) -> int:
    """Return the most memory that a process has had, in kB."""
    lines = Path(f'/proc/{pid}/status').read_text('utf-8').splitlines() if pid else []
    return next((int(line.split()[1]) for line in lines if line.startswith('VmHWM')), 0)


def main() -> int:
    """Print the figures; the exit code tells whether they are as wanted."""
    os.environ.setdefault('PYWIKIBOT_NO_USER_CONFIG', '2')
    import pywikibot  # noqa: F401

    reader = reader_for(load_profile('meta'))
    most, slowest, last = 0, 0.0, 0
    with PageWorker() as worker:
        for name, texts in pages():
            made = (
                Revision(n, NOW - timedelta(days=9) + timedelta(hours=n), 'Ada', text)
                for n, text in enumerate(texts, 1)
            )
            page = Page('Requests for comment/Global ban for Bel', 7, StoredRevisions(made))
            start = time.perf_counter()
            try:
                said = str(worker.read_page(page, reader, NOW).proposals[0].count.support)
            except UnreadError as error:
                said = error.reason
            took = time.perf_counter() - start
            # Of a worker that was ended, its limit is the bound.
            last = peak(worker.pid) or 130_000
            most, slowest = max(most, peak(os.getpid()) + last), max(slowest, took)
            print(f'{name:45} {took:6.2f} s  {peak(os.getpid()) + last:7} kB  {said}', flush=True)
    print(f'most memory {most} kB (wanted {MOST_MEMORY}), slowest {slowest:.1f} s (wanted {MOST_SECONDS})')
    return int(most > MOST_MEMORY or slowest > MOST_SECONDS)


if __name__ == '__main__':
    sys.exit(main())
