"""Which positions count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.decide.tally import tally
from globalban_bot.model.tally import Count, ReviewItem, ReviewReason, Tally, VoteState
from globalban_bot.model.vote import Doubt, Entry, Form, NotAVoteReason, Signing, Stance
from tests.unit.decide.made import NEUTRAL, OPPOSE, at, closed_at, entry, other, proposal, request, tallied


def states(found: Tally) -> list[VoteState]:
    return [vote.state for vote in found.proposals[0].votes]


#: What is special about an entry, alone on its page, and the state that follows. The page closes on 10 May.
ALONE: dict[str, tuple[dict[str, Any], VoteState]] = {
    'plain': ({}, VoteState.COUNTED),
    'without a time': ({'time': None}, VoteState.COUNTED),
    'at the very moment of closing': ({'time': at(10)}, VoteState.COUNTED),
    'unsigned': ({'author': None, 'time': None, 'signing': Signing.UNSIGNED}, VoteState.UNSIGNED),
    'named by the history': ({'signing': Signing.UNSIGNED}, VoteState.UNSIGNED),
    'by an IP address': ({'author': '192.0.2.1', 'signing': Signing.UNREGISTERED}, VoteState.UNREGISTERED),
    'after closing': ({'time': at(10, 13)}, VoteState.AFTER_CLOSING),
    'struck': ({'struck': True}, VoteState.STRUCK),
    'removed': ({'removed': True}, VoteState.REMOVED),
    'outside the list': ({'listed': False, 'form': Form.WORD}, VoteState.COUNTED),
    'against its section': ({'contradicts': True}, VoteState.COUNTED),
    **{f'doubt: {doubt.value}': ({'doubt': doubt}, VoteState.UNCLEAR) for doubt in Doubt},
}


@pytest.mark.parametrize(('special', 'state'), ALONE.values(), ids=ALONE)
@pytest.mark.parametrize('stance', Stance)
def test_state_of_an_entry_alone(stance: Stance, special: dict[str, Any], state: VoteState) -> None:
    """It should give an entry the state that its own marks ask for, whatever its side."""
    found = tallied(entry(stance=stance, **special), state=closed_at(at(10)))
    assert states(found) == [state]
    sides = {'support': 0, 'oppose': 0, 'neutral': 0, stance.value: int(state.counts)}
    assert vars(found.proposals[0].count) == sides


#: What is special about an entry on which several marks stand, and the one that goes first.
PRECEDENCE: list[tuple[dict[str, Any], VoteState]] = [
    ({'removed': True, 'struck': True, 'time': at(11), 'doubt': Doubt.SPLIT}, VoteState.REMOVED),
    ({'struck': True, 'time': at(11), 'doubt': Doubt.SPLIT}, VoteState.STRUCK),
    ({'time': at(11), 'doubt': Doubt.SPLIT, 'signing': Signing.UNREGISTERED}, VoteState.AFTER_CLOSING),
    ({'doubt': Doubt.SPLIT, 'signing': Signing.UNSIGNED}, VoteState.UNCLEAR),
    ({'doubt': Doubt.SPLIT, 'signing': Signing.UNREGISTERED}, VoteState.UNCLEAR),
]


@pytest.mark.parametrize(('special', 'state'), PRECEDENCE)
def test_precedence(special: dict[str, Any], state: VoteState) -> None:
    """It should give an entry with several marks the state that comes first in the enum."""
    assert states(tallied(entry(**special), state=closed_at(at(10)))) == [state]


def test_only_the_last_three_states_count() -> None:
    """It should count unsigned, unregistered and plain votes, and nothing else."""
    assert [state for state in VoteState if state.counts] == [*VoteState][-3:]


def test_open_page_has_no_votes_after_closing() -> None:
    """It should count a vote of any time while the request is open."""
    assert states(tallied(entry(time=datetime.max.replace(tzinfo=at(1).tzinfo)))) == [VoteState.COUNTED]


C, S, X, U = VoteState.COUNTED, VoteState.SUPERSEDED, VoteState.STRUCK, VoteState.UNCLEAR
M, A, R = VoteState.MOVED, VoteState.AFTER_CLOSING, VoteState.REMOVED

#: Entries of one person, in the order of the page, and their states. The page closes on 10 May.
OF_ONE_PERSON: dict[str, tuple[list[Entry], list[VoteState]]] = {
    'the same side twice: the first counts': (
        [entry(1, time=at(2)), entry(2, time=at(3))],
        [C, S],
    ),
    'the same side twice, the later one higher up': (
        [entry(1, time=at(3)), entry(2, time=at(2))],
        [S, C],
    ),
    'the side changed: the last counts': (
        [entry(1, time=at(2)), entry(2, stance=OPPOSE, time=at(3))],
        [S, C],
    ),
    'the side changed, the later one higher up': (
        [entry(1, time=at(3)), entry(2, stance=OPPOSE, time=at(2))],
        [C, S],
    ),
    'the side changed, then said again: the first of the new side counts': (
        [entry(1, time=at(2)), entry(2, stance=NEUTRAL, time=at(3)), entry(3, stance=NEUTRAL, time=at(4))],
        [S, C, S],
    ),
    'there and back again: the last counts': (
        [entry(1, time=at(2)), entry(2, stance=OPPOSE, time=at(3)), entry(3, time=at(4))],
        [S, S, C],
    ),
    'without times the order of the page decides': (
        [entry(1, time=None), entry(2, stance=OPPOSE, time=None)],
        [S, C],
    ),
    'one without a time follows the vote above it': (
        [entry(1, time=at(3)), entry(2, stance=OPPOSE, time=None), entry(3, time=at(2))],
        [S, C, S],
    ),
    'one without a time at the top goes before all': (
        [entry(1, stance=OPPOSE, time=None), entry(2, time=at(2))],
        [S, C],
    ),
    'at the same moment the lower one is the later': (
        [entry(1), entry(2, stance=OPPOSE)],
        [S, C],
    ),
    'an earlier vote that is struck takes nothing away': (
        [entry(1, struck=True, time=at(2)), entry(2, stance=OPPOSE, time=at(3))],
        [X, C],
    ),
    'a later vote that is struck takes nothing away': (
        [entry(1, time=at(2)), entry(2, stance=OPPOSE, struck=True, time=at(3))],
        [C, X],
    ),
    'a later vote after the closing takes nothing away': (
        [entry(1, time=at(2)), entry(2, stance=OPPOSE, time=at(11))],
        [C, A],
    ),
    'a later entry in doubt takes nothing away and stays for people': (
        [entry(1, time=at(2)), entry(2, stance=OPPOSE, doubt=Doubt.PARTIAL, time=at(3))],
        [C, U],
    ),
    'a removed entry takes nothing away': (
        [entry(1, time=at(2)), entry(2, stance=OPPOSE, removed=True, time=at(3))],
        [C, R],
    ),
    'struck here, live there, one signature: moved': (
        [entry(1, struck=True), entry(2, stance=NEUTRAL)],
        [M, C],
    ),
    'struck here, live there, another time: struck': (
        [entry(1, struck=True, time=at(2)), entry(2, stance=NEUTRAL, time=at(3))],
        [X, C],
    ),
    'struck here and there: struck': (
        [entry(1, struck=True), entry(2, stance=NEUTRAL, struck=True)],
        [X, X],
    ),
    'struck here, removed there: struck, as it stands nowhere now': (
        [entry(1, struck=True), entry(2, stance=NEUTRAL, removed=True)],
        [X, R],
    ),
    'struck and live without a time: nothing tells that it was moved': (
        [entry(1, struck=True, time=None), entry(2, stance=NEUTRAL, time=None)],
        [X, C],
    ),
}


@pytest.mark.parametrize(('entries', 'wanted'), OF_ONE_PERSON.values(), ids=OF_ONE_PERSON)
def test_several_entries_of_one_person(entries: list[Entry], wanted: list[VoteState]) -> None:
    """It should count a person once, by the rules of the closers."""
    assert states(tallied(*entries, state=closed_at(at(10)))) == wanted


def test_unknown_people_are_not_one_person() -> None:
    """It should count every vote whose author is not known."""
    nobody = [entry(line, None, time=None, signing=Signing.UNSIGNED) for line in (1, 2, 3)]
    assert tallied(*nobody).proposals[0].count == Count(support=3)


def test_unregistered_people_vote_once() -> None:
    """It should count an IP address once, as it does an account."""
    votes = [entry(line, '192.0.2.1', signing=Signing.UNREGISTERED) for line in (1, 2)]
    assert states(tallied(*votes)) == [VoteState.UNREGISTERED, VoteState.SUPERSEDED]


#: The vote of the person who also commented, and whether the comment is then a voter's.
COMMENTERS: dict[str, tuple[Entry | None, bool]] = {
    'who voted before': (entry(1), True),
    'who voted later': (entry(9), True),
    'whose vote is struck': (entry(1, struck=True), False),
    'whose vote was removed': (entry(1, removed=True), False),
    'whose vote is in doubt': (entry(1, doubt=Doubt.SPLIT), False),
    'who did not vote': (None, False),
    'where another voted': (entry(1, 'Bel'), False),
}


@pytest.mark.parametrize(('vote', 'voters'), COMMENTERS.values(), ids=COMMENTERS)
def test_comment_in_a_vote_section(vote: Entry | None, *, voters: bool) -> None:
    """It should take a comment for no vote where its author voted, and leave it to people otherwise."""
    comment = entry(5, stance=NEUTRAL, doubt=Doubt.COMMENT)
    found = tallied(*filter(None, (vote, comment))).proposals[0]
    reasons = [(found_other.line, found_other.reason) for found_other in found.others]
    assert reasons == ([(5, NotAVoteReason.VOTERS_COMMENT)] if voters else [])
    assert (ReviewItem(5, ReviewReason.UNCLEAR) in found.looks) is not voters


def test_comment_of_nobody_known() -> None:
    """It should not take an unsigned comment for that of a voter because a vote is unsigned, too."""
    vote = entry(1, None, time=None, signing=Signing.UNSIGNED)
    comment = entry(2, None, time=None, signing=Signing.UNSIGNED, doubt=Doubt.COMMENT)
    found = tallied(vote, comment)
    assert states(found) == [VoteState.UNSIGNED, VoteState.UNCLEAR]
    assert found.proposals[0].others == ()


def test_others_keep_the_order_of_the_page() -> None:
    """It should list what is no vote by line, comments of voters among them."""
    others = (other(3), other(9))
    page = request(proposal(entry(1), entry(5, doubt=Doubt.COMMENT), others=others))
    assert [found.line for found in tally(page).proposals[0].others] == [3, 5, 9]


def test_proposals_are_tallied_each_for_itself() -> None:
    """It should count a person once in each question."""
    page = request(
        proposal(entry(1), entry(2, 'Bel', OPPOSE), heading='One'),
        proposal(entry(5, stance=OPPOSE), heading='Two'),
        proposal(heading='Three'),
    )
    found = tally(page)
    assert [(one.heading, one.count) for one in found.proposals] == [
        ('One', Count(1, 1, 0)),
        ('Two', Count(0, 1, 0)),
        ('Three', Count()),
    ]
    assert found.request is page


def test_looks_of_all_proposals_in_the_order_of_the_page() -> None:
    """It should hand on what needs a person's look, by line, over all questions."""
    page = request(
        proposal(entry(8, doubt=Doubt.SPLIT)),
        proposal(entry(3, doubt=Doubt.SPLIT), entry(5, contradicts=True)),
    )
    assert [look.line for look in tally(page).looks] == [3, 5, 8]


MARKS = st.fixed_dictionaries(
    {
        'author': st.sampled_from(['Ada', 'Bel', None]),
        'stance': st.sampled_from(Stance),
        'time': st.sampled_from([None, at(2), at(3), at(11)]),
        'signing': st.sampled_from(Signing),
        'struck': st.booleans(),
        'removed': st.booleans(),
        'doubt': st.sampled_from([None, Doubt.COMMENT, Doubt.SPLIT]),
        'form': st.sampled_from(Form),
        'listed': st.booleans(),
        'contradicts': st.booleans(),
    }
)


@given(st.lists(MARKS, max_size=8))
def test_nothing_is_dropped_and_nobody_counts_twice(marks: list[dict[str, Any]]) -> None:
    """It should keep every entry as a vote or as no vote, and count each person at most once."""
    entries = [entry(line, **mark) for line, mark in enumerate(marks, 1)]
    found = tallied(*entries, state=closed_at(at(10))).proposals[0]
    kept = [vote.entry.line for vote in found.votes] + [one.line for one in found.others]
    assert sorted(kept) == [one.line for one in entries]
    counting = [vote.entry.author for vote in found.votes if vote.counts]
    named = [author for author in counting if author is not None]
    assert len(named) == len(set(named))
    assert sum(vars(found.count).values()) == len(counting)


@given(st.lists(MARKS, max_size=6))
def test_every_superseded_vote_has_one_that_counts(marks: list[dict[str, Any]]) -> None:
    """It should supersede a vote only where another one of the person counts."""
    found = tallied(
        *(entry(line, **mark) for line, mark in enumerate(marks, 1)), state=closed_at(at(10))
    ).proposals[0]
    counting = {vote.entry.author for vote in found.votes if vote.counts}
    assert {vote.entry.author for vote in found.votes if vote.state is VoteState.SUPERSEDED} <= counting
