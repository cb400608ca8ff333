"""Tell the communities of a request: look, plan, deliver, say what became of it."""

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
from globalban_bot.gather.questions import Questions
from globalban_bot.gather.source import Source
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.account import Account
from globalban_bot.model.gate import Gate
from globalban_bot.model.marker import digest
from globalban_bot.model.notice import Audience, Coverage, Delivery, Notice, NoticePlan, Sent
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.owned import OwnedPage, Wanted
from globalban_bot.model.refusal import Refusal
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import NoticeSettings, Profile
from globalban_bot.render.box import lines_of
from globalban_bot.render.notice_by_hand import by_text
from globalban_bot.render.notice_plan import notice_plan_facts, render_notice_plan
from globalban_bot.render.notice_result import render_notice_result
from globalban_bot.render.said import as_text
from globalban_bot.tasks.asked import find_requests
from globalban_bot.tasks.job import Approve
from globalban_bot.tasks.nomination import Nominations
from globalban_bot.tasks.notices.gatekeeper import Gatekeeper
from globalban_bot.tasks.notices.planner import Planner
from globalban_bot.tasks.notices.scout import Scout
from globalban_bot.tasks.owned import keep_up
from globalban_bot.tasks.page_reading import InProcess, PageReading
from globalban_bot.tasks.progress import progress
from globalban_bot.wikitext.page import Reader


class Step(Enum):
    """How far a run goes."""

    COVERAGE = 'coverage'  #: look, and print
    PLAN = 'plan'  #: and post the plan
    DELIVER = 'deliver'  #: and deliver it, if the operator types its code


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
    :param reading: reads pages, in this process or in a worker
    """

    source: Source
    writer: Writer
    reader: Reader
    nominations: Nominations
    scout: Scout
    planner: Planner
    wikis: Questions
    fresh: Callable[[], Accounts]
    profile: Profile
    messages: Messages
    clock: Callable[[], datetime]
    reading: PageReading = field(default_factory=InProcess)


@dataclass(frozen=True)
class FoundNotices:
    """What was found of a request.

    :param keeper: knows its gate
    :param plan: who is to be told
    :param coverage: of all targets
    :param unknown: how many of its accounts could not be looked up
    :param gate: whether the plan may be delivered
    """

    keeper: Gatekeeper
    plan: NoticePlan
    coverage: tuple[Coverage, ...]
    unknown: int
    gate: Gate


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
    settings_of(job.profile)
    found = _read(job, request)
    if found.nomination is None:
        raise UserError(f'-request: {request} is no request to ban an account: nobody has to be told')
    scouted = job.scout.scout(found.request, job.nominations)
    plan = job.planner.plan(found.request, found.nomination, scouted.coverage, job.clock())
    lines = [f'{line.label}: {as_text(line.said)}' for line in lines_of(found, job.messages)]
    plan = replace(plan, nomination=tuple(lines))
    keeper = _keeper(job, found, plan)
    return FoundNotices(keeper, plan, scouted.coverage, scouted.unknown, keeper.gate())


def _keeper(job: NotifyJob, tally: Tally, plan: NoticePlan) -> Gatekeeper:
    settings = settings_of(job.profile)
    lists = {settings.list_title(plan.page_id, one.language) for one in plan.to(Audience.COMMUNITY)}
    pages = (settings.plan_page.format(page_id=plan.page_id), *sorted(lists))
    writer = job.writer
    return Gatekeeper(
        job.wikis, job.reader, writer.states, writer.bot, tally, job.profile.box_title(plan.page_id), pages
    )


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
    body = render_notice_plan(plan, found.coverage, found.gate, job.messages, job.profile.languages)
    facts = digest(notice_plan_facts(plan, found.gate, job.messages))
    page = OwnedPage(Wanted(title, facts, 'plan'), body, job.clock())
    return _keep_up(job, page, job.messages.get('summary-notices', plan.page_id), approve)


def deliver(
    job: NotifyJob,
    found: FoundNotices,
    engine_of: Callable[[Sequence[Notice]], Engine],
    check: Callable[[], None],
    limit: int | None = None,
) -> DeliveryReport:
    """Deliver a plan, and post what became of it. Whether the operator wants it is the caller's to ask.

    :param engine_of: makes the engine for notices of one text
    :param check: called before each notice; raises ``Stopped`` (stop page, SIGTERM)
    :param limit: so many notices at most; a part of a list is a selective notice, so for trials alone
    :raises UnsafePlanError: the gate is shut, or the bot's account is blocked or locked; nothing was sent
    """
    _check_account(job)
    gate = found.keeper.gate()
    notices = [one for one in found.plan.notices if gate.is_open_for(one.audience)]
    if found.plan.notices and not notices:
        barriers = ', '.join(barrier.value for barrier in gate.barriers)
        raise UnsafePlanError(f'the plan {found.plan.code} may not be delivered: {barriers}')
    stopped: list[Stopped] = []
    deliveries: list[Delivery] = []
    for group in by_text(notices[:limit]):
        before_each = _before_each(found.keeper, group[0].audience, check, stopped)
        done = engine_of(group).deliver(group, before_each)
        deliveries += progress(done, 'delivering notices', len(group))
    return DeliveryReport(tuple(deliveries), _post_result(job, found, deliveries))


def _before_each(
    keeper: Gatekeeper, audience: Audience, check: Callable[[], None], stopped: list[Stopped]
) -> Callable[[], None]:
    """Return what looks at the gate; once stopped, nothing more is sent, though the reason may pass."""

    def before_each() -> None:
        if stopped:
            raise stopped[0]
        try:
            check()
            keeper.check(audience)
        except Stopped as stop:
            stopped.append(stop)
            raise

    return before_each


def _check_account(job: NotifyJob) -> None:
    """Return if the bot's account is shut out nowhere: ``action=massmessage`` does not ask that itself.

    :raises UnsafePlanError: it is blocked on the wiki of the requests, locked or globally blocked, or it is
        not known whether it is
    """
    account = job.fresh().account(job.writer.bot)
    if not isinstance(account, Account):
        raise UnsafePlanError('it is not known whether the account of the bot is blocked or locked')
    blocked = any(local.blocked for local in account.locals if local.wiki == job.profile.wiki)
    if blocked or account.locked or account.globally_blocked is not False:
        raise UnsafePlanError('the account of the bot is blocked, globally blocked or locked, or may be')


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
    # Who sends has to see what stands now.
    rules = Rules(job.writer.bot, job.clock(), recounted=frozenset({page.title}))
    return keep_up(job.writer, [(page, summary)], rules, job.profile.limits, approve)


def exit_code_of(report: DeliveryReport) -> int:
    """Return the exit code of a delivery: whether a wiki said no to a part of it."""
    refused = any(one.sent is Sent.REFUSED for one in report.deliveries)
    return WikiError.exit_code if refused or report.outcome.refused else 0
