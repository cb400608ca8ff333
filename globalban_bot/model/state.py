"""The state of a request: the one value that box, list, plan, gate and answers show."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

#: A closing counts once it has stood for so long, since closings get reverted.
#: A change that is reverted sooner never was.
STANDING = timedelta(hours=24)


class Status(Enum):
    """What the status word of the head template means."""

    OPEN = 'open'  #: no word, or one that means an open request
    SUCCESSFUL = 'successful'  #: closed; the word stands for a ban or an adopted proposal
    UNSUCCESSFUL = 'unsuccessful'  #: closed without; also used for withdrawn and invalid requests
    INVALID = 'invalid'  #: closed as not valid
    INACTIVE = 'inactive'  #: closed for want of comments
    WITHDRAWN = 'withdrawn'  #: closed, since whoever made the request took it back
    CLOSED = 'closed'  #: closed; the word does not tell how
    UNKNOWN = 'unknown'  #: a word that the profile does not know

    @property
    def closed(self) -> bool:
        """Whether the word means a closed request; an unknown word does not."""
        return self not in {Status.OPEN, Status.UNKNOWN}

    @property
    def without_ban(self) -> bool:
        """Whether the word means that no ban comes of the request."""
        return self in {Status.UNSUCCESSFUL, Status.INVALID, Status.INACTIVE, Status.WITHDRAWN}


class Phase(Enum):
    """Where a request stands."""

    OPEN = 'open'  #: the head has no word, or one that means an open request
    CLOSING_STATED = 'closing stated'  #: the head has a closing word, for less than a day
    CLOSED = 'closed'  #: a closing word has stood for a day, or the history is not known
    REOPENED = 'reopened'  #: open again, after it had been closed for a day or more
    WITHDRAWN = 'withdrawn'  #: the word means that the request was withdrawn
    UNKNOWN_WORD = 'unknown word'  #: the profile does not know the word, or the head cannot be read
    BLANKED = 'blanked'  #: the page has no text
    TAGGED = 'tagged'  #: a template on top of the page asks for its deletion
    REDIRECT = 'redirect'  #: the page is a redirect: the request stands elsewhere, if anywhere

    @property
    def is_open(self) -> bool:
        """Whether the request is open: its clock runs, and its notices may be sent."""
        return self in {Phase.OPEN, Phase.REOPENED}

    @property
    def is_unclear(self) -> bool:
        """Whether the bot cannot tell if the request is open."""
        return self in {Phase.UNKNOWN_WORD, Phase.BLANKED, Phase.TAGGED, Phase.REDIRECT}


@dataclass(frozen=True)
class ClosedTime:
    """A time during which a request was closed.

    :param start: when the closing was stated (UTC)
    :param end: when the request was opened again (UTC)
    """

    start: datetime
    end: datetime


@dataclass(frozen=True)
class RequestState:
    """The state of a request.

    .. code-block:: wikitext

       {{rfc subpage|status=invalid|comment=…}}

    :param phase: where it stands
    :param status: what the status word means
    :param word: the status word as written; hostile text, empty where there is none
    :param since: since when it stands so (UTC); None while open from the beginning, or where it is not known
    :param revision: id of the revision that brought it there; None where that is not known
    :param counts_from: when a closing that was stated begins to count (UTC); None where none waits
    :param closed: from when on it counts as closed (UTC); None where it does not, or that is not known
    :param was_closed: earlier times as a closed request, oldest first
    :param moved: when the page was last moved (UTC); None where it was not, or that is not known
    """

    phase: Phase = Phase.OPEN
    status: Status = Status.OPEN
    word: str = ''
    since: datetime | None = None
    revision: int | None = None
    counts_from: datetime | None = None
    closed: datetime | None = None
    was_closed: tuple[ClosedTime, ...] = ()
    moved: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the request is open."""
        return self.phase.is_open

    @property
    def is_counted_as_closed(self) -> bool:
        """Whether the closing counts; when it began need not be known."""
        return self.phase is Phase.CLOSED or self.closed is not None

    @property
    def needs_operator(self) -> bool:
        """Whether the operator is told; a page that is blanked after its closing concerns nobody any more."""
        return self.phase.is_unclear and self.closed is None

    @property
    def shows_nomination(self) -> bool:
        """Whether what was found on the nominator is shown: not of a page that may be an attack."""
        return self.phase not in {Phase.BLANKED, Phase.TAGGED, Phase.REDIRECT}

    @property
    def shows_subjects(self) -> bool:
        """Whether what was found on the subjects is shown: not where no ban comes of the request."""
        return self.shows_nomination and not self.status.without_ban

    @property
    def has_text(self) -> bool:
        """Whether there is a text whose positions can be counted."""
        return self.phase not in {Phase.BLANKED, Phase.REDIRECT}

    @property
    def key(self) -> str:
        """A word that changes with every urgent news: ``open``, ``closed-3f1c9a``.

        The status word, which anybody can write, is part of it as a digest alone.
        """
        phase = self.phase.value.replace(' ', '-')
        if not self.word or self.is_open:
            return phase
        counts = '-counted' if self.phase is not Phase.CLOSED and self.closed is not None else ''
        return f'{phase}{counts}-{hashlib.sha256(self.word.encode()).hexdigest()[:6]}'


def state_of_text(status: Status, word: str, closed: datetime | None, phase: Phase | None) -> RequestState:
    """Return the state of a page whose history is not known.

    :param closed: time of the signature in the closing comment (UTC)
    :param phase: what the text beside the head tells: blanked, tagged, a redirect; None for none of them
    """
    return RequestState(phase or phase_of(status), status, word, closed=closed if status.closed else None)


def phase_of(status: Status) -> Phase:
    """Return where a request stands by its status word alone."""
    if status is Status.WITHDRAWN:
        return Phase.WITHDRAWN
    if status is Status.UNKNOWN:
        return Phase.UNKNOWN_WORD
    return Phase.CLOSED if status.closed else Phase.OPEN
