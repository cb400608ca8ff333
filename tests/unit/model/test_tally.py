"""States and counts."""

from __future__ import annotations

import pytest

from globalban_bot.model.request import Head, Request
from globalban_bot.model.tally import Count, ProposalTally, ReviewItem, ReviewReason, Tally, Vote, VoteState
from globalban_bot.model.vote import Entry, Form, Signing, Stance


def entry(stance: Stance, line: int = 1) -> Entry:
    """Make an entry."""
    return Entry(line, line, '', stance, None, Form.SECTION, 'Ada', None, Signing.SIGNED)


@pytest.mark.parametrize('state', VoteState)
def test_what_counts(state: VoteState) -> None:
    """It should count live votes, unsigned and unregistered ones among them, and no others."""
    counting = {VoteState.UNSIGNED, VoteState.UNREGISTERED, VoteState.COUNTED}
    assert state.counts is (state in counting)
    assert Vote(entry(Stance.SUPPORT), state).counts is state.counts


def test_precedence() -> None:
    """It should list the states in their order of precedence; the last three count."""
    assert [state.value for state in VoteState] == [
        'removed', 'moved', 'struck', 'superseded', 'after closing', 'unclear', 'unsigned', 'unregistered',
        'counted',
    ]  # fmt: skip


def test_count() -> None:
    """It should count by side what counts."""
    votes = [
        Vote(entry(Stance.SUPPORT), VoteState.COUNTED),
        Vote(entry(Stance.SUPPORT), VoteState.UNSIGNED),
        Vote(entry(Stance.SUPPORT), VoteState.STRUCK),
        Vote(entry(Stance.OPPOSE), VoteState.UNREGISTERED),
        Vote(entry(Stance.NEUTRAL), VoteState.UNCLEAR),
    ]
    assert Count.of(votes) == Count(support=2, oppose=1, neutral=0)
    assert Count.of([]) == Count(0, 0, 0)


def test_looks_in_the_order_of_the_page() -> None:
    """It should name what needs a look in the order of the page, over all questions."""
    request = Request('', None, None, Head(), (), None, None, ())
    first = ProposalTally(
        'A', Count(), (), (), (ReviewItem(9, ReviewReason.UNCLEAR), ReviewItem(12, ReviewReason.NO_AUTHOR))
    )
    second = ProposalTally('B', Count(), (), (), (ReviewItem(3, ReviewReason.OUTSIDE),))
    assert [look.line for look in Tally(request, (first, second)).looks] == [3, 9, 12]
