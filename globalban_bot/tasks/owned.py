"""Bring pages of the bot's own up to date: plan, brake, edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from globalban_bot.act.brake import check_brake
from globalban_bot.act.carry_out import carry_out
from globalban_bot.act.planning import Rules, edit_of, why_left
from globalban_bot.act.writer import Writer
from globalban_bot.model.limits import Limits
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.owned import OwnedPage, PageState
from globalban_bot.model.plan import Left, PageEdit, Plan, Why
from globalban_bot.tasks.job import Approve


def keep_up(
    writer: Writer,
    pages: Sequence[tuple[OwnedPage, str]],
    rules: Rules,
    limits: Limits,
    approve: Approve,
    why: Why | None = None,
) -> Outcome:
    """Edit the pages that tell something new; people are given way to, as everywhere.

    :param pages: each with its edit summary
    :param approve: is shown the plan before anything is edited
    :param why: why pages that stand there are edited; None for the reasons that they themselves show
    :raises UnsafePlanError: the brake held the plan back
    :raises WikiError: the pages cannot be read
    """
    plan = _plan(pages, writer.states([page.title for page, _ in pages]), rules)
    if why is not None:
        edits = (one if one.why is Why.NEW else replace(one, why=why) for one in plan.edits)
        plan = replace(plan, edits=tuple(edits))
    check_brake(plan, limits)
    return carry_out(plan.edits, writer) if approve(plan) else Outcome()


def _plan(pages: Sequence[tuple[OwnedPage, str]], states: Mapping[str, PageState], rules: Rules) -> Plan:
    edits: list[PageEdit] = []
    left: list[Left] = []
    for page, summary in pages:
        state = states[page.title]
        reason = why_left(page.wanted, state, rules)
        if reason is None:
            edits.append(edit_of(page, state, rules, summary))
        else:
            left.append(Left(page.title, reason))
    return Plan(tuple(edits), tuple(left), states)
