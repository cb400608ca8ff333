"""Read and tally a request; what has not changed since an earlier run is not read again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from globalban_bot.errors import Stopped, UnreadError, UserError, WikiError
from globalban_bot.gather.cache import Cache
from globalban_bot.gather.request_source import Source
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.jobs.page_reading import InProcess, PageReading
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.marker import NOMINATOR, digest
from globalban_bot.model.nomination import Nomination, Verdict
from globalban_bot.model.request import Request
from globalban_bot.model.summary import RequestSummary
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.box import box_facts
from globalban_bot.render.state import since_of
from globalban_bot.wikitext.page import Reader

#: An open request: blocks come and go.
DAILY = timedelta(hours=23, minutes=30)
#: A wiki that did not answer: the next run.
SOON = timedelta(minutes=50)
#: So long after the closing what is not known is asked for.
AFTER_CLOSING = timedelta(days=7)

_log = logging.getLogger(__name__)


def urgent_of(tally: Tally) -> str:
    """Return a word that changes with what is made known at once, whatever the daily limit.

    That is the state of the request, and while it is open a rule on the nominator that is not met.
    """
    state, nomination = tally.request.state, tally.nomination
    rules = nomination.nominator if nomination is not None and state.is_open else ()
    is_not_met = any(rule.verdict is Verdict.NOT_MET for rule in rules)
    return f'{state.key}{NOMINATOR}' if is_not_met else state.key


@dataclass(frozen=True)
class RequestReader:
    """The requests of a wiki, each read at most once a run.

    :param source: where they are
    :param reader: how they are read
    :param cache: what earlier runs have read
    :param as_of: the moment of the run (aware, UTC)
    :param nominations: what is found on their nominations; None where nobody is asked about accounts
    :ivar read: the tallies, by page id
    :ivar unjudged: page ids of those whose nomination could not be judged
    :param reading: reads pages, in this process or in a worker
    :ivar unread: why requests could not be read, by page id
    """

    source: Source
    reader: Reader
    cache: Cache
    profile: Profile
    messages: Messages
    as_of: datetime
    nominations: Nominations | None = None
    reading: PageReading = field(default_factory=InProcess)
    read: dict[int, Tally] = field(default_factory=dict)
    unread: dict[int | None, UnreadError] = field(default_factory=dict)
    unjudged: set[int | None] = field(default_factory=set)

    def tally(self, candidate: RequestRef) -> Tally:
        """Return the tally of a request.

        :raises UnreadError: it cannot be read
        """
        page_id = candidate.page_id
        if page_id is not None and page_id in self.read:
            return self.read[page_id]
        with self.named(page_id):
            if page_id is None:
                raise WikiError('a request without a page id')
            found = self.reading.read_page(self.source.read(candidate), self.reader, self.as_of)
            self.read[page_id] = replace(found, nomination=self._nomination(found.request))
        return self.read[page_id]

    @contextmanager
    def named(self, page_id: int | None) -> Iterator[None]:
        """Make whatever goes wrong with one request the failure of that request alone.

        :raises UnreadError: something went wrong, now or earlier in this run
        """
        if page_id in self.unread:
            raise self.unread[page_id]
        try:
            yield
        except (UserError, Stopped):
            raise
        except Exception as error:
            unread = self.unread[page_id] = unread_of(page_id, error)
            _log.warning('%s', unread)
            raise unread from error

    def positions_at(self, candidate: RequestRef, at: datetime) -> int | None:
        """Count the signed positions of a request as it stood at an earlier moment.

        :param at: the moment (aware, UTC)
        :return: None where there was no such page
        :raises UnreadError: it cannot be read
        """
        with self.named(candidate.page_id):
            page = self.source.read(candidate).at(at)
            return None if page is None else positions_of(self.reading.read_page(page, self.reader, at))

    def summary(self, candidate: RequestRef) -> RequestSummary:
        """Return a request in short, from the cache where it still holds.

        :raises UnreadError: it cannot be read
        """
        kept = self.cache.get(candidate.page_id) if candidate.page_id is not None else None
        if kept is not None and kept.holds(candidate.revision, self.as_of):
            return kept
        return self.refreshed(candidate)

    def refreshed(self, candidate: RequestRef) -> RequestSummary:
        """Return a request in short as it was read in this run, and keep it: what is rendered is told.

        :raises UnreadError: it cannot be read
        """
        found = self.tally(candidate)
        with self.named(candidate.page_id):
            summary = self._summary_of(found)
        self.cache.put(summary)
        return summary

    def _summary_of(self, tally: Tally) -> RequestSummary:
        request = tally.request
        state = request.state
        return RequestSummary(
            page_id=request.page_id or 0,
            revision=request.revision or 0,
            opened=request.opened,
            phase=state.phase,
            since=since_of(state),
            closed=state.closed,
            urgent=urgent_of(tally),
            until=min(filter(None, (state.counts_from, self._again(tally))), default=None),
            positions=positions_of(tally),
            looks=len(tally.looks),
            facts=digest(box_facts(tally, self.profile, self.messages)),
            partly=request.page_id in self.unjudged
            or (tally.nomination is not None and tally.nomination.partly),
        )

    def _nomination(self, request: Request) -> Nomination | None:
        """Return what is found on the nomination; a fault there leaves the count as it is."""
        if self.nominations is None:
            return None
        try:
            return self.nominations.of(request, self.as_of)
        except (UserError, Stopped):
            raise
        except Exception as error:
            # What it says may name people.
            _log.warning(
                'page %s: the nomination cannot be judged (%s)', request.page_id, type(error).__name__
            )
            self.unjudged.add(request.page_id)
            return None

    def _again(self, tally: Tally) -> datetime | None:
        """Return when the wikis are to be asked about the accounts again; None for never.

        What is not known of a closed request is asked for once a day, for a week.
        """
        closed = tally.request.closed
        unsure = tally.request.page_id in self.unjudged or (
            tally.nomination is not None and tally.nomination.retry
        )
        if closed is not None:
            return self.as_of + DAILY if unsure and self.as_of - closed < AFTER_CLOSING else None
        if unsure:
            return self.as_of + SOON
        return self.as_of + DAILY if tally.nomination is not None else None


def unread_of(page_id: int | None, error: Exception) -> UnreadError:
    """Return the failure of a page. What a wiki said may name people, so that only its kind is public."""
    if isinstance(error, UnreadError):
        return error
    name = f'page {page_id}'
    if isinstance(error, WikiError):
        return UnreadError(name, detail=str(error))
    return UnreadError(name, type(error).__name__)


def positions_of(tally: Tally) -> int | None:
    """Return how many positions count; None for a page without a text, where nothing can be counted."""
    if not tally.request.state.has_text:
        return None
    return sum(one.count.support + one.count.oppose + one.count.neutral for one in tally.proposals)
