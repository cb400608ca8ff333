"""Requests that are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from globalban_bot.gather.skipping import Skipping
from globalban_bot.model.candidate import Candidate

WHY = 'left alone'
FOUND = (Candidate('R/A', 1), Candidate('R/B', 2), Candidate('R/C', 3, 'a redirect'), Candidate('R/D', None))


class Few:
    """A source of a few pages."""

    def candidates(self) -> Iterator[Candidate]:
        return iter(FOUND)

    def read(self, candidate: Candidate) -> Any:
        return f'read {candidate.title}'


def test_skipped() -> None:
    """It should leave out the requests that are named, with the reason, and leave the others as they are."""
    found = [*Skipping(Few(), frozenset({2, 3, 9}), WHY).candidates()]
    assert found == [FOUND[0], Candidate('R/B', 2, WHY), *FOUND[2:]]


def test_reads() -> None:
    """It should read from the source."""
    read: Any = Skipping(Few(), frozenset(), WHY).read(FOUND[0])
    assert read == 'read R/A'
