"""Pages that the bot owns."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.marker import FORGOTTEN, Marker, digest
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage

NOW = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
BOT = 'Facts bot'
PAGE = DesiredPage(DesiredFacts('User:Bot/7', 'aa00', 'open', 22), 'line\nanother\n', NOW)


def state(text: str, user: str | None = BOT) -> CurrentPage:
    return CurrentPage(PAGE.title, 70, user, NOW, text)


def test_text() -> None:
    """It should begin with the marker, and go on with the body as it is."""
    first, _, rest = PAGE.text.partition('\n')
    assert Marker.parse(first) == Marker('aa00', 'open', 22, NOW, digest(PAGE.body))
    assert rest == PAGE.body


@given(st.text())
def test_own_text(body: str) -> None:
    """It should know its own text again, whatever it is, also where the wiki cut off blanks at its end."""
    text = DesiredPage(PAGE.wanted, body, NOW).text
    assert state(text).is_of(BOT)
    assert state(text.rstrip()).is_of(BOT)


#: Texts of a page that the bot saved last, and whether they are the bot's own.
TEXTS = {
    'its own': (PAGE.text, True),
    'without the line break at its end': (PAGE.text.rstrip(), True),
    'a word more': (f'{PAGE.text}word', False),
    'a line less': (PAGE.text.replace('line\n', ''), False),
    'something above the marker': (f'{{{{delete}}}}\n{PAGE.text}', False),
    'something on the line of the marker': (PAGE.text.replace('-->', '-->{{delete}}'), False),
    'blanked': ('', False),
    'the marker alone': (PAGE.text.partition('\n')[0], False),
    'what another wrote, brought back by an undo of the bot': ('My own words.', False),
}


@pytest.mark.parametrize(('text', 'own'), TEXTS.values(), ids=TEXTS)
def test_altered_text(text: str, own: bool) -> None:
    """It should take a page for the bot's only where the text is unaltered."""
    assert state(text).is_of(BOT) is own


@pytest.mark.parametrize('user', ['Somebody', 'facts bot', '', None])
def test_saved_by_another(user: str | None) -> None:
    """It should not take a page for the bot's that another saved, though the text is the bot's."""
    assert not state(PAGE.text, user).is_of(BOT)


def test_parts_of_a_page() -> None:
    """It should part marker and body; a page without a marker is all body."""
    assert state(PAGE.text).body == PAGE.body
    assert state(PAGE.text).marker is not None
    assert state('My own\nwords.').body == 'My own\nwords.'
    assert state('My own\nwords.').marker is None
    assert CurrentPage('User:Bot/7').body == ''


def test_no_page() -> None:
    """It should not take a page that is not there for anybody's."""
    assert not CurrentPage('User:Bot/7').is_of(BOT)


FORGOT = DesiredPage(DesiredFacts(PAGE.title, 'aa00', FORGOTTEN), '', NOW).text
#: Pages, and whether they were taken away for good.
GONE = [
    (CurrentPage(PAGE.title), False),
    (CurrentPage(PAGE.title, removed=True), True),
    (state(PAGE.text), False),
    (state(FORGOT), True),
    (state(FORGOT, 'Somebody'), True),
    (state(''), False),
    (state(f'Words.\n{FORGOT}'), False),
    (replace(state('x', 'Somebody'), forgotten=True), True),
    (replace(state(FORGOT, 'Somebody'), forgotten=False), False),
    (replace(state('x', 'Somebody'), forgotten=False), False),
    (CurrentPage(PAGE.title, removed=True, forgotten=False), True),
]


@pytest.mark.parametrize(('page', 'gone'), GONE)
def test_gone(page: CurrentPage, gone: bool) -> None:
    """It should tell a page that was taken away for good from one that never was, or that was blanked."""
    assert page.is_gone is gone
