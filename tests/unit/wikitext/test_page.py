"""A whole request page."""

from __future__ import annotations

import pytest

from globalban_bot.model.state import Status
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.page import Reader, reader_for
from tests.unit.wikitext.makers import When

TITLE = 'Requests for comment/Global ban for Zephyra'
PAGE = """{{rfc subpage
 |status  = globalban-yes
 |comment = Done. [[User:Clerk|Clerk]] 12:00, 20 May 2027 (UTC)
 |date    = 20270501100000
}}
* {{user|Zephyra}}
I ask for a ban. [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 10:05, 1 May 2027 (UTC)
== Support ==
# {{s}} [[User:Ada|Ada]] 10:06, 1 May 2027 (UTC)
== Oppose ==
# {{o}} [[User:Zephyra|Zephyra]] 11:00, 1 May 2027 (UTC)
"""


def test_whole_page(reader: Reader, when: When) -> None:
    """It should read all that a page tells."""
    found = reader.read(PAGE, title=TITLE, page_id=7, revision=9)
    assert (found.title, found.page_id, found.revision) == (TITLE, 7, 9)
    assert found.head.status is Status.SUCCESSFUL
    assert found.subjects == ('Zephyra',)
    assert found.nominator == 'Ada'
    assert (found.opened, found.closed) == (when('2027-05-01 10:00'), when('2027-05-20 12:00'))
    assert [(entry.author, entry.line) for entry in found.proposals[0].entries] == [
        ('Ada', 9),
        ('Zephyra', 11),
    ]
    assert found.warnings == ()


@pytest.mark.parametrize(
    ('date', 'opened'),
    [
        ('20270501100000', '2027-05-01 10:00'),
        ('20270501', '2027-05-01 10:05'),
        ('', '2027-05-01 10:05'),
        ('20270520120000', '2027-05-01 10:05'),
        ('20270502090000', '2027-05-02 09:00'),
    ],
)
def test_opened(reader: Reader, when: When, date: str, opened: str) -> None:
    """It should take the date for the opening, unless it lacks the hour or is that of the closing."""
    text = PAGE.replace('20270501100000', date)
    assert reader.read(text, title=TITLE).opened == when(opened)


def test_open_request(reader: Reader) -> None:
    """It should know no time of closing while the head says nothing of it."""
    found = reader.read(PAGE.replace('globalban-yes', ''), title=TITLE)
    assert (found.head.status, found.closed) == (Status.OPEN, None)


def test_empty_page(reader: Reader) -> None:
    """It should read an empty page as a question without votes."""
    found = reader.read('')
    assert (found.subjects, found.nominator, found.opened, found.closed) == ((), None, None, None)
    (proposal,) = found.proposals
    assert (proposal.heading, proposal.entries, proposal.others) == (None, (), ())
    assert found.warnings == ('no head template found; the request counts as open',)


def test_policy_discussion(reader: Reader) -> None:
    """It should name no nominator where the page is about nobody."""
    found = reader.read(PAGE.replace('globalban-yes', 'resolved'), title='Requests for comment/Shorter texts')
    assert (found.subjects, found.nominator) == ((), None)


def test_surrogates(reader: Reader) -> None:
    """It should say that it replaced lone surrogates."""
    assert any('surrogates' in warning for warning in reader.read('\ud800').warnings)


def test_second_head(reader: Reader) -> None:
    """It should read the first of two heads."""
    text = '{{rfc subpage|status=closed}}{{rfc subpage|status=invalid}}'
    assert reader.read(text).head.status is Status.CLOSED


def test_reader_for() -> None:
    """It should take the dialect of the live wiki where there is one."""
    profile = load_profile('meta')
    assert reader_for(profile).dialect is wikimedia_dialect()
    assert reader_for(profile, wikimedia_dialect()) == reader_for(profile)
