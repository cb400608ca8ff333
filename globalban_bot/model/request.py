"""A request page as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from globalban_bot.model.state import RequestState, Status
from globalban_bot.model.vote import Entry, NotAVote


@dataclass(frozen=True)
class Head:
    """The head template of a request page.

    .. code-block:: wikitext

       {{rfc subpage
        |status  = globalban-no
        |comment = No consensus. [[User:A|A]] 12:00, 1 May 2027 (UTC)
        |date    = 20270401120000
       }}

    :param word: the status word as written, empty where there is none
    :param status: what the word means
    :param comment: the closing comment as wikitext
    :param date: the ``date`` parameter; midnight where it has no time of day
    :param exact: the date parameter has a time of day
    :param signed: time of the signature in the comment
    """

    word: str = ''
    status: Status = Status.OPEN
    comment: str = ''
    date: datetime | None = None
    exact: bool = False
    signed: datetime | None = None


@dataclass(frozen=True)
class Proposal:
    """A question that the page asks.

    :param heading: its heading as plain text; None where the page asks one question
    :param entries: positions, in the order of the page
    :param others: what looks like a vote and is none, in the order of the page
    """

    heading: str | None
    entries: tuple[Entry, ...] = ()
    others: tuple[NotAVote, ...] = ()


@dataclass(frozen=True)
class Request:
    """A request page: a global ban request or a policy discussion.

    :param title: title of the page, empty where it is not known
    :param page_id: page id; None for a text without a wiki
    :param revision: id of the revision that was read; None for a text without a wiki
    :param head: the head template
    :param subjects: accounts that the request is about, as the page names them
    :param nominator: account that signed the opening statement; None where it is for people
    :param opened: time of opening (UTC); None where it is not known
    :param state: where the request stands
    :param has_history: whether the times were read from the history of the page. Without it they are not
        known, nor are the authors of unsigned entries and the votes after a closing.
    :param named: further accounts that the nominator listed in the first revision of the page; None where
        that is not known
    :param created: when its page was made, be it as a draft (UTC): it was not opened before; None where that
        is not known
    :param proposals: the questions, at least one
    :param warnings: what was odd about the text, for operators
    """

    title: str
    page_id: int | None
    revision: int | None
    head: Head
    subjects: tuple[str, ...]
    nominator: str | None
    opened: datetime | None
    proposals: tuple[Proposal, ...]
    warnings: tuple[str, ...] = field(default=())
    unregistered: bool = False
    state: RequestState = field(default_factory=RequestState)
    named: tuple[str, ...] | None = None
    has_history: bool = True
    created: datetime | None = None

    @property
    def closed(self) -> datetime | None:
        """From when on it counts as closed (UTC); None where it does not, or the page does not tell."""
        return self.state.closed
