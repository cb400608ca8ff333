"""Deliver a plan by the bot's own engine, and post what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from globalban_bot.act.delivery_engine import Engine
from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.errors import Stopped, UnsafePlanError, WikiError
from globalban_bot.jobs.notices.delivery_gate import DeliveryGate
from globalban_bot.jobs.notices.job import NoticeSurvey, NotifyJob, settings_of
from globalban_bot.jobs.notices.settling import Settler
from globalban_bot.jobs.progress import progress
from globalban_bot.jobs.status_job import Approve
from globalban_bot.jobs.sync import sync_pages
from globalban_bot.model.account import Account
from globalban_bot.model.marker import digest
from globalban_bot.model.notice import (
    Audience,
    Delivery,
    Notice,
    Sent,
    by_text,
)
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.model.refusal import Refusal
from globalban_bot.render.notice_result import render_notice_result


@dataclass(frozen=True)
class DeliveryReport:
    """What became of a delivery.

    :param deliveries: of each notice
    :param outcome: of the pages that tell of it
    """

    deliveries: tuple[Delivery, ...]
    outcome: Outcome


def deliver(
    job: NotifyJob,
    survey: NoticeSurvey,
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
    gate = survey.keeper.gate()
    notices = [one for one in survey.plan.notices if gate.is_open_for(one.audience)]
    if survey.plan.notices and not notices:
        barriers = ', '.join(barrier.value for barrier in gate.barriers)
        raise UnsafePlanError(f'the plan {survey.plan.code} may not be delivered: {barriers}')
    stopped: list[Stopped] = []
    deliveries: list[Delivery] = []
    for group in by_text(notices[:limit]):
        before_each = _before_each(survey.keeper, group[0].audience, _checks(job, survey, check), stopped)
        done = engine_of(group).deliver(group, before_each)
        deliveries += progress(done, 'delivering notices', len(group))
    return DeliveryReport(tuple(deliveries), _post_result(job, survey, deliveries))


def _before_each(
    keeper: DeliveryGate, audience: Audience, check: Callable[[], None], stopped: list[Stopped]
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


def _checks(job: NotifyJob, survey: NoticeSurvey, check: Callable[[], None]) -> Callable[[], None]:
    """Return what looks, beside the stop page, whether somebody else has sent a message since the plan."""
    settler = Settler(job.wikis, settings_of(job.profile), job.writer.bot, by_bot=True)
    seen = {(send.page, send.at) for send in survey.sends}
    since = survey.plan.as_of - timedelta(minutes=10)

    def checks() -> None:
        check()
        try:
            sends = settler.sends(survey.plan.page_id, since)
        except WikiError as error:
            raise Stopped(f'it cannot be read whether somebody has sent a message: {error}') from error
        if any((send.page, send.at) not in seen and send.user != job.writer.bot for send in sends):
            raise Stopped('somebody has sent a message about the request since the plan was made')

    return checks


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


def _post_result(job: NotifyJob, survey: NoticeSurvey, deliveries: Sequence[Delivery]) -> Outcome:
    """Post what became of it: what was not delivered, the nominator still has to."""
    plan = survey.plan
    title = settings_of(job.profile).result_page.format(page_id=plan.page_id)
    body = render_notice_result(plan.page_id, deliveries, plan.skipped, job.messages, job.clock())
    facts = digest('\n'.join(f'{one.notice.target.wiki} {one.sent.value} {one.reason}' for one in deliveries))
    page = DesiredPage(DesiredFacts(title, facts, 'result'), body, job.clock())
    summary = job.messages.get('summary-delivery', plan.page_id)
    try:
        return _keep_up(job, page, summary, approve=lambda _: True)
    except (UnsafePlanError, WikiError) as error:
        # What was sent is told in any case.
        return Outcome(refused=(Refused(title, Refusal.OTHER, str(error)),))


def _keep_up(job: NotifyJob, page: DesiredPage, summary: str, approve: Approve) -> Outcome:
    # Who sends has to see what stands now.
    rules = PlanContext(job.writer.bot, job.clock(), recounted=frozenset({page.title}))
    return sync_pages(job.writer, [(page, summary)], rules, job.profile.limits, approve)


def exit_code_of(report: DeliveryReport) -> int:
    """Return the exit code of a delivery: whether a wiki said no to a part of it."""
    refused = any(one.sent is Sent.REFUSED for one in report.deliveries)
    return WikiError.exit_code if refused or report.outcome.refused else 0
