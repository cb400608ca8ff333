"""The state of a request in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.state import ClosedTime, Phase, RequestState, Status
from globalban_bot.render.rich_text import as_html, as_text, as_wikitext
from globalban_bot.render.state import since_of, state_said, status_text
from tests.unit.decide.made import at, closed_at, request

OPENED = 'opened 12:00, 1 May 2027 (UTC)'
STATED = RequestState(
    Phase.CLOSING_STATED, Status.INVALID, 'invalid', since=at(8), revision=12, counts_from=at(9)
)
SAID = {
    'open': (RequestState(), 'open'),
    'closing stated': (
        STATED,
        'the head says “<bdi>invalid</bdi>” since 12:00, 8 May 2027 (UTC) ([[Special:Diff/12|diff]]);'
        ' counted as closed from 12:00, 9 May 2027 (UTC), if it still says so then',
    ),
    'closed': (
        closed_at(at(8), revision=12),
        'closed 12:00, 8 May 2027 (UTC) ([[Special:Diff/12|closing statement]])',
    ),
    'closed, nobody knows when': (RequestState(Phase.CLOSED, Status.CLOSED, 'closed'), 'closed'),
    'reopened': (
        RequestState(Phase.REOPENED, since=at(5), was_closed=(ClosedTime(at(3), at(5)),)),
        'open again (12:00, 5 May 2027 (UTC)); was closed from 12:00, 3 May 2027 (UTC) to'
        ' 12:00, 5 May 2027 (UTC)',
    ),
    'withdrawn, which counts': (
        RequestState(Phase.WITHDRAWN, Status.WITHDRAWN, 'Withdrawn', since=at(5), closed=at(5)),
        'the head says “<bdi>Withdrawn</bdi>” since 12:00, 5 May 2027 (UTC); counted as closed since'
        ' 12:00, 5 May 2027 (UTC)',
    ),
    'unknown word': (
        RequestState(Phase.UNKNOWN_WORD, Status.UNKNOWN, 'finito'),
        'the head says “<bdi>finito</bdi>” (the bot does not know this word: to check)',
    ),
    'blanked': (RequestState(Phase.BLANKED, since=at(5)), 'the page has no text (12:00, 5 May 2027 (UTC))'),
    'moved': (RequestState(moved=at(4)), 'open; the page was moved 12:00, 4 May 2027 (UTC)'),
}


@pytest.mark.parametrize(('state', 'said'), SAID.values(), ids=SAID)
def test_said(state: RequestState, said: str) -> None:
    """It should say where the request stands, since when, with the edit, and what was before."""
    assert as_wikitext(state_said(request(state=state), Messages())) == f'{said}; {OPENED}'


def test_opened_by_a_move() -> None:
    """It should say once when a draft was moved into place, as that opened the request."""
    moved = request(state=RequestState(moved=at(4)), opened=at(4))
    said = 'open; opened 12:00, 4 May 2027 (UTC), when the page was moved here'
    assert as_wikitext(state_said(moved, Messages())) == said


def test_opening_that_is_not_known() -> None:
    """It should say that it does not know when a request was opened whose moves do not tell."""
    moved = request(state=RequestState(moved=at(4)), opened=None)
    said = (
        'open; the page was moved 12:00, 4 May 2027 (UTC);'
        ' when it was opened is not known: the moves of the page do not tell'
    )
    assert as_wikitext(state_said(moved, Messages())) == said
    assert as_wikitext(state_said(replace(moved, has_history=False), Messages())).count('opened') == 0


def test_hostile_word() -> None:
    """It should show a hostile word as text, on one line and not at length."""
    word = "x]] {{delete}} '''b''' [[Category:C]] <script>~~~~\n== h ==" + 'y' * 500
    said = state_said(request(state=RequestState(Phase.UNKNOWN_WORD, Status.UNKNOWN, word)), Messages())
    text = as_wikitext(said)
    assert not any(mark in text for mark in ('{{', '[[', "'''", '<script', '~~~', '\n', 'y' * 60))
    assert '<script' not in as_html(said)
    assert '\n' not in as_text(said)


@pytest.mark.parametrize('phase', Phase)
def test_only_an_open_request_is_listed_as_open(phase: Phase) -> None:
    """It should say "open" in the list of an open request alone."""
    assert status_text(phase, at(8), Messages()).startswith('open') is phase.is_open


def test_time_in_the_list() -> None:
    """It should show the time of the closing that counts, though the word was changed later."""
    assert since_of(closed_at(at(8), since=at(9))) == at(8)
    assert since_of(STATED) == at(8)
    assert status_text(Phase.CLOSED, at(8), Messages()) == 'closed 12:00, 8 May 2027 (UTC)'
    assert status_text(Phase.CLOSING_STATED, at(8), Messages()) == (
        'closing stated (12:00, 8 May 2027 (UTC))'
    )
