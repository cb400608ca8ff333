"""Reading and tallying requests."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from globalban_bot.errors import UserError, WikiError
from globalban_bot.gather.cache import Cache
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.block import Action, BlockEvent, WikiBlocks
from globalban_bot.model.candidate import Candidate
from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.summary import Summary
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.policy.loader import load_policy
from globalban_bot.profiles.loader import load_profile
from globalban_bot.tasks.nomination import Nominations
from globalban_bot.tasks.reading import Requests, UnreadError, read_page
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
    source: Source, folder: Path, blocks: dict[str, WikiBlocks | Unknown], after: timedelta = timedelta(0)
) -> Requests:
    """Return requests that are read with their nominations so long after NOW."""
    accounts = AskedAccounts(ADA, BEL, blocks=blocks)
    nominations = Nominations(accounts, load_policy(META.policy), META.wiki)
    return replace(requests(source, folder, NOW + after), nominations=nominations)


HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
#: A request, what wikis answer, how long after, and whether it is read again.
AGAIN = {
    'open, within a day': (SIGNED, WHOLE, 24 * HOUR - MINUTE, False),
    'open, after a day': (SIGNED, WHOLE, 24 * HOUR, True),
    'open, a wiki was silent, soon': (SIGNED, SILENT, 3 * HOUR - MINUTE, False),
    'open, a wiki was silent': (SIGNED, SILENT, 3 * HOUR, True),
    'closed, all is known': (CLOSED, WHOLE, 9999 * HOUR, False),
    'closed, a wiki was silent, soon': (CLOSED, SILENT, 3 * HOUR - MINUTE, False),
    'closed, a wiki was silent': (CLOSED, SILENT, 3 * HOUR, True),
    'closed, a log is not whole': (CLOSED, {'dewiki': Unknown(Gap.NO_LOG)}, 9999 * HOUR, False),
}


@pytest.mark.parametrize(('text', 'blocks', 'after', 'again'), AGAIN.values(), ids=AGAIN)
def test_asked_again(
    tmp_path: Path, text: str, blocks: dict[str, WikiBlocks | Unknown], after: timedelta, again: bool
) -> None:
    """It should ask again after a day while open, after three hours where a wiki did not answer."""
    first, second = Source(text), Source(text)
    kept = nominating(first, tmp_path, {**WHOLE, **blocks}).summary(ONE)
    assert kept.standing == ('closed' if text == CLOSED else 'open')
    nominating(second, tmp_path, {**WHOLE, **blocks}, after).summary(ONE)
    assert (first.reads, second.reads) == (1, again)


def test_closing_that_waits(tmp_path: Path) -> None:
    """It should be read again at the earlier of two moments: its closing counts, or a day has passed."""
    opened = day('2027-05-01')
    found = nominating(Source(CLOSED), tmp_path, WHOLE, opened + 20 * HOUR - NOW).summary(ONE)
    assert found.until == opened + 24 * HOUR
    silent = nominating(Source(CLOSED), tmp_path / 'other', SILENT, opened + 20 * HOUR - NOW).summary(ONE)
    assert silent.until == opened + 23 * HOUR


def test_facts_of_the_nomination(tmp_path: Path) -> None:
    """It should keep a digest that differs where something else was found on the nomination."""
    known = nominating(Source(SIGNED), tmp_path / 'a', WHOLE).summary(ONE)
    silent = nominating(Source(SIGNED), tmp_path / 'b', SILENT).summary(ONE)
    assert known.facts != silent.facts
    assert replace(known, facts='', until=None) == replace(silent, facts='', until=None)


class AnotherTitle(Source):
    """Has a page that is no request to ban an account."""

    def read(self, candidate: Candidate) -> Page:
        return replace(super().read(candidate), title='Requests for comment/Something else')


def test_no_subject(tmp_path: Path) -> None:
    """It should hold for as long as the page does not change where the page is about no account."""
    found = nominating(AnotherTitle(SIGNED), tmp_path, WHOLE)
    assert found.summary(ONE).until is None
    assert found.tally(ONE).nomination is None
