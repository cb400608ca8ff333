"""The one planner of pages that the bot owns: from what is there and what should be there to edits.

It puts on the brake, too. It reads and writes nothing itself; a page is made, or counted again, only where
that decides something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from globalban_bot.decide.brake import PositionsAt, hold_reason, nothing_to_count
from globalban_bot.decide.page_edits import PlanContext, edit_of, skip_reason
from globalban_bot.errors import UnreadError
from globalban_bot.model.limits import Limits
from globalban_bot.model.outcome import Refused
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, PageEdit, Plan, SkippedPage, SkipReason
from globalban_bot.model.refusal import Refusal


@dataclass(frozen=True)
class PageMaker:
    """A page as the bot wants it to be.

    :param wanted: what it tells
    :param make: makes it and its edit summary, and is called only for a page that is edited; None where
        something that it lists was not read
    :param positions_at: counts what it tells of once more, as that stood at an earlier moment
    """

    wanted: DesiredFacts
    make: Callable[[], tuple[DesiredPage, str]] | None
    positions_at: PositionsAt = nothing_to_count

    @property
    def title(self) -> str:
        """Its full title."""
        return self.wanted.title


def plan_pages(
    pages: Iterable[PageMaker],
    states: Mapping[str, CurrentPage],
    rules: PlanContext,
    limits: Limits | None,
    why: EditReason | None = None,
) -> Plan:
    """Plan the edits of owned pages; a page that is left bears the reason, and never stops the others.

    :param states: how the pages stand, by title
    :param limits: where the brake is put on; None for no brake
    :param why: why pages that stand there are edited; None for the reasons that they themselves show
    """
    edits: list[PageEdit] = []
    left: list[SkippedPage] = []
    for page in pages:
        step = _step(page, states[page.title], rules, limits, why)
        if isinstance(step, SkippedPage):
            left.append(step)
        else:
            edits.append(step)
    return Plan(tuple(edits), tuple(left), states)


def _step(
    page: PageMaker, state: CurrentPage, rules: PlanContext, limits: Limits | None, why: EditReason | None
) -> PageEdit | SkippedPage:
    if page.make is None:
        return SkippedPage(page.title, SkipReason.INCOMPLETE)
    reason = skip_reason(page.wanted, state, rules)
    if reason is not None:
        return SkippedPage(page.title, reason)
    try:
        owned, summary = page.make()
        # What it tells may be less than what was kept of it: it is asked once more.
        less = skip_reason(owned.wanted, state, rules)
        if less is not None:
            return SkippedPage(page.title, less)
        edit = edit_of(owned, state, rules, summary)
        edit = edit if why is None or edit.why is EditReason.NEW else replace(edit, why=why)
        held = None if limits is None else hold_reason(edit, limits, page.positions_at)
    except UnreadError:
        return SkippedPage(page.title, SkipReason.UNREAD)
    return edit if held is None else SkippedPage(page.title, SkipReason.HELD, held)


def held_back(plan: Plan) -> tuple[Refused, ...]:
    """Return the edits that the brake holds back, as edits that were not made."""
    held = (one for one in plan.left if one.reason is SkipReason.HELD)
    return tuple(Refused(one.title, Refusal.HELD, one.detail) for one in held)
