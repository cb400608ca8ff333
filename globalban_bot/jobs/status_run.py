"""The jobs on a live wiki: what they need is put together here."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.gather.cache import Cache
from globalban_bot.gather.live_requests import LiveSource, gone_requests
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.page_worker import PageWorker
from globalban_bot.jobs.session import Session, open_session, reader_of
from globalban_bot.jobs.status import update_status
from globalban_bot.jobs.status_job import Approve, StatusJob, StatusOptions, StatusReport
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.refusal import Refusal
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import Profile
from globalban_bot.wiki.api import ApiClient

_log = logging.getLogger(__name__)


def tally_live(site: Any, profile: Profile, as_of: datetime, *, limit: int | None = None) -> Iterator[Tally]:
    """Yield the tallies of a wiki's requests; one that cannot be read never stops the rest.

    :param site: the wiki, an ``APISite``
    :param as_of: the moment of the run (aware, UTC)
    :param limit: most requests to read; None for all
    """
    reader = reader_of(site, profile)
    source = LiveSource(ApiClient(site), profile)
    with PageWorker() as worker:
        for candidate in islice((one for one in source.candidates() if one.is_request), limit):
            try:
                yield worker.read_page(source.read(candidate), reader, as_of)
            except WikiError as error:
                _log.warning('%s', error)


@dataclass(frozen=True)
class StatusRun:
    """A run of the status job on a live wiki.

    :param site: the wiki, an ``APISite`` that is logged in
    :param folder: where cache and lock are
    :param as_of: the moment of the run (aware, UTC)
    :param facts: a file with recorded facts about accounts; None to ask the wikis
    :param record: a file to which what the wikis tell of accounts is written; None for none
    """

    site: Any
    folder: Path
    as_of: datetime
    profile: Profile
    facts: Path | None = None
    record: Path | None = None

    def status(self, choice: StatusOptions, approve: Approve) -> StatusReport:
        """Bring board and boxes up to date.

        :raises Stopped: another run is at work, or the settings on the wiki switch the job off
        :raises UserError: the recorded facts are older than a day
        """
        with open_session(
            self.site, self.folder, self.profile, lambda: self.as_of, facts=self.facts, record=self.record
        ) as session:
            return update_status(status_job(session, self.as_of), choice, approve)


def status_job(session: Session, as_of: datetime) -> StatusJob:
    """Return what the status job works on.

    :param as_of: the moment of the run (aware, UTC)
    """
    return StatusJob(
        source=session.source,
        writer=session.writer,
        reader=session.reader(),
        cache=Cache(session.folder),
        profile=session.profile,
        messages=Messages(),
        as_of=as_of,
        check_stop=session.stop.check,
        nominations=session.nominations(),
        in_force=session.in_force,
        reading=session.reading,
        gone=partial(gone_requests, session.wikis, session.profile),
    )


def show_report(report: StatusReport) -> str:
    """Return what an operator reads after a run."""
    outcome = report.outcome
    lines = [f'edited: {title}' for title in outcome.done]
    lines += [f'not done: {failure}' for failure in report.failures]
    lines += said_by_wiki(outcome)
    if outcome.stopped is not None:
        lines.append(f'stopped: {outcome.stopped}')
    return '\n'.join(lines)


def show_alarms(report: StatusReport) -> str:
    """Return what the operator has to look at."""
    return '\n'.join(f'to check: {alarm}' for alarm in report.alarms)


def said_by_wiki(*outcomes: Outcome) -> list[str]:
    """Return what the wiki said of edits that it refused, for the operator alone: it may name people."""
    refused = (one for outcome in outcomes for one in outcome.refused)
    return [
        f'the wiki said of {one.title}: {one.detail}'
        for one in refused
        if one.detail and one.refusal is not Refusal.HELD
    ]
