"""Which entries need a person's look, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from globalban_bot.model.tally import Look, LookReason, Vote, VoteState
from globalban_bot.model.vote import Entry, Form, NotAVote, NotAVoteReason, Stance


def looks_of(votes: Sequence[Vote], others: Sequence[NotAVote]) -> tuple[Look, ...]:
    """Name the entries that a person should read, one reason each, in the order of the page."""
    found = {
        look.line: look
        for look in (*_of_others(others), *_changed_sides(votes), *(x for v in votes for x in _of_vote(v)))
    }
    return tuple(found[line] for line in sorted(found))


def _of_vote(vote: Vote) -> Iterator[Look]:
    entry = vote.entry
    if vote.state is VoteState.UNCLEAR:
        yield Look(entry.line, LookReason.UNCLEAR)
    elif vote.state is VoteState.AFTER_CLOSING:
        yield Look(entry.line, LookReason.AFTER_CLOSING)
    elif vote.counts and entry.author is None:
        yield Look(entry.line, LookReason.NO_AUTHOR)
    elif vote.counts and entry.contradicts:
        yield Look(entry.line, LookReason.CONTRADICTS)
    elif vote.counts and _is_beside_the_list(entry):
        yield Look(entry.line, LookReason.NOT_LISTED)


def _is_beside_the_list(entry: Entry) -> bool:
    """Apply the clerks' rule: items of a vote section's own list count, by number.

    A vote elsewhere is fine when it says so by template; without one it is for people.
    """
    return not entry.listed and entry.form is not Form.TEMPLATE


def _changed_sides(votes: Sequence[Vote]) -> Iterator[Look]:
    earlier: dict[str | None, set[Stance]] = {}
    for vote in votes:
        if vote.state is VoteState.SUPERSEDED:
            earlier.setdefault(vote.entry.author, set()).add(vote.entry.stance)
    for vote in votes:
        if vote.counts and earlier.get(vote.entry.author, set()) - {vote.entry.stance}:
            yield Look(vote.entry.line, LookReason.CHANGED_SIDE)


def _of_others(others: Sequence[NotAVote]) -> Iterator[Look]:
    for other in others:
        if other.reason is NotAVoteReason.OUTSIDE:
            yield Look(other.line, LookReason.OUTSIDE)
