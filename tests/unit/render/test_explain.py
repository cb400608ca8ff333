"""Why each entry counts or not."""

from __future__ import annotations

import pytest

from globalban_bot.decide.tally import tally
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.tally import VoteState
from globalban_bot.model.vote import Doubt, Entry, Form, NotAVoteReason, Signing, Stance
from globalban_bot.render.explain import explain_line, render_explanation
from tests.unit.decide.made import OPPOSE, at, entry, other, proposal, request, tallied

MESSAGES = Messages()

#: An entry, and the line that explains it.
LINES: dict[str, tuple[Entry, str]] = {
    'plain': (entry(3), 'line 3: support, by template, Ada, 12:00, 2 May 2027 (UTC): counts'),
    'with a strength': (
        entry(3, stance=OPPOSE, strength='Weak oppose'),
        'line 3: oppose (Weak oppose), by template, Ada, 12:00, 2 May 2027 (UTC): counts',
    ),
    'unsigned': (
        entry(3, None, time=None, signing=Signing.UNSIGNED, form=Form.SECTION),
        'line 3: support, by its section, (nobody named), (no time): counts; it has no signature of its own',
    ),
    'unclear': (
        entry(3, doubt=Doubt.CONDITIONAL, form=Form.WORD),
        'line 3: support, by its first word, Ada, 12:00, 2 May 2027 (UTC): not counted: unclear, for people;'
        ' it names a condition',
    ),
    'struck': (
        entry(3, struck=True),
        'line 3: support, by template, Ada, 12:00, 2 May 2027 (UTC): not counted: struck',
    ),
    'by a hostile name': (
        entry(3, 'A\x1b[2J\u202e\nB $1'),
        'line 3: support, by template, A[2J B $1, 12:00, 2 May 2027 (UTC): counts',
    ),
}


@pytest.mark.parametrize(('one', 'line'), LINES.values(), ids=LINES)
def test_vote(one: Entry, line: str) -> None:
    """It should explain a vote in one line: side, form, author, time, and what became of it."""
    assert render_explanation(tallied(one), MESSAGES) == f'{line}\n'
    assert explain_line(tallied(one), 3, MESSAGES) == line


@pytest.mark.parametrize('doubt', Doubt)
@pytest.mark.parametrize('stance', Stance)
def test_every_doubt_has_words(doubt: Doubt, stance: Stance) -> None:
    """It should have words for every doubt and side."""
    assert explain_line(tallied(entry(1, stance=stance, doubt=doubt)), 1, MESSAGES).startswith('line 1:')


@pytest.mark.parametrize('reason', NotAVoteReason)
def test_every_reason_has_words(reason: NotAVoteReason) -> None:
    """It should have words for everything that is no vote."""
    found = tally(request(proposal(others=(other(4, reason),))))
    assert explain_line(found, 4, MESSAGES).startswith('line 4: no vote: ')


@pytest.mark.parametrize('key', [f'state-{s.value.replace(" ", "-")}' for s in VoteState])
def test_every_state_says_whether_it_counts(key: str) -> None:
    """It should begin what it says of a state with whether it counts."""
    counts = key in {'state-unsigned', 'state-unregistered', 'state-counted'}
    assert MESSAGES.get(key).startswith('counts' if counts else 'not counted: ')


@pytest.mark.parametrize(('line', 'explained'), [(3, True), (5, True), (7, True), (2, False), (8, False)])
def test_line_within_an_entry(line: int, *, explained: bool) -> None:
    """It should explain the entry that stands around a line, and say so where there is none."""
    text = explain_line(tallied(entry(3, last_line=7)), line, MESSAGES)
    nothing = f'line {line}: nothing here looks like a vote'
    assert text.startswith('line 3: support') if explained else text == nothing


def test_all_entries_in_the_order_of_the_page() -> None:
    """It should explain votes and what is none together, by line, under the heading of their question."""
    page = request(
        proposal(
            entry(10), entry(9, 'Bel', time=at(1)), heading='Pro\x1bposal 1', others=(other(2), other(30))
        ),
        proposal(entry(40), heading='Proposal 2'),
    )
    text = render_explanation(tally(page), MESSAGES)
    assert [line.partition(',')[0] for line in text.splitlines()] == [
        'Proposal 1',
        'line 2: no vote: labelled as a comment',
        'line 9: support',
        'line 10: support',
        'line 30: no vote: labelled as a comment',
        'Proposal 2',
        'line 40: support',
    ]


def test_empty_page() -> None:
    """It should have nothing to say of a page without entries."""
    assert render_explanation(tallied(), MESSAGES).strip() == ''
