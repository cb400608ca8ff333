"""Which entries need a person's look, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from globalban_bot.model.tally import ReviewItem, ReviewReason, Vote, VoteState
from globalban_bot.model.vote import Entry, Form, NotAVote, NotAVoteReason, Stance


def looks_of(votes: Sequence[Vote], others: Sequence[NotAVote]) -> tuple[ReviewItem, ...]:
    """Name the entries that a person should read, one reason each, in the order of the page."""
    found = {
        look.line: look
        for look in (*_of_others(others), *_changed_sides(votes), *(x for v in votes for x in _of_vote(v)))
    }
    return tuple(found[line] for line in sorted(found))


def _of_vote(vote: Vote) -> Iterator[ReviewItem]:
    entry = vote.entry
    if vote.state is VoteState.UNCLEAR:
        yield ReviewItem(entry.line, ReviewReason.UNCLEAR)
    elif vote.state is VoteState.AFTER_CLOSING:
        yield ReviewItem(entry.line, ReviewReason.AFTER_CLOSING)
    elif vote.counts and entry.author is None:
        yield ReviewItem(entry.line, ReviewReason.NO_AUTHOR)
    elif vote.counts and entry.contradicts:
        yield ReviewItem(entry.line, ReviewReason.CONTRADICTS)
    elif vote.counts and _is_beside_the_list(entry):
        yield ReviewItem(entry.line, ReviewReason.NOT_LISTED)


def _is_beside_the_list(entry: Entry) -> bool:
    """Apply the clerks' rule: items of a vote section's own list count, by number.

    A vote elsewhere is fine when it says so by template; without one it is for people.
    """
    return not entry.listed and entry.form is not Form.TEMPLATE


def _changed_sides(votes: Sequence[Vote]) -> Iterator[ReviewItem]:
    earlier: dict[str | None, set[Stance]] = {}
    for vote in votes:
        if vote.state is VoteState.SUPERSEDED:
            earlier.setdefault(vote.entry.author, set()).add(vote.entry.stance)
    for vote in votes:
        if vote.counts and earlier.get(vote.entry.author, set()) - {vote.entry.stance}:
            yield ReviewItem(vote.entry.line, ReviewReason.CHANGED_SIDE)


def _of_others(others: Sequence[NotAVote]) -> Iterator[ReviewItem]:
    for other in others:
        if other.reason is NotAVoteReason.OUTSIDE:
            yield ReviewItem(other.line, ReviewReason.OUTSIDE)
