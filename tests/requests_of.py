"""The requests of a source, for tests."""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.gather.request_source import Source
from globalban_bot.model.revision import Page


def requests_of(source: Source) -> Iterator[Page]:
    """Yield the requests of a source, each with its history."""
    return (source.read(candidate) for candidate in source.candidates() if candidate.is_request)
