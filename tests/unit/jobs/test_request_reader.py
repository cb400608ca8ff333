"""Reading and tallying requests."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from globalban_bot.errors import InternalError, Stopped, UnreadError, UserError, WikiError
from globalban_bot.gather.cache import Cache
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.jobs.page_reading import read_page
from globalban_bot.jobs.request_reader import RequestReader
from globalban_bot.model.account import Account, LocalAccount
from globalban_bot.model.block import Action, BlockEvent, WikiBlocks
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.state import Phase
from globalban_bot.model.summary import RequestSummary
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.policy.loader import load_policy
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.page import reader_for
from tests.unit.made_accounts import AskedAccounts, account, block, local, wiki_blocks

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
    assert found.state.counts_from == (None if pending is None else day(pending))
    assert found.revision == len(heads) - 1


def test_hidden_text() -> None:
    """It should say that a hidden text cannot be read, and not that the page is blank."""
    hidden = Page(TITLE, 7, (Revision(1, NOW, None, None),))
    with pytest.raises(UnreadError, match='its newest text is hidden'):
        read_page(hidden, reader_for(META), NOW)


class Source:
    """Has one request, and counts how often it is read."""

    def __init__(self, text: str = TEXT, error: Exception | None = None) -> None:
        self.reads = 0
        self.error = error
        self.text = text

    def candidates(self) -> Iterator[RequestRef]:
        yield RequestRef(TITLE, 7, revision=70)

    def read(self, candidate: RequestRef) -> Page:
        self.reads += 1
        if self.error is not None:
            raise self.error
        return Page(TITLE, 7, (Revision(70, day('2027-05-01'), 'Ada', self.text),))


ONE = RequestRef(TITLE, 7, revision=70)


def requests(source: Source, folder: Path | None = None, as_of: datetime = NOW) -> RequestReader:
    return RequestReader(source, reader_for(META), Cache(folder), META, Messages(), as_of)


def test_summary() -> None:
    """It should give a request in short: times, how many positions count, how many are for people."""
    found = requests(Source()).summary(ONE)
    assert found == RequestSummary(
        7, 70, day('2027-05-01'), Phase.OPEN, None, None, 'open', None, 2, 1, found.facts
    )


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
    later.summary(RequestRef(TITLE, 7, revision=71))
    assert second.reads == 1


@pytest.mark.parametrize(('hours', 'reads'), [(23, 0), (24, 1)])
def test_read_again_when_a_closing_counts(tmp_path: Path, hours: int, reads: int) -> None:
    """It should read a request again at the moment from which its closing counts."""
    opened = day('2027-05-01')
    text = TEXT.replace('status=', 'status=closed')
    assert requests(Source(text), tmp_path, opened).summary(ONE).phase is Phase.CLOSING_STATED
    source = Source(text)
    found = requests(source, tmp_path, opened + timedelta(hours=hours)).summary(ONE)
    assert source.reads == reads
    assert found.phase is (Phase.CLOSED if reads else Phase.CLOSING_STATED)


def test_cannot_be_read(caplog: pytest.LogCaptureFixture) -> None:
    """It should remember a request that cannot be read, log it by its page id, and not ask again."""
    source = Source(error=WikiError('broken'))
    found = requests(source)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            with pytest.raises(UnreadError, match='broken'):
                found.tally(ONE)
    assert source.reads == 1
    assert str(found.unread[7]) == 'page 7: could not be read (broken)'
    assert found.unread[7].public == 'page 7: could not be read'
    assert caplog.messages == ['page 7: could not be read (broken)']


def test_no_page_id() -> None:
    """It should not read a request without a page id, by which its box is named."""
    source = Source()
    with pytest.raises(UnreadError, match='page id'):
        requests(source).summary(RequestRef(TITLE, None))
    assert source.reads == 0


def test_mistake_of_the_user() -> None:
    """It should not go on where the user can mend it."""
    with pytest.raises(UserError, match='bad file'):
        requests(Source(error=UserError('bad file'))).tally(ONE)


# --- requests with a nomination ----------------------------------------------------------------------

BEL = account(local('enwiki', blocked=True), local('dewiki', blocked=True))
ADA = account(local('metawiki'), name='Ada')
SILENT = {'dewiki': Unknown(Gap.NO_ANSWER)}
WHOLE: dict[str, WikiBlocks | Unknown] = {
    wiki: wiki_blocks(
        wiki,
        block(),
        log=(BlockEvent(1, block().since, Action.BLOCK, block()),),
        asked=NOW + timedelta(days=9),
    )
    for wiki in ('enwiki', 'dewiki')
}
SIGNED = '{{rfc subpage|status=}}\nPlease. ' + VOTE.format('Ada') + '\n' + TEXT.partition('\n')[2]
CLOSED = SIGNED.replace('status=', 'status=closed')


def nominating(
    source: Source, folder: Path, blocks: Mapping[str, WikiBlocks | Unknown], after: timedelta = timedelta(0)
) -> RequestReader:
    """Return requests that are read with their nominations so long after NOW."""
    accounts = AskedAccounts(ADA, BEL, blocks=blocks)
    nominations = Nominations(accounts, load_policy(META.policy), META.wiki)
    return replace(requests(source, folder, NOW + after), nominations=nominations)


HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
#: After a silence, and after a day, as the code has them.
SHORT, LONG = 50 * MINUTE, 23.5 * HOUR
SHUT = day('2027-05-25T12:00')
#: Revisions of a request that was closed after its first day, a week before a moment after NOW.
CLOSED_LATELY = ((day('2027-05-01'), SIGNED), (SHUT, CLOSED))
OPEN = ((day('2027-05-01'), SIGNED),)
CLOSED_LONG_AGO = ((day('2027-05-01'), CLOSED),)
NO_LOG = {'dewiki': Unknown(Gap.NO_LOG)}
NOT_READABLE = {'dewiki': Unknown(Gap.NOT_READABLE)}
#: A request, what wikis answer, how long after, and whether it is read again.
AGAIN = {
    'open, within a day': (OPEN, WHOLE, LONG - MINUTE, False),
    'open, after a day': (OPEN, WHOLE, LONG, True),
    'open, a wiki was silent, soon': (OPEN, SILENT, SHORT - MINUTE, False),
    'open, a wiki was silent': (OPEN, SILENT, SHORT, True),
    'open, an answer cannot be read, within a day': (OPEN, NOT_READABLE, LONG - MINUTE, False),
    'open, an answer cannot be read': (OPEN, NOT_READABLE, LONG, True),
    'closed, all is known': (CLOSED_LATELY, WHOLE, 9999 * HOUR, False),
    'closed, a wiki was silent, soon': (CLOSED_LATELY, SILENT, LONG - MINUTE, False),
    'closed, a wiki was silent': (CLOSED_LATELY, SILENT, LONG, True),
    'closed long ago, a wiki was silent': (CLOSED_LONG_AGO, SILENT, 9999 * HOUR, False),
    'closed, a log is not whole': (CLOSED_LATELY, NO_LOG, 9999 * HOUR, False),
    'closed, an answer cannot be read': (CLOSED_LATELY, NOT_READABLE, 9999 * HOUR, False),
}


class Revised(Source):
    """Has one request with a history."""

    def __init__(self, revisions: Sequence[tuple[datetime, str]]) -> None:
        super().__init__()
        self.revisions = revisions

    def read(self, candidate: RequestRef) -> Page:
        self.reads += 1
        made = (Revision(70 + n, time, 'Ada', text) for n, (time, text) in enumerate(self.revisions))
        return Page(TITLE, 7, tuple(made))


@pytest.mark.parametrize(('revisions', 'blocks', 'after', 'again'), AGAIN.values(), ids=AGAIN)
def test_asked_again(
    tmp_path: Path,
    revisions: Sequence[tuple[datetime, str]],
    blocks: dict[str, WikiBlocks | Unknown],
    after: timedelta,
    again: bool,
) -> None:
    """It should ask again each day while open; in the next run where a wiki was silent."""
    first, second = Revised(revisions), Revised(revisions)
    newest = replace(ONE, revision=70 + len(revisions) - 1)
    kept = nominating(first, tmp_path, {**WHOLE, **blocks}).summary(newest)
    assert (kept.closed is None) is (revisions is OPEN)
    nominating(second, tmp_path, {**WHOLE, **blocks}, after).summary(newest)
    assert (first.reads, second.reads) == (1, again)


@pytest.mark.parametrize(
    ('after', 'until'), [(7 * 24 * HOUR - MINUTE, LONG), (7 * 24 * HOUR, None), (99 * 24 * HOUR, None)]
)
def test_a_week_after_the_closing(tmp_path: Path, after: timedelta, until: timedelta | None) -> None:
    """It should ask for what a wiki did not tell daily for a week after the closing, and then no more."""
    found = nominating(Revised(CLOSED_LATELY), tmp_path, SILENT, SHUT + after - NOW).summary(ONE)
    assert (found.phase, found.partly) == (Phase.CLOSED, True)
    assert found.until == (None if until is None else SHUT + after + until)


def test_closing_that_waits(tmp_path: Path) -> None:
    """It should be read again at the earlier of two moments: its closing counts, or a day has passed."""
    opened = day('2027-05-01')
    found = nominating(Source(CLOSED), tmp_path, WHOLE, opened + 20 * HOUR - NOW).summary(ONE)
    assert found.until == opened + 24 * HOUR
    silent = nominating(Source(CLOSED), tmp_path / 'other', SILENT, opened + 20 * HOUR - NOW).summary(ONE)
    assert silent.until == opened + 20 * HOUR + SHORT


def test_facts_of_the_nomination(tmp_path: Path) -> None:
    """It should keep a digest that differs where something else was found on the nomination."""
    known = nominating(Source(SIGNED), tmp_path / 'a', WHOLE).summary(ONE)
    silent = nominating(Source(SIGNED), tmp_path / 'b', SILENT).summary(ONE)
    assert known.facts != silent.facts
    assert (known.standing, silent.standing) == ('open', 'open-partly')
    assert replace(known, facts='', until=None, partly=True) == replace(silent, facts='', until=None)


def test_a_log_that_is_not_whole_is_no_part(tmp_path: Path) -> None:
    """It should not take it for a part that was not looked up where a log does not tell."""
    assert nominating(Revised(CLOSED_LATELY), tmp_path, NO_LOG).summary(ONE).partly is False


class Faulty(AskedAccounts):
    """Fails at each question about blocks."""

    def __init__(self, error: Exception) -> None:
        super().__init__(ADA, BEL)
        self.error = error

    def blocks(self, account: Account, local: LocalAccount) -> WikiBlocks | Unknown:
        raise self.error


def faulty(error: Exception, folder: Path, text: str = SIGNED, source: Source | None = None) -> RequestReader:
    nominations = Nominations(Faulty(error), load_policy(META.policy), META.wiki)
    return replace(requests(source or Source(text), folder), nominations=nominations)


@pytest.mark.parametrize(
    'error', [ValueError('Bel'), KeyError('Bel'), WikiError('Bel'), InternalError('Bel')]
)
def test_a_fault_in_judging(tmp_path: Path, caplog: pytest.LogCaptureFixture, error: Exception) -> None:
    """It should leave the count as it is where a nomination cannot be judged, and name nobody in the log."""
    found = faulty(error, tmp_path)
    with caplog.at_level(logging.WARNING):
        summary = found.summary(ONE)
    assert caplog.messages == [f'page 7: the nomination cannot be judged ({type(error).__name__})']
    assert (found.unjudged, found.unread) == ({7}, {})
    assert found.tally(ONE).nomination is None
    assert (summary.positions, summary.looks) == (2, 1)
    assert (summary.standing, summary.until) == ('open-partly', NOW + SHORT)


def test_a_fault_in_judging_a_closed_request(tmp_path: Path) -> None:
    """It should try again each day for a week after the closing."""
    lately = faulty(ValueError(), tmp_path / 'a', source=Revised(CLOSED_LATELY)).summary(ONE)
    assert (lately.phase, lately.partly, lately.until) == (Phase.CLOSED, True, NOW + LONG)
    long_ago = faulty(ValueError(), tmp_path / 'b', CLOSED).summary(ONE)
    assert (long_ago.phase, long_ago.partly, long_ago.until) == (Phase.CLOSED, True, None)


@pytest.mark.parametrize('error', [UserError('bad policy'), Stopped('asked to end')])
def test_what_ends_the_run(tmp_path: Path, error: Exception) -> None:
    """It should not go on where the user can mend it, nor where the run was asked to end."""
    found = faulty(error, tmp_path)
    with pytest.raises(type(error), match=str(error)):
        found.summary(ONE)
    assert (found.read, found.unread, found.unjudged) == ({}, {}, set())
    assert Cache(tmp_path).get(7) is None


class AnotherTitle(Source):
    """Has a page that is no request to ban an account."""

    def read(self, candidate: RequestRef) -> Page:
        return replace(super().read(candidate), title='Requests for comment/Something else')


def test_no_subject(tmp_path: Path) -> None:
    """It should hold for as long as the page does not change where the page is about no account."""
    found = nominating(AnotherTitle(SIGNED), tmp_path, WHOLE)
    assert found.summary(ONE).until is None
    assert found.tally(ONE).nomination is None
