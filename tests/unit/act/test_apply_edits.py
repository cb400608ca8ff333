"""Carrying out a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from globalban_bot.act.apply_edits import make_edits
from globalban_bot.errors import Stopped
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import EditReason, PageEdit
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api_errors import RefusedError

WIKI_WIDE = [
    Refusal.GLOBALLY_BLOCKED,
    Refusal.BLOCKED,
    Refusal.READ_ONLY,
    Refusal.NOT_LOGGED_IN,
    Refusal.NO_ANSWER,
    Refusal.LAGGED,
]


class Scripted:
    """Answers each edit as it is told to, and remembers what was asked."""

    bot = 'Facts bot'

    def __init__(self, *answers: Refusal | Stopped | None) -> None:
        self.answers = iter(answers)
        self.asked: list[str] = []

    def states(self, titles: Iterable[str]) -> Mapping[str, CurrentPage]:
        raise AssertionError('nothing is to be read here')

    def edit(self, edit: PageEdit) -> None:
        self.asked.append(edit.title)
        answer = next(self.answers)
        if isinstance(answer, Stopped):
            raise answer
        if answer is not None:
            raise RefusedError(answer, 'what the wiki said')


def edits(count: int) -> list[PageEdit]:
    return [PageEdit(CurrentPage(f'P{n}'), 'text', 'summary', EditReason.NEW) for n in range(1, count + 1)]


def test_all_are_made() -> None:
    """It should make the edits in their order."""
    writer = Scripted(None, None, None)
    assert make_edits(edits(3), writer) == Outcome(('P1', 'P2', 'P3'))
    assert writer.asked == ['P1', 'P2', 'P3']


def test_nothing_to_do() -> None:
    """It should do nothing where there is nothing to do."""
    assert make_edits([], Scripted()) == Outcome()


@pytest.mark.parametrize('refusal', Refusal)
def test_one_refused(refusal: Refusal) -> None:
    """It should go on after an edit that was refused, for whatever reason."""
    outcome = make_edits(edits(3), Scripted(None, refusal, None))
    assert outcome == Outcome(('P1', 'P3'), (Refused('P2', refusal, 'what the wiki said'),))


@pytest.mark.parametrize('refusal', WIKI_WIDE)
def test_the_wiki_says_no(refusal: Refusal) -> None:
    """It should not ask a wiki any more that has said no to three edits in a row, and name the rest."""
    writer = Scripted(None, refusal, refusal, refusal)
    outcome = make_edits(edits(6), writer)
    assert writer.asked == ['P1', 'P2', 'P3', 'P4']
    assert outcome.done == ('P1',)
    assert outcome.refused[3:] == tuple(
        Refused(title, refusal, 'not tried any more in this run') for title in ('P5', 'P6')
    )


@pytest.mark.parametrize('refusal', [one for one in Refusal if one not in WIKI_WIDE])
def test_pages_say_no(refusal: Refusal) -> None:
    """It should ask for every page where each has a reason of its own."""
    writer = Scripted(*[refusal] * 6)
    assert len(make_edits(edits(6), writer).refused) == len(writer.asked) == 6


@pytest.mark.parametrize('between', [None, Refusal.PROTECTED])
def test_not_in_a_row(between: Refusal | None) -> None:
    """It should go on asking where something else came between the wiki's refusals."""
    lagged = Refusal.LAGGED
    writer = Scripted(lagged, lagged, between, lagged, lagged, None)
    make_edits(edits(6), writer)
    assert len(writer.asked) == 6


def test_stop() -> None:
    """It should end at once when it is stopped, and keep what was done and what was refused."""
    writer = Scripted(None, Refusal.PROTECTED, Stopped('somebody stopped it'), None)
    outcome = make_edits(edits(4), writer)
    assert writer.asked == ['P1', 'P2', 'P3']
    assert outcome.done == ('P1',)
    assert [one.title for one in outcome.refused] == ['P2']
    assert outcome.stopped == 'somebody stopped it'
