"""Votes with their state, and how many count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from globalban_bot.model.nomination import Nomination
from globalban_bot.model.request import Request
from globalban_bot.model.vote import Entry, NotAVote, Stance


class VoteState(Enum):
    """What became of a position, in order of precedence; the last three count."""

    REMOVED = 'removed'  #: taken out, a note stands in its place
    MOVED = 'moved'  #: the original of a vote that now stands elsewhere
    STRUCK = 'struck'  #: struck by its author or by a clerk
    SUPERSEDED = 'superseded'  #: the same person has another vote that counts
    AFTER_CLOSING = 'after closing'  #: signed after the request was closed
    UNCLEAR = 'unclear'  #: split, partial, conditional or without a position: for people
    UNSIGNED = 'unsigned'  #: no signature of its own
    UNREGISTERED = 'unregistered'  #: by an IP address or a temporary account
    COUNTED = 'counted'  #: a live vote

    @property
    def counts(self) -> bool:
        """Whether a vote in this state is in the tally."""
        return self in {VoteState.UNSIGNED, VoteState.UNREGISTERED, VoteState.COUNTED}


@dataclass(frozen=True)
class Vote:
    """An entry with its state."""

    entry: Entry
    state: VoteState

    @property
    def counts(self) -> bool:
        """Whether it is in the tally."""
        return self.state.counts


@dataclass(frozen=True)
class Count:
    """How many positions count, by side. A count, not an outcome."""

    support: int = 0
    oppose: int = 0
    neutral: int = 0

    @classmethod
    def of(cls, votes: Iterable[Vote]) -> Count:
        """Count the votes that count."""
        stances = [vote.entry.stance for vote in votes if vote.counts]
        return cls(*(stances.count(stance) for stance in Stance))


class ReviewReason(Enum):
    """Why an entry needs a person's look."""

    UNCLEAR = 'unclear'  #: not counted: conditional, split, partial or without a position
    CHANGED_SIDE = 'changed side'  #: the person's earlier vote was for another side
    NO_AUTHOR = 'no author'  #: counted, but nobody can be named
    CONTRADICTS = 'contradicts its section'  #: its vote word differs from the section's meaning
    NOT_LISTED = 'outside the list'  #: counted, though clerks who count list items would not
    OUTSIDE = 'outside the vote sections'  #: a position in a comment, not counted
    AFTER_CLOSING = 'after closing'  #: not counted: signed after the closing


@dataclass(frozen=True)
class ReviewItem:
    """An entry that needs a person's look.

    :param line: line of the page, from 1
    :param reason: why
    """

    line: int
    reason: ReviewReason


@dataclass(frozen=True)
class ProposalTally:
    """One question of the page, tallied.

    :param heading: its heading; None where the page asks one question
    :param count: how many positions count
    :param votes: all positions with their state, in the order of the page
    :param others: what looks like a vote and is none
    :param looks: what needs a person's look, in the order of the page
    """

    heading: str | None
    count: Count
    votes: tuple[Vote, ...]
    others: tuple[NotAVote, ...]
    looks: tuple[ReviewItem, ...]


@dataclass(frozen=True)
class Tally:
    """A request with all its questions tallied.

    :param nomination: what was found on the nomination; None where nobody was asked about the accounts
    """

    request: Request
    proposals: tuple[ProposalTally, ...]
    nomination: Nomination | None = None

    @property
    def looks(self) -> tuple[ReviewItem, ...]:
        """All that needs a person's look, in the order of the page."""
        found = [look for proposal in self.proposals for look in proposal.looks]
        return tuple(sorted(found, key=lambda look: look.line))
