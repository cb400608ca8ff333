"""Tell the communities of a request: look, plan, have it approved, deliver, say what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from globalban_bot.act.engine import Engine
from globalban_bot.act.planning import Rules
from globalban_bot.act.writer import Writer
from globalban_bot.errors import Stopped, UnsafePlanError, UserError, WikiError
from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.source import Source
from globalban_bot.gather.talk_pages import talk_title_of
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.approval import Gate
from globalban_bot.model.marker import digest
from globalban_bot.model.notice import Audience, Coverage, Delivery, Notice, NoticePlan, Sent
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.owned import OwnedPage, Wanted
from globalban_bot.model.refusal import Refusal
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import NoticeSettings, Profile
from globalban_bot.render.notice import approved_by
from globalban_bot.render.notice_plan import notice_plan_facts, render_notice_plan
from globalban_bot.render.notice_result import render_notice_result
from globalban_bot.tasks.asked import find_requests
from globalban_bot.tasks.job import Approve
from globalban_bot.tasks.nomination import Nominations
from globalban_bot.tasks.notices.gatekeeper import Gatekeeper, TalkRulings, Watch
from globalban_bot.tasks.notices.planner import Planner
from globalban_bot.tasks.notices.scout import Scout
from globalban_bot.tasks.owned import keep_up
from globalban_bot.tasks.page_reading import InProcess, PageReading
from globalban_bot.tasks.progress import progress
from globalban_bot.wiki.queries import Queries
from globalban_bot.wikitext.commands import CommandReader
from globalban_bot.wikitext.page import Reader


class Step(Enum):
    """How far a run goes."""

    COVERAGE = 'coverage'  #: look, and print
    PLAN = 'plan'  #: and post the plan
    DELIVER = 'deliver'  #: and deliver it, if it is approved


@dataclass(frozen=True)
class NotifyJob:
    """What a run works on.

    :param source: the wiki with the requests
    :param writer: where the bot's own pages go
    :param nominations: what is found on nominations
    :param scout: finds targets and notices
    :param planner: makes plans
    :param wikis: asks the wiki with the requests
    :param fresh: makes a source of facts about accounts that remembers nothing
    :param clock: tells the moment (aware, UTC)
    :param commands: reads commands on talk pages; None where nobody answers them
    :param reading: reads pages, in this process or in a worker
    """

    source: Source
    writer: Writer
    reader: Reader
    nominations: Nominations
    scout: Scout
    planner: Planner
    wikis: Queries
    fresh: Callable[[], Accounts]
    profile: Profile
    messages: Messages
    clock: Callable[[], datetime]
    commands: CommandReader | None = None
    reading: PageReading = field(default_factory=InProcess)


@dataclass(frozen=True)
class FoundNotices:
    """What was found of a request.

    :param coverage: of all targets
    :param unknown: how many of its accounts could not be looked up
    :param gate: whether the plan may be delivered
    """

    keeper: Gatekeeper
    coverage: tuple[Coverage, ...]
    unknown: int
    gate: Gate

    @property
    def plan(self) -> NoticePlan:
        """Who is to be told."""
        return self.keeper.plan


@dataclass(frozen=True)
class DeliveryReport:
    """What became of a delivery.

    :param deliveries: of each notice
    :param outcome: of the pages that tell of it
    """

    deliveries: tuple[Delivery, ...]
    outcome: Outcome


def look(job: NotifyJob, request: str) -> FoundNotices:
    """Find where a request has to be told and where it was, and make the plan.

    :param request: its page id or full title
    :raises UserError: there is none, or the farm leaves notices to people
    :raises WikiError: it, or the list of wikis, cannot be read
    """
    settings = settings_of(job.profile)
    found = _read(job, request)
    if found.nomination is None:
        raise UserError(f'-request: {request} is no request to ban an account: nobody has to be told')
    scouted = job.scout.scout(found.request, job.nominations)
    plan = job.planner.plan(found.request, found.nomination, scouted.coverage, job.clock())
    talk = _talk(job, found.request.title)
    keeper = Gatekeeper(job.wikis, job.reader, job.fresh, settings, found, plan, job.clock, talk)
    return FoundNotices(keeper, scouted.coverage, scouted.unknown, keeper.gate())


def _talk(job: NotifyJob, title: str) -> TalkRulings | None:
    return None if job.commands is None else TalkRulings(talk_title_of(job.wikis, title), job.commands)


def settings_of(profile: Profile) -> NoticeSettings:
    """Return how the communities of a farm are told.

    :raises UserError: the farm leaves that to people
    """
    if profile.notices is None:
        raise UserError(f'profile {profile.name}: notices are left to people here')
    return profile.notices


def _read(job: NotifyJob, request: str) -> Tally:
    candidate = find_requests(job.source.candidates(), [request])[0]
    found = job.reading.read_page(job.source.read(candidate), job.reader, job.clock())
    return replace(found, nomination=job.nominations.of(found.request, job.clock()))


def post_plan(job: NotifyJob, found: FoundNotices, approve: Approve) -> Outcome:
    """Post the plan beside the box of the request.

    :raises UnsafePlanError: the brake held it back
    """
    plan = found.plan
    title = settings_of(job.profile).plan_page.format(page_id=plan.page_id)
    commands = job.profile.commands
    body = render_notice_plan(
        plan, found.coverage, found.gate, job.messages, found.keeper.approval_page, job.profile.languages,
        None if commands is None else commands.template,
    )  # fmt: skip
    facts = digest(notice_plan_facts(plan, found.gate, job.messages))
    page = OwnedPage(Wanted(title, facts, 'plan'), body, job.clock())
    return _keep_up(job, page, job.messages.get('summary-notices', plan.page_id), approve)


def deliver(
    job: NotifyJob,
    found: FoundNotices,
    engine_of: Callable[[Sequence[Notice], str], Engine],
    check: Callable[[], None],
    limit: int | None = None,
) -> DeliveryReport:
    """Deliver an approved plan, and post what became of it.

    :param engine_of: makes the engine for notices of one audience, and the name of who approved them
    :param check: called before each notice; raises ``Stopped`` (stop page, SIGTERM)
    :param limit: so many notices at most; a part of a list is a selective notice, so for trials alone
    :raises UnsafePlanError: the plan may not be delivered; nothing was
    """
    pages = found.keeper.pages()
    gate = found.keeper.gate(pages)
    if not gate.open or gate.approver is None:
        barriers = ', '.join(barrier.value for barrier in gate.barriers)
        raise UnsafePlanError(f'the plan {found.plan.digest} may not be delivered: {barriers}')
    watch = Watch(found.keeper, gate, pages)

    stopped: list[Stopped] = []

    def before_each() -> None:
        # Once stopped, nothing more is sent, though the reason may pass.
        if stopped:
            raise stopped[0]
        try:
            check()
            watch.check()
        except Stopped as stop:
            stopped.append(stop)
            raise

    notices = [approved_by(one, gate.approver) for one in found.plan.notices[:limit]]
    deliveries: list[Delivery] = []
    for audience in Audience:
        of_audience = [one for one in notices if one.audience is audience]
        if of_audience:
            done = engine_of(of_audience, gate.approver).deliver(of_audience, before_each)
            deliveries += progress(done, 'delivering notices', len(of_audience))
    return DeliveryReport(tuple(deliveries), _post_result(job, found, deliveries))


def _post_result(job: NotifyJob, found: FoundNotices, deliveries: Sequence[Delivery]) -> Outcome:
    """Post what became of it: what was not delivered, the nominator still has to."""
    plan = found.plan
    title = settings_of(job.profile).result_page.format(page_id=plan.page_id)
    body = render_notice_result(plan.page_id, deliveries, plan.skipped, job.messages, job.clock())
    facts = digest('\n'.join(f'{one.notice.target.wiki} {one.sent.value} {one.reason}' for one in deliveries))
    page = OwnedPage(Wanted(title, facts, 'result'), body, job.clock())
    summary = job.messages.get('summary-delivery', plan.page_id)
    try:
        return _keep_up(job, page, summary, approve=lambda _: True)
    except (UnsafePlanError, WikiError) as error:
        # What was sent is told in any case.
        return Outcome(refused=(Refused(title, Refusal.OTHER, str(error)),))


def _keep_up(job: NotifyJob, page: OwnedPage, summary: str, approve: Approve) -> Outcome:
    # A plan that waits for a day could not be approved as it is.
    rules = Rules(job.writer.bot, job.clock(), recounted=frozenset({page.title}))
    return keep_up(job.writer, [(page, summary)], rules, job.profile.limits, approve)


def exit_code_of(report: DeliveryReport) -> int:
    """Return the exit code of a delivery: whether a wiki said no to a part of it."""
    refused = any(one.sent is Sent.REFUSED for one in report.deliveries)
    return WikiError.exit_code if refused or report.outcome.refused else 0
