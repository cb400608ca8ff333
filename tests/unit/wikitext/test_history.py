"""What the history of a page tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from globalban_bot.model.history import History
from globalban_bot.model.request import Request
from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.vote import Signing
from globalban_bot.wikitext.history import fingerprint, read_history, with_history
from globalban_bot.wikitext.page import Reader

START = datetime(2027, 5, 1, 10, 0, tzinfo=UTC)
LATER = START + timedelta(days=90)
OPEN, CLOSED = '{{rfc subpage|status=}}', '{{rfc subpage|status=globalban-no}}'
TITLE = 'Requests for comment/Global ban for Zephyra'
Read = Callable[..., History]


def page(*texts: str | None, users: str = 'ABCDEFGH') -> Page:
    """Make a page with a revision a day, the first by A, the next by B."""
    made = [
        Revision(at + 1, START + timedelta(days=at), user, text)
        for at, (text, user) in enumerate(zip(texts, users, strict=False))
    ]
    return Page(TITLE, 7, tuple(made))


@pytest.fixture
def read(reader: Reader) -> Read:
    """Return what reads the history of the revisions with these texts."""
    return lambda *texts, as_of=LATER: read_history(page(*texts), reader, as_of)


def test_opened(read: Read) -> None:
    """It should know the opening by the first revision."""
    found = read(OPEN, OPEN)
    assert (found.opened, found.creator, found.state.closed) == (START, 'A', None)


REDIRECT = '#REDIRECT [[Requests for comment/Old name]]'


@pytest.mark.parametrize(
    ('texts', 'day', 'creator'),
    [
        ([REDIRECT, OPEN], 1, 'B'),
        ([REDIRECT, f'\n #redirect:[[A]]\n{OPEN}', OPEN, OPEN], 2, 'C'),
        ([OPEN, REDIRECT, OPEN], 0, 'A'),
        ([REDIRECT, None, OPEN], 1, 'B'),
        ([None, REDIRECT, OPEN], 0, 'A'),
        ([REDIRECT, REDIRECT], 0, 'A'),
        (['#REDIRECTION is no redirect', OPEN], 0, 'A'),
        (['See #REDIRECT [[A]]', OPEN], 0, 'A'),
    ],
)
def test_began_as_a_redirect(read: Read, texts: list[str | None], day: int, creator: str) -> None:
    """It should take the first revision that is no redirect for the opening."""
    found = read(*texts)
    assert (found.opened, found.creator) == (START + timedelta(days=day), creator)


def test_nominator_of_a_page_that_began_as_a_redirect(reader: Reader) -> None:
    """It should take who made the request out of the redirect for the nominator."""
    found = complete(reader, REDIRECT, 'Please. [[User:B|B]] 10:00, 2 May 2027 (UTC)')
    assert (found.nominator, found.opened) == ('B', START + timedelta(days=1))


@pytest.mark.parametrize(
    ('texts', 'days'),
    [
        ([OPEN, CLOSED], 1),
        ([CLOSED], 0),
        ([OPEN, CLOSED, CLOSED], 1),
        ([OPEN, CLOSED, OPEN], None),
        ([OPEN, CLOSED, OPEN, CLOSED], 3),
        ([OPEN, CLOSED, None, CLOSED], 1),
        ([OPEN, None], None),
        ([OPEN, ''], None),
        ([OPEN, CLOSED, CLOSED.replace('globalban-no', 'invalid')], 1),
        ([OPEN, CLOSED.replace('globalban-no', 'who knows')], None),
    ],
)
def test_closed(read: Read, texts: list[str | None], days: int | None) -> None:
    """It should know when the closing status was set that stands now."""
    assert read(*texts).state.closed == (None if days is None else START + timedelta(days=days))


@pytest.mark.parametrize(('hours', 'closed'), [(23, False), (24, True)])
def test_a_close_has_to_stand(read: Read, hours: int, closed: bool) -> None:
    """It should take a close for one only once it has stood for a day."""
    found = read(OPEN, CLOSED, as_of=START + timedelta(days=1, hours=hours))
    assert (found.state.closed is not None) is closed
    assert found.state.counts_from == (None if closed else START + timedelta(days=2))


def test_authors(read: Read) -> None:
    """It should know the edit that put a line on the page, through later strikes and notes."""
    found = read('a\n# {{s}} per nom', None, 'a\n# <s>{{s}} per nom</s> <!-- sock -->\n# more')
    assert found.authors[fingerprint('# {{s}} per nom')].user == 'A'
    assert found.authors[fingerprint('# more')].user == 'C'
    assert found.authors[fingerprint('# more')].time == START + timedelta(days=2)


@pytest.mark.parametrize(
    ('line', 'mark'),
    [
        ('# {{s}} per nom.', 's per nom'),
        ('# <s>{{s}} per nom.</s>', 's per nom'),
        ('#:<s>{{s}} per <!-- x -->nom.</s>', 's per nom'),
        ('# {{struck|1={{s}} per nom.}}', '1 s per nom'),
        ('# {{s}} per nom. {{unsigned|A|12:00}}', 's per nom A 12 00'),
        ('', ''),
        ('----', ''),
    ],
)
def test_fingerprint(line: str, mark: str) -> None:
    """It should keep the words of a line, without what others add to it."""
    assert fingerprint(line) == mark


def complete(reader: Reader, *texts: str) -> Request:
    """Return a page that was read with its history."""
    made = page(*texts)
    assert made.live.text is not None
    found = reader.read(made.live.text, title=TITLE)
    return with_history(found, made.live.text, read_history(made, reader, LATER))


def test_unsigned_entry(reader: Reader) -> None:
    """It should name the author of an unsigned entry by the edit that put it there."""
    found = complete(reader, '== Support ==', '== Support ==\n# {{s}} per nom')
    (entry,) = found.proposals[0].entries
    assert (entry.author, entry.time, entry.signing) == ('B', START + timedelta(days=1), Signing.UNSIGNED)


def test_signed_entry(reader: Reader) -> None:
    """It should leave a signed entry to its signature, whoever put it there."""
    line = '# {{s}} [[User:Ada|Ada]] 12:00, 1 May 2027 (UTC)'
    found = complete(reader, '== Support ==', f'== Support ==\n{line}')
    assert [entry.author for entry in found.proposals[0].entries] == ['Ada']


@pytest.mark.parametrize(
    ('statement', 'nominator', 'warned'),
    [
        ('Please. [[User:A|A]] 10:00, 1 May 2027 (UTC)', 'A', False),
        ('Please. [[User:Ada|Ada]] 10:00, 1 May 2027 (UTC)', None, True),
        ('Please.', 'A', True),
    ],
)
def test_nominator(reader: Reader, statement: str, nominator: str | None, warned: bool) -> None:
    """It should name who signed and made the page; where they differ it is for people."""
    found = complete(reader, statement)
    assert found.nominator == nominator
    assert any('opening statement' in warning for warning in found.warnings) is warned


def test_times_come_from_the_history(reader: Reader) -> None:
    """It should trust the history more than the text."""
    head = '{{rfc subpage|status=closed|date=20200101000000|comment=12:00, 1 May 2029 (UTC)}}'
    found = complete(reader, OPEN, head)
    assert (found.opened, found.closed) == (START, START + timedelta(days=1))
