"""What is known of messages that were sent about a request, and of what they left on the wikis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


@dataclass(frozen=True)
class Send:
    """A message that somebody sent to a list of targets, by the log of the wiki with the request.

    It proves that the message was handed over, and no more.

    :param page: title of the list
    :param revision: the revision of the list that was sent
    :param user: who sent it; None where the log hides the name
    :param at: when (UTC)
    :param subject: the heading, as it was sent; None where the log hides it
    :param targets: host and page of each target of that revision; None where they cannot be read
    :param by_bot: whether the bot had saved that revision
    """

    page: str
    revision: int
    user: str | None
    at: datetime
    subject: str | None
    targets: frozenset[tuple[str, str]] | None = None
    by_bot: bool = False

    def reached(self, host: str) -> bool:
        """Tell whether it may have gone to a wiki: where its targets are not known, to all."""
        return self.targets is None or any(where == host for where, _ in self.targets)

    def pages_on(self, host: str) -> frozenset[str]:
        """Return its targets on a wiki."""
        return frozenset(page for where, page in self.targets or () if where == host)


@dataclass(frozen=True)
class NoticeRevision:
    """A revision of the bot's, or of MassMessage's account, that put a notice of the request on a page.

    :param stands: whether what it added is on the page now
    :param same_words: whether it says what is planned; None where that is not known
    """

    revision: int
    at: datetime
    stands: bool
    same_words: bool | None


class Hurdle(Enum):
    """Why MassMessage did not deliver, by the action of its log on the target wiki."""

    OPTED_OUT = 'skipoptout'
    NO_USER = 'skipnouser'
    BAD_NAMESPACE = 'skipbadns'
    FAILURE = 'failure'


@dataclass(frozen=True)
class HurdleLine:
    """A line of that log.

    :param at: when (UTC)
    :param subject: the heading of the message; None where the log hides it
    :param reason: code of an error of the API, with a failure; else empty
    """

    hurdle: Hurdle
    at: datetime
    subject: str | None
    reason: str = ''


@dataclass(frozen=True)
class WikiTraces:
    """What a wiki shows of the notices of a request.

    :param revisions: those that put one there, oldest first
    :param lines: of the log of MassMessage, on the pages in question, oldest first
    """

    revisions: tuple[NoticeRevision, ...] = ()
    lines: tuple[HurdleLine, ...] = ()
