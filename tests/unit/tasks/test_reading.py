"""Reading and tallying requests."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from globalban_bot.errors import UserError, WikiError
from globalban_bot.gather.cache import Cache
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.candidate import Candidate
from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.summary import Summary
from globalban_bot.profiles.loader import load_profile
from globalban_bot.tasks.reading import Requests, UnreadError, read_page
from globalban_bot.wikitext.page import reader_for

META = load_profile('meta')
NOW = datetime(2027, 6, 1, tzinfo=UTC)
TITLE = 'Requests for comment/Global ban for Bel'
VOTE = '[[User:{0}|{0}]] ([[User talk:{0}|talk]]) 12:00, 1 May 2027 (UTC)'
TEXT = (
    '{{rfc subpage|status=}}\n== Support ==\n'
    f'# {{{{support}}}} {VOTE.format("Ada")}\n# {{{{comment}}}} Let me read. {VOTE.format("Cid")}\n'
    f'== Oppose ==\n# {{{{oppose}}}} {VOTE.format("Dov")}\n'
)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


#: Revisions of a head, when the request was closed, and from when on a closing counts that waits.
CLOSINGS: dict[str, tuple[list[tuple[str, str]], str | None, str | None]] = {
    'never': ([('2027-05-01', '')], None, None),
    'for good': ([('2027-05-01', ''), ('2027-05-08', 'closed')], '2027-05-08', None),
    'a moment ago': (
        [('2027-05-01', ''), ('2027-05-31T12:00:00', 'closed')],
        None,
        '2027-06-01T12:00:00',
    ),
    'a day ago': ([('2027-05-01', ''), ('2027-05-31', 'closed')], '2027-05-31', None),
    'and opened again': ([('2027-05-01', ''), ('2027-05-08', 'closed'), ('2027-05-09', '')], None, None),
    'twice': (
        [('2027-05-01', ''), ('2027-05-08', 'closed'), ('2027-05-09', ''), ('2027-05-10', 'invalid')],
        '2027-05-10',
        None,
    ),
}


@pytest.mark.parametrize(('heads', 'closed', 'pending'), CLOSINGS.values(), ids=CLOSINGS)
def test_times_from_the_history(
    heads: list[tuple[str, str]], closed: str | None, pending: str | None
) -> None:
    """It should take the times of opening and closing from the history."""
    revisions = tuple(
        Revision(n, day(time), 'Ada', f'{{{{rfc subpage|status={word}}}}}')
        for n, (time, word) in enumerate(heads)
    )
    found = read_page(Page(TITLE, 7, revisions), reader_for(META), NOW).request
    assert found.opened == revisions[0].time
    assert found.closed == (None if closed is None else day(closed))
    assert found.pending == (None if pending is None else day(pending))
    assert found.revision == len(heads) - 1


def test_hidden_text() -> None:
    """It should read a page whose live text is hidden as one without votes."""
    hidden = Page(TITLE, 7, (Revision(1, NOW, None, None),))
    assert read_page(hidden, reader_for(META), NOW).proposals[0].votes == ()


class Source:
    """Has one request, and counts how often it is read."""

    def __init__(self, text: str = TEXT, error: Exception | None = None) -> None:
        self.reads = 0
        self.error = error
        self.text = text

    def candidates(self) -> Iterator[Candidate]:
        yield Candidate(TITLE, 7, revision=70)

    def read(self, candidate: Candidate) -> Page:
        self.reads += 1
        if self.error is not None:
            raise self.error
        return Page(TITLE, 7, (Revision(70, day('2027-05-01'), 'Ada', self.text),))


ONE = Candidate(TITLE, 7, revision=70)


def requests(source: Source, folder: Path | None = None, as_of: datetime = NOW) -> Requests:
    return Requests(source, reader_for(META), Cache(folder), META, Messages(), as_of)


def test_summary() -> None:
    """It should give a request in short: times, how many positions count, how many are for people."""
    found = requests(Source()).summary(ONE)
    assert found == Summary(7, 70, day('2027-05-01'), None, None, 2, 1, found.facts)


def test_read_once_in_a_run() -> None:
    """It should read a request at most once in a run, though it is asked for twice."""
    source = Source()
    found = requests(source)
    assert found.summary(ONE).positions == 2
    assert found.tally(ONE) is found.tally(ONE)
    assert [*found.read] == [7]
    assert source.reads == 1


def test_not_read_again(tmp_path: Path) -> None:
    """It should know a request from an earlier run as long as it has no new revision."""
    first, second = Source(), Source()
    kept = requests(first, tmp_path).summary(ONE)
    later = requests(second, tmp_path, NOW + timedelta(days=99))
    assert later.summary(ONE) == kept
    assert (second.reads, later.read) == (0, {})
    later.summary(Candidate(TITLE, 7, revision=71))
    assert second.reads == 1


@pytest.mark.parametrize(('hours', 'reads'), [(23, 0), (24, 1)])
def test_read_again_when_a_closing_counts(tmp_path: Path, hours: int, reads: int) -> None:
    """It should read a request again at the moment from which its closing counts."""
    opened = day('2027-05-01')
    text = TEXT.replace('status=', 'status=closed')
    assert requests(Source(text), tmp_path, opened).summary(ONE).standing == 'open'
    source = Source(text)
    found = requests(source, tmp_path, opened + timedelta(hours=hours)).summary(ONE)
    assert source.reads == reads
    assert found.standing == ('closed' if reads else 'open')


def test_cannot_be_read(caplog: pytest.LogCaptureFixture) -> None:
    """It should remember a request that cannot be read, log it by its page id, and not ask again."""
    source = Source(error=WikiError('broken'))
    found = requests(source)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            with pytest.raises(UnreadError, match='broken'):
                found.tally(ONE)
    assert source.reads == 1
    assert found.unread == {7: 'broken'}
    assert caplog.messages == ['page 7: broken']


def test_no_page_id() -> None:
    """It should not read a request without a page id, by which its box is named."""
    source = Source()
    with pytest.raises(UnreadError, match='page id'):
        requests(source).summary(Candidate(TITLE, None))
    assert source.reads == 0


def test_mistake_of_the_user() -> None:
    """It should not go on where the user can mend it."""
    with pytest.raises(UserError, match='bad file'):
        requests(Source(error=UserError('bad file'))).tally(ONE)
