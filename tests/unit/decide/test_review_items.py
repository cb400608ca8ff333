"""Which entries need a person's look."""

from __future__ import annotations

import pytest

from globalban_bot.decide.review_items import looks_of
from globalban_bot.model.tally import ReviewItem, ReviewReason, Vote, VoteState
from globalban_bot.model.vote import Entry, Form, NotAVoteReason, Signing
from tests.unit.decide.made import OPPOSE, entry, other

#: A vote alone, and why a person should read it.
ALONE: dict[str, tuple[Entry, VoteState, ReviewReason | None]] = {
    'plain': (entry(), VoteState.COUNTED, None),
    'unclear': (entry(), VoteState.UNCLEAR, ReviewReason.UNCLEAR),
    'after closing': (entry(), VoteState.AFTER_CLOSING, ReviewReason.AFTER_CLOSING),
    'nobody known': (
        entry(author=None, signing=Signing.UNSIGNED),
        VoteState.UNSIGNED,
        ReviewReason.NO_AUTHOR,
    ),
    'unsigned, but somebody known': (entry(signing=Signing.UNSIGNED), VoteState.UNSIGNED, None),
    'unregistered': (entry(author='192.0.2.1'), VoteState.UNREGISTERED, None),
    'against its section': (entry(contradicts=True), VoteState.COUNTED, ReviewReason.CONTRADICTS),
    'beside the list, by template': (entry(listed=False), VoteState.COUNTED, None),
    **{
        f'beside the list, by {form.value}': (
            entry(listed=False, form=form),
            VoteState.COUNTED,
            ReviewReason.NOT_LISTED,
        )
        for form in (Form.BOLD, Form.WORD, Form.SECTION)
    },
    'struck': (entry(struck=True, contradicts=True), VoteState.STRUCK, None),
    'moved': (entry(struck=True, listed=False, form=Form.WORD), VoteState.MOVED, None),
    'removed': (entry(author=None, removed=True), VoteState.REMOVED, None),
    'superseded': (entry(contradicts=True), VoteState.SUPERSEDED, None),
    'nobody known, and against its section': (
        entry(author=None, contradicts=True),
        VoteState.UNSIGNED,
        ReviewReason.NO_AUTHOR,
    ),
}


@pytest.mark.parametrize(('one', 'state', 'reason'), ALONE.values(), ids=ALONE)
def test_vote_alone(one: Entry, state: VoteState, reason: ReviewReason | None) -> None:
    """It should name the reason for which a person should read a vote, one at most."""
    assert [look.reason for look in looks_of([Vote(one, state)], ())] == ([reason] if reason else [])


@pytest.mark.parametrize('reason', NotAVoteReason)
def test_what_is_no_vote(reason: NotAVoteReason) -> None:
    """It should name, of all that is no vote, a position outside the vote sections alone."""
    found = looks_of((), [other(4, reason)])
    assert found == ((ReviewItem(4, ReviewReason.OUTSIDE),) if reason is NotAVoteReason.OUTSIDE else ())


def test_changed_side() -> None:
    """It should name the vote that counts where the person's earlier one was for another side."""
    votes = [
        Vote(entry(1), VoteState.SUPERSEDED),
        Vote(entry(2, 'Bel', OPPOSE), VoteState.COUNTED),
        Vote(entry(3, stance=OPPOSE), VoteState.COUNTED),
    ]
    assert looks_of(votes, ()) == (ReviewItem(3, ReviewReason.CHANGED_SIDE),)


def test_same_side_again() -> None:
    """It should not name a vote that was only said again."""
    votes = [Vote(entry(1), VoteState.COUNTED), Vote(entry(3), VoteState.SUPERSEDED)]
    assert looks_of(votes, ()) == ()


def test_struck_vote_is_no_changed_side() -> None:
    """It should not name a vote whose earlier one was struck: the person said so."""
    votes = [Vote(entry(1), VoteState.STRUCK), Vote(entry(3, stance=OPPOSE), VoteState.COUNTED)]
    assert looks_of(votes, ()) == ()


def test_one_reason_a_line_in_order() -> None:
    """It should name each line once, in the order of the page, with what the vote itself says first."""
    votes = [
        Vote(entry(9, stance=OPPOSE, contradicts=True), VoteState.COUNTED),
        Vote(entry(2), VoteState.SUPERSEDED),
        Vote(entry(4, 'Bel'), VoteState.UNCLEAR),
    ]
    others = [other(6, NotAVoteReason.OUTSIDE), other(4, NotAVoteReason.OUTSIDE)]
    assert looks_of(votes, others) == (
        ReviewItem(4, ReviewReason.UNCLEAR),
        ReviewItem(6, ReviewReason.OUTSIDE),
        ReviewItem(9, ReviewReason.CONTRADICTS),
    )
