"""What a run keeps of a request that it has read: numbers, times and digests; no name and no text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from globalban_bot.model.marker import PARTLY


@dataclass(frozen=True)
class Summary:
    """A request in short, as the board and the cache know it.

    :param page_id: page id of the request
    :param revision: id of the revision that was read
    :param opened: time of opening (UTC); None where it is not known
    :param closed: time of closing (UTC); None while open
    :param until: until when it tells what reading the page again would (UTC); None for as long as the page
        does not change
    :param positions: how many positions count, all questions together
    :param looks: how many entries need a person's look
    :param facts: digest of what its box tells
    :param partly: whether something about its accounts could not be looked up
    """

    page_id: int
    revision: int
    opened: datetime | None
    closed: datetime | None
    until: datetime | None
    positions: int
    looks: int
    facts: str
    partly: bool = False

    @property
    def standing(self) -> str:
        """``open`` or ``closed``, with ``-partly`` behind it where something could not be looked up."""
        word = 'open' if self.closed is None else 'closed'
        return f'{word}{PARTLY}' if self.partly else word

    def holds(self, revision: int | None, as_of: datetime) -> bool:
        """Tell whether it still tells what reading the page again would."""
        return revision == self.revision and (self.until is None or as_of < self.until)


@dataclass(frozen=True)
class Row:
    """A request as a row of the board.

    :param title: title of the request as it is now
    :param page_id: page id; None for a text without a wiki
    :param opened: time of opening (UTC); None where it is not known
    :param closed: time of closing (UTC); None while open
    :param looks: how many entries need a person's look
    """

    title: str
    page_id: int | None
    opened: datetime | None
    closed: datetime | None
    looks: int
