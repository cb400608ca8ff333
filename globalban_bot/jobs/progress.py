"""Show how far a long work is: a bar in a terminal, log lines otherwise."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

from rich.console import Console
from rich.progress import track

_log = logging.getLogger(__name__)
_T = TypeVar('_T')
#: Without a terminal, every so many a line is logged.
_STEP = 25


def progress(items: Iterable[_T], what: str, total: int | None = None) -> Iterator[_T]:
    """Yield items, and show how many of them are done.

    :param total: how many there will be; None where they can be counted
    """
    number = total if total is not None else len(items) if isinstance(items, Sized) else 0
    if sys.stderr.isatty():
        yield from track(items, what, total=number, console=Console(stderr=True), transient=True)
        return
    for at, item in enumerate(items):
        if at and at % _STEP == 0:
            _log.info('%s: %d of %d', what, at, number)
        yield item
