"""The moves of a page, and when they opened a request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from globalban_bot.model.request import Request
from globalban_bot.model.revision import Page, Revision
from globalban_bot.wikitext.history import read_history, with_history
from globalban_bot.wikitext.moves import Placing, read_placing
from globalban_bot.wikitext.page import Reader

START = datetime(2027, 5, 1, 10, 0, tzinfo=UTC)
DRAFT, HERE = 'User:Ada/Draft', 'Requests for comment/Global ban for Zephyra'
BETTER = 'Requests for comment/Global ban for User Zephyra'
TEXT = '{{rfc subpage|status=}}\nPlease. [[User:Ada|Ada]] 10:00, 1 May 2027 (UTC)\n* {{user|Zephyra}}\n'
#: What a revision does: it moves the page, or it changes its text.
Step = tuple[str, str] | str


def after(hours: float) -> datetime:
    """Return a moment, by the hours since the first revision."""
    return START + timedelta(hours=hours)


def page(steps: dict[float, Step], title: str = HERE, user: str = 'Ada') -> Page:
    """Make a page by Ada, with what happened in the hours after its first revision.

    :param title: its title of now
    :param user: who saved the later revisions
    """
    revisions = [Revision(1, START, 'Ada', TEXT)]
    for hour, step in steps.items():
        text = step if isinstance(step, str) else revisions[-1].text
        move = None if isinstance(step, str) else step
        revisions.append(Revision(len(revisions) + 1, after(hour), user, text, move=move))
    return Page(title, 7, tuple(revisions))


def placing(reader: Reader, found: Page) -> Placing:
    """Return how a page came to where requests stand."""
    return read_placing(found, reader.is_request_title)


SEVERAL: dict[str, tuple[dict[float, Step], str, float | None, float | None]] = {
    'made where it is': ({1: 'more'}, HERE, None, None),
    'a draft': ({1: 'more', 300: (DRAFT, HERE)}, HERE, 300, 300),
    'a draft, then a better title': ({300: (DRAFT, HERE), 320: (HERE, BETTER)}, BETTER, 300, 320),
    'a better title': ({20: (HERE, BETTER)}, BETTER, None, 20),
    'a draft below a request': ({30: (f'{HERE}/Draft', HERE)}, HERE, 30, 30),
    'another place, found by its category': (
        {30: (DRAFT, 'Requests for comment/Z')},
        'Requests for comment/Z',
        30,
        30,
    ),
    'away for an hour': ({50: (HERE, DRAFT), 51: (DRAFT, HERE)}, HERE, None, 51),
    'a protection that links two pages': ({50: (HERE, 'Meta:Rules')}, HERE, None, None),
}


@pytest.mark.parametrize(('steps', 'title', 'placed', 'moved'), SEVERAL.values(), ids=SEVERAL)
def test_placed(
    reader: Reader, steps: dict[float, Step], title: str, placed: float | None, moved: float | None
) -> None:
    """It should know by which move a page came to where requests stand, and when it was last moved."""
    found = placing(reader, page(steps, title))
    assert found.is_known
    assert (found.move and found.move.time) == (None if placed is None else after(placed))
    assert found.moved == (None if moved is None else after(moved))


def test_a_forged_summary(reader: Reader) -> None:
    """It should take no revision for a move that changes the text: anybody can write such a summary."""
    forged = Revision(2, after(30), 'Bel', f'{TEXT}more', move=(DRAFT, HERE))
    found = Page(HERE, 7, (Revision(1, START, 'Ada', TEXT), forged))
    assert placing(reader, found) == Placing()


NOT_KNOWN = {
    'away for a day': page({50: (HERE, DRAFT), 74: (DRAFT, HERE)}),
    'moves that do not fit together': page({50: ('User:Ada/A', 'User:Ada/B'), 74: (DRAFT, HERE)}),
    'a move elsewhere': page({50: (DRAFT, 'User:Ada/Other')}),
    'a hidden summary': Page(
        HERE,
        7,
        (Revision(1, START, 'Ada', TEXT), Revision(2, after(30), 'Ada', TEXT, hides_summary=True)),
    ),
    'a hidden text': Page(
        HERE,
        7,
        (Revision(1, START, 'Ada', None), Revision(2, after(30), 'Ada', TEXT, move=(DRAFT, HERE))),
    ),
}


@pytest.mark.parametrize('found', NOT_KNOWN.values(), ids=NOT_KNOWN)
def test_not_known(reader: Reader, found: Page) -> None:
    """It should not tell when a request was opened where its moves do not tell."""
    assert not placing(reader, found).is_known
    assert read_history(found, reader, after(900)).opened is None


HIDDEN_EDITS = {
    'text and summary': Revision(2, after(30), 'Bel', None, hides_summary=True),
    'text, with two links': Revision(2, after(30), 'Bel', None, move=('User:Cyd', 'User:Dov')),
}


@pytest.mark.parametrize('hidden', HIDDEN_EDITS.values(), ids=HIDDEN_EDITS)
def test_hidden_edits(reader: Reader, hidden: Revision) -> None:
    """It should take an edit that was hidden for an edit."""
    found = Page(HERE, 7, (Revision(1, START, 'Ada', TEXT), hidden, Revision(3, after(31), 'Ada', TEXT)))
    assert placing(reader, found) == Placing()


def request(reader: Reader, found: Page) -> Request:
    """Return a request with its history."""
    text = found.live.text or ''
    return with_history(reader.read(text, title=found.title), text, read_history(found, reader, after(900)))


def test_request_of_a_draft(reader: Reader) -> None:
    """It should open a request when the draft is moved into place, and take the accounts it names then."""
    named = f'{TEXT}* {{{{user|Corvus}}}}\n'
    found = request(reader, page({20: named, 300: (DRAFT, HERE), 310: f'{named}* {{{{user|Sturnus}}}}\n'}))
    assert (found.opened, found.state.moved, found.nominator) == (after(300), after(300), 'Ada')
    assert found.named == ('Corvus',)


@pytest.mark.parametrize('user', ['Bel', None])
def test_draft_that_another_moved(reader: Reader, user: str | None) -> None:
    """It should leave to people who made a request whose draft another moved, or somebody who is hidden."""
    draft = page({})
    moved = Revision(2, after(30), user, TEXT, move=(DRAFT, HERE))
    found = request(reader, Page(HERE, 7, (*draft.revisions, moved)))
    assert (found.opened, found.nominator) == (after(30), None)
    assert any('moved it to where it is' in warning for warning in found.warnings)


def test_redirect_that_was_moved(reader: Reader) -> None:
    """It should open a request with its first text where the page was moved as a redirect."""
    redirect = Revision(1, START, 'Ada', '#REDIRECT [[A]]')
    moved = Revision(2, after(2), 'Ada', '#REDIRECT [[A]]', move=(DRAFT, HERE))
    written = Revision(3, after(40), 'Bel', TEXT)
    found = read_history(Page(HERE, 7, (redirect, moved, written)), reader, after(900))
    assert (found.opened, found.creator, found.other_opened) == (after(40), 'Bel', False)
