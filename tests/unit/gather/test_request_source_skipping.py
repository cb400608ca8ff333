"""Requests that are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from globalban_bot.gather.request_source import Skipping
from globalban_bot.model.candidate import RequestRef

WHY = 'left alone'
FOUND = (
    RequestRef('R/A', 1),
    RequestRef('R/B', 2),
    RequestRef('R/C', 3, 'a redirect'),
    RequestRef('R/D', None),
)


class Few:
    """A source of a few pages."""

    def candidates(self) -> Iterator[RequestRef]:
        return iter(FOUND)

    def read(self, candidate: RequestRef) -> Any:
        return f'read {candidate.title}'


def test_skipped() -> None:
    """It should leave out the requests that are named, with the reason, and leave the others as they are."""
    found = [*Skipping(Few(), frozenset({2, 3, 9}), WHY).candidates()]
    assert found == [FOUND[0], RequestRef('R/B', 2, WHY), *FOUND[2:]]


def test_reads() -> None:
    """It should read from the source."""
    read: Any = Skipping(Few(), frozenset(), WHY).read(FOUND[0])
    assert read == 'read R/A'
