"""Where pages come from: what a live wiki and a saved one have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.revision import Page


class Source(Protocol):
    """A wiki that can be read."""

    def candidates(self) -> Iterator[RequestRef]:
        """Yield the pages that may be requests, those left out with the reason."""

    def read(self, candidate: RequestRef) -> Page:
        """Return a request with its history, oldest revision first.

        :raises WikiError: it cannot be read
        """
