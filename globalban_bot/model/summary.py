"""What a run keeps of a request that it has read: numbers, times and digests; no name and no text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from globalban_bot.model.marker import PARTLY
from globalban_bot.model.state import Phase


@dataclass(frozen=True)
class RequestSummary:
    """A request in short, as the board and the cache know it.

    :param page_id: page id of the request
    :param revision: id of the revision that was read
    :param opened: time of opening (UTC); None where it is not known
    :param phase: where it stands
    :param since: the time that the list shows beside that (UTC); None where there is none
    :param closed: from when on it counts as closed (UTC); None where it does not
    :param urgent: a word that changes with what is made known at once
    :param until: until when it tells what reading the page again would (UTC); None for as long as the page
        does not change
    :param positions: how many positions count, all questions together; None where the page has no text
    :param looks: how many entries need a person's look
    :param facts: digest of what its box tells
    :param partly: whether something about its accounts could not be looked up
    """

    page_id: int
    revision: int
    opened: datetime | None
    phase: Phase
    since: datetime | None
    closed: datetime | None
    urgent: str
    until: datetime | None
    positions: int | None
    looks: int
    facts: str
    partly: bool = False

    @property
    def standing(self) -> str:
        """What is made known at once when it changes.

        ``open``; ``open-nominator`` where a rule on the nominator is not met; ``closing-stated-3f1c9a``. With
        ``-partly`` behind it something could not be looked up.
        """
        return f'{self.urgent}{PARTLY}' if self.partly else self.urgent

    @property
    def needs_operator(self) -> bool:
        """Whether the operator is told, since the bot cannot tell how the request stands."""
        return self.phase.is_unclear and self.closed is None

    def holds(self, revision: int | None, as_of: datetime) -> bool:
        """Tell whether it still tells what reading the page again would."""
        return revision == self.revision and (self.until is None or as_of < self.until)


@dataclass(frozen=True)
class SummaryRow:
    """A request as a row of the board.

    :param title: title of the request as it is now
    :param page_id: page id; None for a text without a wiki
    :param opened: time of opening (UTC); None where it is not known
    :param phase: where it stands
    :param since: the time that is shown beside that (UTC); None where there is none
    :param key: a word that changes with what is made known at once
    :param looks: how many entries need a person's look
    :param ready: whether its plan of notices can be sent now
    """

    title: str
    page_id: int | None
    opened: datetime | None
    phase: Phase
    since: datetime | None
    key: str
    looks: int
    ready: bool = False
