"""Notices on a live farm: what the job needs is put together here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from globalban_bot.act.delivery_engine import Engine
from globalban_bot.act.direct import DirectEngine
from globalban_bot.act.massmessage import MassMessageEngine
from globalban_bot.errors import UserError, WikiError
from globalban_bot.gather.farm_wikis import read_prefixes, read_wikis
from globalban_bot.gather.live_accounts import LiveAccounts
from globalban_bot.gather.pumps import Pumps, load_overrides, read_sitelinks
from globalban_bot.i18n.messages import Messages
from globalban_bot.i18n.notices import load_notice_texts
from globalban_bot.jobs.notices.coverage_search import CoverageSearch
from globalban_bot.jobs.notices.delivering import deliver, exit_code_of
from globalban_bot.jobs.notices.job import (
    NoticeSurvey,
    NotifyJob,
    Step,
    look,
    settings_of,
)
from globalban_bot.jobs.notices.planner import Planner
from globalban_bot.jobs.notices.posting import joined, lift_hold, post_plan
from globalban_bot.jobs.notices.sweep import sweep
from globalban_bot.jobs.notices.targets_page import post_targets
from globalban_bot.jobs.notices.texts import texts_of
from globalban_bot.jobs.session import Session, open_session
from globalban_bot.jobs.settings import check_runs
from globalban_bot.jobs.status_job import Approve
from globalban_bot.model.notice import Audience, EngineName, Notice
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.settings import Task
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.notice_terminal import notice_plan_text, notice_result_text
from globalban_bot.render.wrong_notice import wrong_notice_text
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wikitext.pending import pending_on, without_pending

#: So many wikis in a row that refuse are the bot's own trouble; by chance a few stand side by side.
MOST_IN_A_ROW = 6


def only_step(**named: bool) -> Step:
    """Return the step that was named; without any, it is to look.

    :raises UserError: several were named
    """
    steps = [name for name, is_named in named.items() if is_named]
    if len(steps) > 1:
        raise UserError(f'one of {", ".join(f"-{name}" for name in named)} at a time')
    return Step(steps[0]) if steps else Step.COVERAGE


@dataclass(frozen=True)
class NotifyOptions:
    """What the operator asked for.

    :param request: page id or full title of the request; None for all that are due
    :param step: how far to go
    :param engine: the bot's own engine that sends; None where people send
    :param limit: so many notices at most; None for all
    :param unreviewed: whether translations are used that nobody has reviewed
    :param facts: a file with recorded facts about accounts; None to ask the wikis
    :param also: accounts that are told, too, though the title does not name them
    :param rearm: whether a hold is lifted
    :param told: wikis that were told, as the operator says
    """

    request: str | None
    step: Step
    engine: EngineName | None = None
    limit: int | None = None
    unreviewed: bool = False
    facts: Path | None = None
    also: tuple[str, ...] = ()
    rearm: bool = False
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotifyRun:
    """A run on a live farm.

    :param site: the wiki with the requests, an ``APISite`` that is logged in
    :param site_of: gives the wiki of a host, an ``APISite``, logged in
    :param folder: where cache and lock are
    :param clock: tells the moment (aware, UTC)
    :param show: prints a text
    :param typed: returns what the person at the terminal types in answer to a question; nothing without one
    """

    site: Any
    site_of: Callable[[str], Any]
    folder: Path
    profile: Profile
    clock: Callable[[], datetime]
    show: Callable[[str], None]
    approve: Approve
    typed: Callable[[str], str]

    def run(self, options: NotifyOptions) -> int:
        """Go as far as the operator asked.

        :return: the exit code
        :raises Stopped: another run is at work, or the settings on the wiki switch notices off
        :raises UnsafePlanError: the plan may not be delivered
        """
        with open_session(self.site, self.folder, self.profile, self.clock, facts=options.facts) as session:
            check_runs(session.in_force, Task.NOTIFY, self.profile)
            job = notify_job(session, self.show, unreviewed=options.unreviewed)
            if options.request is None:
                return self._sweep(job)
            return self._go(job, options.request, options, session.check)

    def _sweep(self, job: NotifyJob) -> int:
        report = sweep(job, self.approve)
        for failure in report.failures:
            self.show(f'not done: {failure}')
        return WikiError.exit_code if report.failures or report.outcome.refused else 0

    def _go(self, job: NotifyJob, request: str, options: NotifyOptions, check: Callable[[], None]) -> int:
        found = look(job, request, options.also, options.told)
        self.show(notice_plan_text(found.plan, found.coverage, found.gate, job.messages, found.sends))
        if found.unknown:
            self.show(f'{found.unknown} of the accounts could not be looked up: their wikis are missing here')
        if options.step is Step.WRONG:
            plan = found.keeper.pages[0]
            self.show(wrong_notice_text(found.coverage, plan, job.messages))
        if options.step in {Step.COVERAGE, Step.WRONG}:
            return 0
        if options.step is Step.PLAN:
            first = Outcome()
            if options.rearm:
                first, found = lift_hold(job, found, self.approve)
            outcome = joined(first, post_plan(job, found, self.approve))
            return WikiError.exit_code if outcome.refused else 0
        if options.engine is None:
            self.show('People send: the plan page has the links. The bot sends with -engine alone.')
            return 0
        if options.engine not in settings_of(self.profile).engines:
            raise UserError(f'profile {self.profile.name} does not allow -engine:{options.engine.value}')
        question = f'To send these notices, type the code of the plan, {found.plan.code}'
        if self.typed(question).strip() != found.plan.code:
            self.show('Nothing was sent: the code of the plan was not typed at a terminal.')
            return 0
        return self._deliver(job, found, options, check)

    def _deliver(
        self, job: NotifyJob, survey: NoticeSurvey, options: NotifyOptions, check: Callable[[], None]
    ) -> int:
        report = deliver(
            job, survey, lambda some: self._engine(job, survey, options, some), check, options.limit
        )
        self.show(notice_result_text(report.deliveries, survey.plan.skipped, job.messages))
        return exit_code_of(report)

    def _engine(
        self, job: NotifyJob, survey: NoticeSurvey, options: NotifyOptions, notices: Sequence[Notice]
    ) -> Engine:
        """Return the engine for notices of one text; the subject is told by an edit."""
        if options.engine is EngineName.DIRECT or notices[0].audience is Audience.SUBJECT:
            summary = job.messages.get('summary-notice')
            return DirectEngine(
                lambda target: self.site_of(target.url),
                survey.plan.page_id,
                summary,
                MOST_IN_A_ROW,
                pending=pending_on,
                inert=without_pending,
            )
        title = post_targets(job, survey, notices)
        return MassMessageEngine(ApiClient(self.site), title, notices[0].heading, notices[0].body)


def notify_job(session: Session, show: Callable[[str], None], *, unreviewed: bool = False) -> NotifyJob:
    """Return what a run on notices works on.

    :param show: is told what is wrong with the page of texts
    :param unreviewed: whether translations are used that nobody has reviewed
    """
    profile, wikis, clock = session.profile, session.wikis, session.clock

    def fresh() -> LiveAccounts:
        return LiveAccounts(wikis, clock())

    texts = texts_of(
        load_notice_texts(), wikis, fresh(), settings_of(profile), session.writer.bot, show
    )  # fmt: skip
    return NotifyJob(
        source=session.source,
        writer=session.writer,
        reader=session.reader(),
        nominations=session.nominations(),
        scout=_scout(session),
        planner=Planner(texts, profile, unreviewed),
        wikis=wikis,
        fresh=fresh,
        profile=profile,
        messages=Messages(),
        clock=clock,
        reading=session.reading,
    )


def _scout(session: Session) -> CoverageSearch:
    profile, wikis = session.profile, session.wikis
    folder, clock, settings = session.folder, session.clock, settings_of(profile)

    def pumps() -> Pumps:
        links = read_sitelinks(wikis, settings.wikidata, settings.item, folder, clock())
        return replace(links, overrides=load_overrides(profile.name), fallbacks=settings.fallbacks)

    wishes = dict(session.in_force.settings.notices)
    return CoverageSearch(
        wikis,
        lambda: read_wikis(wikis, folder, clock()),
        pumps,
        session.stop.check,
        wishes,
        lambda server: read_prefixes(wikis, server, folder, clock()),
    )
