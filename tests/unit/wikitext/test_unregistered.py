"""Whether somebody without an account made a request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from globalban_bot.model.request import Request
from globalban_bot.model.revision import Page, Revision
from globalban_bot.wikitext.history import read_history, with_history
from globalban_bot.wikitext.page import Reader

START = datetime(2027, 5, 1, 10, 0, tzinfo=UTC)
TITLE = 'Requests for comment/Global ban for Zephyra'
ADDRESS, ADDRESS6, TEMPORARY = '192.0.2.7', '2001:DB8:0:0:0:0:0:7', '~2027-12345-6'
SIGNED = 'Please. [[User:{0}|{0}]] ([[User talk:{0}|talk]]) 10:00, 1 May 2027 (UTC)'
ANONYMOUS = 'Please. [[Special:Contributions/{0}|{0}]] 10:00, 1 May 2027 (UTC)'


def completed(reader: Reader, text: str, creator: str | None, title: str = TITLE) -> Request:
    """Return a request by its text and by who made the page; somebody with an account edited it since."""
    revisions = (
        Revision(1, START, creator, text),
        Revision(2, START + timedelta(hours=1), 'Wren', f'{text}\n== Support ==\n'),
    )
    page = Page(title, 7, revisions)
    found = reader.read(page.live.text or '', title=title)
    return with_history(found, page.live.text or '', read_history(page, reader, START + timedelta(days=9)))


#: Who made the page, its statement, whether nobody with an account did it, and who is the nominator.
CASES: dict[str, tuple[str | None, str, bool, str | None]] = {
    'an address made and signed it': (ADDRESS, ANONYMOUS.format(ADDRESS), True, None),
    'a long address did': (ADDRESS6, ANONYMOUS.format(ADDRESS6), True, None),
    'a temporary account did': (TEMPORARY, SIGNED.format(TEMPORARY), True, None),
    'an address made it, unsigned': (ADDRESS, 'Please.', True, None),
    'an address made it, a temporary account signed': (ADDRESS, SIGNED.format(TEMPORARY), True, None),
    'an account made and signed it': ('Ada', SIGNED.format('Ada'), False, 'Ada'),
    'an account made it, unsigned': ('Ada', 'Please.', False, 'Ada'),
    'an address made it, an account signed': (ADDRESS, SIGNED.format('Ada'), False, None),
    'a temporary account made it, an account signed': (TEMPORARY, SIGNED.format('Ada'), False, None),
    'the name is hidden': (None, 'Please.', False, None),
    'the name is hidden, an account signed': (None, SIGNED.format('Ada'), False, None),
    'the name is hidden, an address signed': (None, ANONYMOUS.format(ADDRESS), False, None),
    'an account made it, an address signed': ('Ada', ANONYMOUS.format(ADDRESS), False, None),
    'an account made it, a temporary account signed': ('Ada', SIGNED.format(TEMPORARY), False, None),
    'an account with digits': ('192 ways', 'Please.', False, '192 ways'),
}


@pytest.mark.parametrize(('creator', 'statement', 'unregistered', 'nominator'), CASES.values(), ids=CASES)
def test_unregistered(
    reader: Reader, creator: str | None, statement: str, unregistered: bool, nominator: str | None
) -> None:
    """It should tell that nobody with an account made the request, by page and statement together."""
    found = completed(reader, statement, creator)
    assert (found.unregistered, found.nominator) == (unregistered, nominator)


#: Who made a page and what it says, and whether it is said that another signed.
WARNED: dict[str, tuple[str | None, str, bool]] = {
    'an account made it, an address signed': ('Ada', ANONYMOUS.format(ADDRESS), True),
    'an account made it, another signed': ('Ada', SIGNED.format('Bel'), True),
    'an address made it, an account signed': (ADDRESS, SIGNED.format('Ada'), True),
    'an account made and signed it': ('Ada', SIGNED.format('Ada'), False),
    'an address made and signed it': (ADDRESS, ANONYMOUS.format(ADDRESS), False),
    'the name is hidden': (None, SIGNED.format('Ada'), False),
}


@pytest.mark.parametrize(('creator', 'statement', 'warned'), WARNED.values(), ids=WARNED)
def test_signed_by_another(reader: Reader, creator: str | None, statement: str, warned: bool) -> None:
    """It should warn where another signed than who made the page."""
    warning = 'the opening statement is signed with another name than that of who made the page: for people'
    assert (warning in completed(reader, statement, creator).warnings) is warned


def test_no_subjects(reader: Reader) -> None:
    """It should say it of requests to ban an account alone."""
    found = completed(reader, 'Please.', ADDRESS, 'Requests for comment/Another bell')
    assert found.subjects == ()
    assert not found.unregistered


def test_text_alone(reader: Reader) -> None:
    """It should say it by the signature alone, where the history is not known."""
    assert reader.read(ANONYMOUS.format(ADDRESS), title=TITLE).unregistered
