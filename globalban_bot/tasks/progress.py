"""Show how far a long work is: a bar in a terminal, log lines otherwise."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import track

_log = logging.getLogger(__name__)
_T = TypeVar('_T')
#: Without a terminal, every so many a line is logged.
_STEP = 25


def progress(items: Sequence[_T], what: str) -> Iterator[_T]:
    """Yield items, and show how many of them are done."""
    if sys.stderr.isatty():
        yield from track(items, what, console=Console(stderr=True), transient=True)
        return
    for at, item in enumerate(items):
        if at and at % _STEP == 0:
            _log.info('%s: %d of %d', what, at, len(items))
        yield item
