"""A source of requests of which some are left alone."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from globalban_bot.gather.request_source import Source
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.revision import Page


@dataclass(frozen=True)
class Skipping:
    """The pages of a source; those that are left alone are no requests here.

    :param source: where the pages come from
    :param skip: page ids of requests that are left alone
    :param reason: why, for people
    """

    source: Source
    skip: Set[int]
    reason: str

    def candidates(self) -> Iterator[RequestRef]:
        """Yield the pages that may be requests, those left out with the reason."""
        for one in self.source.candidates():
            skipped = one.is_request and one.page_id in self.skip
            yield replace(one, excluded=self.reason) if skipped else one

    def read(self, candidate: RequestRef) -> Page:
        """Return a request with its history, oldest revision first.

        :raises WikiError: it cannot be read
        """
        return self.source.read(candidate)
