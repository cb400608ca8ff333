"""Where pages come from: what a live wiki and a saved one have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from globalban_bot.model.candidate import Candidate
from globalban_bot.model.revision import Page


class Source(Protocol):
    """A wiki that can be read."""

    #: What could not be read, one message a page; it never stops the rest.
    failed: list[str]

    def candidates(self) -> Iterator[Candidate]:
        """Yield the pages that may be requests, those left out with the reason."""

    def pages(self) -> Iterator[Page]:
        """Yield the requests with their history, oldest revision first."""
