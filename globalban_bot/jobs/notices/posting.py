"""Post the plan of a request and the pages from which people send; lift a hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.gather.holds import REARMED, read_hold
from globalban_bot.jobs.notices.job import NoticeSurvey, NotifyJob, settings_of
from globalban_bot.jobs.notices.lists import Desk, emptied_summary, send_pages
from globalban_bot.jobs.status_job import Approve
from globalban_bot.jobs.sync import sync_pages
from globalban_bot.model.gate import Hold
from globalban_bot.model.marker import digest
from globalban_bot.model.notice import SendPage
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.pages.notice_plan import notice_plan_facts, render_notice_plan
from globalban_bot.pages.plan_page import PlanPage
from globalban_bot.render.state import state_said


def post_plan(job: NotifyJob, survey: NoticeSurvey, approve: Approve) -> Outcome:
    """Post the pages from which people send, then the plan, which links those that stand as they should.

    :raises UnsafePlanError: the brake held it back
    """
    sends = send_pages(survey.plan, survey.gate, settings_of(job.profile), survey.standing)
    first, ready = _desk(job, survey, approve).post(sends, job.clock())
    return joined(first, _post_plan(job, survey, ready, approve), post_why(job, survey.plan.page_id, approve))


def lift_hold(job: NotifyJob, survey: NoticeSurvey, approve: Approve) -> tuple[Outcome, NoticeSurvey]:
    """Take the pages that people hold back, for the operator: empty, and not to be sent yet.

    :return: what became of them, and what was found, with the gate as it is then
    """
    held = [title for title in survey.keeper.pages if _is_held(job, title)]
    plan, *_ = survey.keeper.pages
    sends = [SendPage(title, ()) for title in held if title != plan]
    first, _ = _desk(job, survey, approve, REARMED).post(sends, job.clock(), frozenset(held))
    second = _post_plan(job, survey, (), approve, rearmed=True) if plan in held else Outcome()
    return joined(first, second), replace(survey, gate=survey.keeper.gate())


def _is_held(job: NotifyJob, title: str) -> bool:
    return read_hold(job.wikis, title, job.writer.bot).hold is Hold.HELD


def _desk(job: NotifyJob, survey: NoticeSurvey, approve: Approve, word: str = '') -> Desk:
    page_id, messages = survey.plan.page_id, job.messages
    summary = messages.get('summary-targets', page_id)
    # With the gate open a list is empty because all is done, or because the operator lifts a hold.
    emptied = summary
    if not word and not survey.gate.open:
        emptied = emptied_summary(page_id, survey.gate, job.profile, messages)
    return Desk(job.writer, job.profile, f'{summary} {word}'.rstrip(), f'{emptied} {word}'.rstrip(), approve)


def _post_plan(
    job: NotifyJob,
    survey: NoticeSurvey,
    sends: Sequence[SendPage],
    approve: Approve,
    *,
    rearmed: bool = False,
) -> Outcome:
    page = plan_page(job, survey, sends)
    body = render_notice_plan(page, job.messages, job.profile.languages)
    facts = digest(notice_plan_facts(page, job.messages))
    owned = DesiredPage(DesiredFacts(page.plan_title, facts, page.standing), body, job.clock())
    summary = job.messages.get('summary-notices', survey.plan.page_id)
    if rearmed:
        summary = f'{summary} {REARMED}'
    taken = frozenset({page.plan_title} if rearmed else ())
    # Who sends has to see what stands now.
    rules = PlanContext(job.writer.bot, job.clock(), taken, recounted=frozenset({page.plan_title}))
    # Without its links a plan is much shorter.
    limits = replace(job.profile.limits, shrink=1)
    return sync_pages(job.writer, [(owned, summary)], rules, limits, approve)


def plan_page(job: NotifyJob, survey: NoticeSurvey, sends: Sequence[SendPage]) -> PlanPage:
    """Return what the page of a plan tells.

    :param sends: the pages from which people send, as they stand
    """
    settings, kit = settings_of(job.profile), job.profile.kit
    return PlanPage(
        plan=survey.plan,
        plan_title=settings.plan_page.format(page_id=survey.plan.page_id),
        coverage=survey.coverage,
        gate=survey.gate,
        sends=sends,
        lines=survey.lines,
        server=job.wikis.home,
        state=state_said(survey.keeper.tally.request, job.messages),
        report_page=job.profile.report_page,
        ask_page=settings.ask_page,
        ask_text='' if kit is None else kit.delivery,
        category=settings.category,
        messages_sent=survey.sends,
    )


def post_why(job: NotifyJob, page_id: int, approve: Approve) -> Outcome:
    """Make the page to which the notices of a request link; what it shows is kept elsewhere."""
    kit = job.profile.kit
    if kit is None:
        return Outcome()
    title = settings_of(job.profile).why_page.format(page_id=page_id)
    body = f'{{{{{kit.why}|{page_id}}}}}<noinclude>__NOINDEX__</noinclude>\n'
    page = DesiredPage(DesiredFacts(title, digest(body), 'why'), body, job.clock())
    rules = PlanContext(job.writer.bot, job.clock())
    return sync_pages(
        job.writer, [(page, job.messages.get('summary-why', page_id))], rules, job.profile.limits, approve
    )


def joined(*outcomes: Outcome) -> Outcome:
    """Return what became of several plans."""
    stopped = next((one.stopped for one in outcomes if one.stopped is not None), None)
    done = tuple(title for one in outcomes for title in one.done)
    return Outcome(done, tuple(refused for one in outcomes for refused in one.refused), stopped)
