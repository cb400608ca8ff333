"""A person at the terminal, or nobody."""

from __future__ import annotations

import sys
from io import StringIO

import pytest

from globalban_bot.cli import terminal
from globalban_bot.cli.terminal import Terminal, terminal_of
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import EditReason, PageEdit, Plan

PLAN = Plan((PageEdit(CurrentPage('User:Bot/7'), 'marker\nnew line', 'summary', EditReason.NEW),))

#: Whether not to ask, whether never to edit, the plan, what the person says, and what becomes of it.
ANSWERS: dict[str, tuple[bool, bool, Plan, bool, bool]] = {
    'the person says yes': (False, False, PLAN, True, True),
    'the person says no': (False, False, PLAN, False, False),
    'nobody is to be asked': (True, False, PLAN, False, True),
    'nobody is to be asked, and there is nothing to do': (True, False, Plan(), False, True),
    'there is nothing to ask about': (False, False, Plan(), True, False),
    'nothing is ever to be edited': (False, True, PLAN, True, False),
}


@pytest.mark.parametrize(('always', 'never', 'plan', 'says', 'wanted'), ANSWERS.values(), ids=ANSWERS)
def test_approval(always: bool, never: bool, plan: Plan, says: bool, wanted: bool) -> None:
    """It should carry out a plan only when it may, and ask only when it must."""
    asked: list[str] = []
    shown: list[str] = []

    def ask(question: str) -> bool:
        asked.append(question)
        return says

    assert Terminal(shown.append, ask, always, never).approves('Edit?')(plan) is wanted
    assert asked == (['Edit?'] if not always and not never and plan is PLAN else [])
    assert len(shown) == 1


def test_shows_changes_where_somebody_reads_them() -> None:
    """It should show the changes unless it edits without asking; the pages it shows always."""
    shown: list[str] = []
    for always, never in ((False, False), (False, True), (True, False)):
        Terminal(shown.append, lambda _: False, always, never).approves('Edit?')(PLAN)
    assert ['+new line' in text for text in shown] == [True, True, False]
    assert all('User:Bot/7: new page' in text for text in shown)


class Console(StringIO):
    """Standard input with a person behind it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ('always', 'simulate', 'person', 'may'),
    [
        (False, False, True, 'asked'),
        (False, False, False, 'no'),
        (True, False, False, 'yes'),
        (True, True, False, 'no'),
        (True, True, True, 'no'),
        (False, True, True, 'no'),
    ],
)
def test_of_a_script(
    always: bool, simulate: bool, person: bool, may: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It should ask a person only, do without where it is told to, and never where all is a rehearsal."""
    asked = at_terminal(monkeypatch, 'yes', simulate=simulate, person=person)
    allowed = terminal_of(always=always).may('Delete?')
    assert (allowed, asked) == (may != 'no', ['Delete? [y/N] '] if may == 'asked' else [])


@pytest.mark.parametrize(
    ('always', 'simulate', 'person', 'typed'),
    [
        (False, False, True, 'the words'),
        (False, False, False, ''),
        (True, False, True, ''),
        (False, True, True, ''),
    ],
)
def test_typed(
    always: bool, simulate: bool, person: bool, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It should let nobody but a person type words: not -always, not a schedule, not a rehearsal."""
    at_terminal(monkeypatch, 'the words', simulate=simulate, person=person)
    assert terminal_of(always=always).typed('Which?') == typed


@pytest.mark.parametrize(('says', 'may'), [('y', True), (' YES ', True), ('', False), ('no', False)])
def test_yes(says: str, may: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should take nothing but a yes for a yes."""
    at_terminal(monkeypatch, says, simulate=False, person=True)
    assert terminal_of(always=False).may('Delete?') is may


def test_end_of_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """It should take the end of the input for no answer."""

    def ended(_: str) -> str:
        raise EOFError

    at_terminal(monkeypatch, '', simulate=False, person=True)
    monkeypatch.setattr('builtins.input', ended)
    assert not terminal_of(always=False).may('Delete?')
    assert terminal_of(always=False).typed('Which?') == ''


def at_terminal(monkeypatch: pytest.MonkeyPatch, says: str, *, simulate: bool, person: bool) -> list[str]:
    """Put somebody at the terminal, or nobody, and return the questions that are asked."""
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return says

    monkeypatch.setattr('builtins.input', answer)
    monkeypatch.setattr(terminal, 'is_simulated', lambda: simulate)
    monkeypatch.setattr(sys, 'stdin', Console() if person else StringIO())
    return asked
