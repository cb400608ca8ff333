"""Which pages of the kit are saved, and which are left as they are. Pure: it reads and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from globalban_bot.model.kit import KitPage
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import EditReason, PageEdit, Plan, SkippedPage, SkipReason


def plan_install(
    pages: Iterable[KitPage],
    states: Mapping[str, CurrentPage],
    bot: str,
    rearmed: frozenset[str],
    summary: str,
) -> Plan:
    """Plan the edits that bring the pages of the kit into the wanted state.

    :param pages: in the order in which they are to be saved
    :param states: how they stand now, by title
    :param bot: the account that saves them: what another one saved last is a person's
    :param rearmed: titles of pages that the operator takes back from a person's edit
    """
    edits: list[PageEdit] = []
    left: list[SkippedPage] = []
    for page in pages:
        state = states[page.title]
        reason = kit_skip_reason(page, state, bot, rearmed)
        if reason is None:
            edits.append(PageEdit(state, page.text, summary, _why(state, rearmed), page.model))
        else:
            left.append(SkippedPage(page.title, reason))
    return Plan(tuple(edits), tuple(left), states)


def kit_skip_reason(
    page: KitPage, state: CurrentPage, bot: str, rearmed: frozenset[str]
) -> SkipReason | None:
    """Tell why a page of the kit is left as it is; None where it is to be saved.

    These pages bear no marker, since people copy them, and JSON has no room for one. So who saved a page last
    decides alone whose it is.
    """
    if state.removed:
        return SkipReason.REMOVED
    if state.revision is None:
        return None
    if page.seed or state.text.rstrip() == page.text.rstrip():
        return SkipReason.SAME
    if state.model != page.model:
        return SkipReason.OTHER_MODEL
    return None if state.user == bot or page.title in rearmed else SkipReason.HANDS_OFF


def _why(state: CurrentPage, rearmed: frozenset[str]) -> EditReason:
    if state.revision is None:
        return EditReason.NEW
    return EditReason.REARMED if state.title in rearmed else EditReason.OUTDATED
