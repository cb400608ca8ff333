"""Answers on talk pages of a live wiki: what the job needs is put together here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from globalban_bot.errors import UserError
from globalban_bot.gather.cache import Cache
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.notices.job import NoticeSurvey, look
from globalban_bot.jobs.notices.posting import post_plan
from globalban_bot.jobs.notices.run import notify_job
from globalban_bot.jobs.request_reader import RequestReader
from globalban_bot.jobs.session import Session, open_session
from globalban_bot.jobs.settings import check_runs
from globalban_bot.jobs.status import update_status
from globalban_bot.jobs.status_job import Approve, StatusOptions, StatusReport
from globalban_bot.jobs.status_run import said_by_wiki, show_report, status_job
from globalban_bot.jobs.talk.find_answer import Answerer
from globalban_bot.jobs.talk.job import TalkJob, TalkReport, answer_talk
from globalban_bot.jobs.talk.process_page import TalkPageProcessor
from globalban_bot.model.outcome import failure_of
from globalban_bot.model.settings import Task
from globalban_bot.profiles.controls import CommandSettings
from globalban_bot.profiles.loader import Profile


@dataclass(frozen=True)
class TalkRun:
    """A run on a live wiki.

    :param site: the wiki, an ``APISite`` that is logged in
    :param folder: where cache and lock are
    :param clock: tells the moment (aware, UTC)
    :param show: prints a text
    :param facts: a file with recorded facts about accounts; None to ask the wikis
    """

    site: Any
    folder: Path
    profile: Profile
    clock: Callable[[], datetime]
    show: Callable[[str], None]
    approve: Approve
    facts: Path | None = None

    def answer(self) -> TalkReport:
        """Answer what was asked.

        :raises Stopped: another run is at work, or the settings on the wiki switch the job off
        :raises UserError: the wiki of the profile has no commands
        """
        settings = self.profile.commands
        if settings is None:
            raise UserError(f'profile {self.profile.name}: nobody answers commands here')
        with open_session(self.site, self.folder, self.profile, self.clock, facts=self.facts) as session:
            check_runs(session.in_force, Task.TALK, self.profile)
            return answer_talk(self._job(session, settings), self.approve)

    def _job(self, session: Session, settings: CommandSettings) -> TalkJob:
        as_of = self.clock()
        status = status_job(session, as_of)

        def recount(page_ids: frozenset[int]) -> StatusReport:
            choice = StatusOptions(requests=frozenset(map(str, page_ids)), recount=True)
            return update_status(status, choice, self.approve)

        answerer = Answerer(
            source=status.source,
            # What was kept of earlier runs is no answer.
            requests=RequestReader(
                status.source, status.reader, Cache(self.folder), self.profile, Messages(), as_of,
                status.nominations, status.reading,
            ),
            candidates={
                one.page_id: one for one in status.source.candidates() if one.is_request and one.page_id
            },
            writer=status.writer,
            profile=self.profile,
            settings=settings,
            notices=self._notices(session),
            as_of=as_of,
        )  # fmt: skip
        hearing = TalkPageProcessor(
            session.wikis, session.commands(settings), answerer, settings, self.profile.languages, as_of
        )
        runs = session.in_force.settings.runs(Task.STATUS)
        return TalkJob(
            hearing, status.writer, self.profile, Messages(), recount if runs else None, session.stop.check
        )

    def _notices(self, session: Session) -> Callable[[int], NoticeSurvey]:
        """Return what looks for notices, once a request and run, and brings their page up to date."""
        found: dict[int, NoticeSurvey] = {}

        def notices(page_id: int) -> NoticeSurvey:
            if page_id not in found:
                job = notify_job(session, self.show)
                found[page_id] = look(job, str(page_id))
                post_plan(job, found[page_id], self.approve)
            return found[page_id]

        return notices


def show_talk(report: TalkReport) -> str:
    """Return what an operator reads after a run."""
    lines = [f'edited: {title}' for title in report.outcome.done]
    lines += [f'not done: {failure}' for failure in failures_of(report)]
    lines += said_by_wiki(report.outcome)
    if report.outcome.stopped is not None:
        lines.append(f'stopped: {report.outcome.stopped}')
    if report.recounted is not None:
        lines.append(show_report(report.recounted))
    return '\n'.join(filter(None, lines))


def failures_of(report: TalkReport) -> tuple[str, ...]:
    """Return what was not done, nobody named."""
    return (*report.failures, *map(failure_of, report.outcome.refused))


def is_whole(report: TalkReport) -> bool:
    """Tell whether all was done."""
    return not failures_of(report) and (report.recounted is None or not report.recounted.failures)
