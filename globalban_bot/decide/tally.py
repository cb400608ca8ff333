"""Which positions count.

The rules are those that closers on Meta-Wiki follow; no policy text states them (see
``docs/decisions/0002-what-counts.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import takewhile

from globalban_bot.decide.review_items import looks_of
from globalban_bot.model.request import Proposal, Request
from globalban_bot.model.tally import Count, ProposalTally, Tally, Vote, VoteState
from globalban_bot.model.vote import Doubt, Entry, NotAVote, NotAVoteReason, Signing

#: Goes before all times.
_EARLIEST = datetime.min.replace(tzinfo=UTC)

_BY_SIGNING = {
    Signing.SIGNED: VoteState.COUNTED,
    Signing.UNSIGNED: VoteState.UNSIGNED,
    Signing.UNREGISTERED: VoteState.UNREGISTERED,
}


def tally(request: Request) -> Tally:
    """Tally every question of a request."""
    return Tally(request, tuple(_tally(proposal, request.closed) for proposal in request.proposals))


def _tally(proposal: Proposal, closed: datetime | None) -> ProposalTally:
    entries, comments = _without_voters_comments(proposal.entries)
    standing = {
        (entry.author, entry.time)
        for entry in entries
        if entry.time and not entry.struck and not entry.removed
    }
    states = [_own_state(entry, standing, closed) for entry in entries]
    superseded = _superseded(entries, states)
    votes = tuple(
        Vote(entry, VoteState.SUPERSEDED if at in superseded else state)
        for at, (entry, state) in enumerate(zip(entries, states, strict=True))
    )
    others = tuple(sorted((*proposal.others, *comments), key=lambda other: other.line))
    return ProposalTally(proposal.heading, Count.of(votes), votes, others, looks_of(votes, others))


def _without_voters_comments(entries: Sequence[Entry]) -> tuple[list[Entry], list[NotAVote]]:
    """Part the comments of people who also vote from those that might be meant as votes."""
    voters = {e.author for e in entries if e.doubt is None and not e.struck and not e.removed}
    kept: list[Entry] = []
    comments: list[NotAVote] = []
    for entry in entries:
        if entry.doubt is Doubt.COMMENT and entry.author is not None and entry.author in voters:
            comments.append(NotAVote(entry.line, entry.section, NotAVoteReason.VOTERS_COMMENT))
        else:
            kept.append(entry)
    return kept, comments


def _own_state(
    entry: Entry, standing: set[tuple[str | None, datetime]], closed: datetime | None
) -> VoteState:
    """Return the state of an entry, the person's other votes left aside.

    A struck entry was moved if one with the same signature stands, live, at another place.

    :param standing: author and time of the live entries
    """
    if entry.removed:
        return VoteState.REMOVED
    if entry.struck:
        moved = entry.author is not None and (entry.author, entry.time) in standing
        return VoteState.MOVED if moved else VoteState.STRUCK
    if closed is not None and entry.time is not None and entry.time > closed:
        return VoteState.AFTER_CLOSING
    if entry.doubt is not None:
        return VoteState.UNCLEAR
    return _BY_SIGNING[entry.signing]


def _superseded(entries: Sequence[Entry], states: Sequence[VoteState]) -> set[int]:
    """Find the votes that give way to another vote of the same person.

    The side of the last live vote stands; on that side the first one in a row counts.
    """
    of_person: dict[str, list[int]] = {}
    for at, (entry, state) in enumerate(zip(entries, states, strict=True)):
        if state.counts and entry.author is not None:
            of_person.setdefault(entry.author, []).append(at)
    superseded: set[int] = set()
    for places in of_person.values():
        if len(places) > 1:
            superseded |= set(places) - {_standing(entries, places)}
    return superseded


def _standing(entries: Sequence[Entry], places: Sequence[int]) -> int:
    """Return the place of the vote that stands, among several live ones of a person.

    Votes follow each other by time; one without a time follows the vote above it.
    """
    moments: dict[int, datetime] = {}
    before = _EARLIEST
    for at in places:
        before = moments[at] = entries[at].time or before
    in_time = sorted(places, key=lambda at: (moments[at], at))
    side = entries[in_time[-1]].stance
    last_row = takewhile(lambda at: entries[at].stance is side, reversed(in_time))
    return [*last_row][-1]
