"""Read and tally a request; what has not changed since an earlier run is not read again."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from globalban_bot.decide.tally import tally
from globalban_bot.errors import GlobalbanError, Stopped, UserError, WikiError
from globalban_bot.gather.cache import Cache
from globalban_bot.gather.source import Source
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.candidate import Candidate
from globalban_bot.model.marker import NOMINATOR, digest
from globalban_bot.model.nomination import Nomination, Verdict
from globalban_bot.model.request import Request
from globalban_bot.model.revision import Page
from globalban_bot.model.summary import Summary
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.box import box_facts
from globalban_bot.render.state import since_of
from globalban_bot.tasks.nomination import Nominations
from globalban_bot.wikitext.history import read_history, with_history, without_history
from globalban_bot.wikitext.page import Reader

#: An open request: blocks come and go.
DAILY = timedelta(hours=23, minutes=30)
#: A wiki that did not answer: the next run.
SOON = timedelta(minutes=50)
#: So long after the closing what is not known is asked for.
AFTER_CLOSING = timedelta(days=7)

_log = logging.getLogger(__name__)


class UnreadError(WikiError):
    """A request could not be read; the rest can."""


def urgent_of(found: Tally) -> str:
    """Return a word that changes with what is made known at once, whatever the daily limit.

    That is the state of the request, and while it is open a rule on the nominator that is not met.
    """
    state, nomination = found.request.state, found.nomination
    rules = nomination.nominator if nomination is not None and state.is_open else ()
    is_not_met = any(rule.verdict is Verdict.NOT_MET for rule in rules)
    return f'{state.key}{NOMINATOR}' if is_not_met else state.key


def _positions(found: Tally) -> int | None:
    """Return how many positions count; None for a page without a text, where nothing can be counted."""
    if not found.request.state.has_text:
        return None
    return sum(one.count.support + one.count.oppose + one.count.neutral for one in found.proposals)


def read_page(page: Page, reader: Reader, as_of: datetime) -> Tally:
    """Read and tally a page with what its history tells, where it is known."""
    live = page.live
    text = live.text or ''
    request = reader.read(text, title=page.title, page_id=page.page_id, revision=live.id)
    if not page.has_history:
        return tally(without_history(request))
    return tally(with_history(request, text, read_history(page, reader, as_of)))


@dataclass(frozen=True)
class Requests:
    """The requests of a wiki, each read at most once a run.

    :param source: where they are
    :param reader: how they are read
    :param cache: what earlier runs have read
    :param as_of: the moment of the run (aware, UTC)
    :param nominations: what is found on their nominations; None where nobody is asked about accounts
    :ivar read: the tallies, by page id
    :ivar unjudged: page ids of those whose nomination could not be judged
    :ivar unread: what the wiki said of those that could not be read, by page id
    """

    source: Source
    reader: Reader
    cache: Cache
    profile: Profile
    messages: Messages
    as_of: datetime
    nominations: Nominations | None = None
    read: dict[int, Tally] = field(default_factory=dict)
    unread: dict[int | None, str] = field(default_factory=dict)
    unjudged: set[int | None] = field(default_factory=set)

    def tally(self, candidate: Candidate) -> Tally:
        """Return the tally of a request.

        :raises UnreadError: it cannot be read
        """
        page_id = candidate.page_id
        if page_id is not None and page_id in self.read:
            return self.read[page_id]
        if page_id in self.unread:
            raise UnreadError(self.unread[page_id])
        try:
            if page_id is None:
                raise WikiError('a request without a page id')
            found = read_page(self.source.read(candidate), self.reader, self.as_of)
            self.read[page_id] = replace(found, nomination=self._nomination(found.request))
        except (UserError, Stopped):
            raise
        except GlobalbanError as error:
            # What the wiki said may name people: it is for the operator, not for the log on the wiki.
            _log.warning('page %s: %s', page_id, error)
            self.unread[page_id] = str(error)
            raise UnreadError(str(error)) from error
        return self.read[page_id]

    def summary(self, candidate: Candidate) -> Summary:
        """Return a request in short, from the cache where it still holds.

        :raises UnreadError: it cannot be read
        """
        kept = self.cache.get(candidate.page_id) if candidate.page_id is not None else None
        if kept is not None and kept.holds(candidate.revision, self.as_of):
            return kept
        summary = self._summary_of(self.tally(candidate))
        self.cache.put(summary)
        return summary

    def refreshed(self, candidate: Candidate) -> Summary:
        """Return a request in short as it was read in this run, and keep it: what is rendered is told.

        :raises UnreadError: it cannot be read
        """
        summary = self._summary_of(self.tally(candidate))
        self.cache.put(summary)
        return summary

    def _summary_of(self, found: Tally) -> Summary:
        request = found.request
        state = request.state
        return Summary(
            page_id=request.page_id or 0,
            revision=request.revision or 0,
            opened=request.opened,
            phase=state.phase,
            since=since_of(state),
            closed=state.closed,
            urgent=urgent_of(found),
            until=min(filter(None, (state.counts_from, self._again(found))), default=None),
            positions=_positions(found),
            looks=len(found.looks),
            facts=digest(box_facts(found, self.profile, self.messages)),
            partly=request.page_id in self.unjudged
            or (found.nomination is not None and found.nomination.partly),
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

    def _again(self, found: Tally) -> datetime | None:
        """Return when the wikis are to be asked about the accounts again; None for never.

        What is not known of a closed request is asked for once a day, for a week.
        """
        closed = found.request.closed
        unsure = found.request.page_id in self.unjudged or (
            found.nomination is not None and found.nomination.retry
        )
        if closed is not None:
            return self.as_of + DAILY if unsure and self.as_of - closed < AFTER_CLOSING else None
        if unsure:
            return self.as_of + SOON
        return self.as_of + DAILY if found.nomination is not None else None
