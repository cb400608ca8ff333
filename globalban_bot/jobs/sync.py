"""Bring pages of the bot's own up to date: plan, brake, edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from globalban_bot.act.apply_edits import make_edits
from globalban_bot.act.writer import Writer
from globalban_bot.decide.brake import check_brake
from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.decide.page_plan import PageMaker, held_back, plan_pages
from globalban_bot.jobs.status_job import Approve
from globalban_bot.model.limits import Limits
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.owned import DesiredPage
from globalban_bot.model.plan import EditReason


def sync_pages(
    writer: Writer,
    pages: Sequence[tuple[DesiredPage, str]],
    rules: PlanContext,
    limits: Limits,
    approve: Approve,
    why: EditReason | None = None,
) -> Outcome:
    """Edit the pages that tell something new; people are given way to, as everywhere.

    :param pages: each with its edit summary
    :param approve: is shown the plan before anything is edited
    :param why: why pages that stand there are edited; None for the reasons that they themselves show
    :return: what became of the edits; one that the brake held back counts as refused
    :raises UnsafePlanError: the plan has more edits than a run may make
    :raises WikiError: the pages cannot be read
    """
    desired = [_desired(page, summary) for page, summary in pages]
    plan = plan_pages(desired, writer.states([page.title for page in desired]), rules, limits, why)
    check_brake(plan, limits)
    outcome = make_edits(plan.edits, writer) if approve(plan) else Outcome()
    return replace(outcome, refused=(*held_back(plan), *outcome.refused))


def _desired(page: DesiredPage, summary: str) -> PageMaker:
    return PageMaker(page.wanted, lambda: (page, summary))
