"""Which pages are edited, and which are left as they are. Pure: it reads and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from globalban_bot.model.marker import NOMINATOR, PARTLY
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, PageEdit, SkipReason

#: A page whose standing has not changed is edited no more often.
REST = timedelta(days=1)
#: What cannot be looked up any more is told for so long.
KEPT = timedelta(days=3)


@dataclass(frozen=True)
class PlanContext:
    """What holds for all pages of a run.

    :param bot: name of the bot's account
    :param as_of: the moment of the run (aware, UTC)
    :param rearmed: titles of pages that the operator takes back from a person's edit
    :param recounted: titles of pages that somebody asked to have brought up to date now
    :param emptied: titles of pages that the bot empties although somebody else has saved them last, as
        nothing may be sent from them now
    """

    bot: str
    as_of: datetime
    rearmed: frozenset[str] = frozenset()
    recounted: frozenset[str] = frozenset()
    emptied: frozenset[str] = frozenset()


def skip_reason(wanted: DesiredFacts, state: CurrentPage, rules: PlanContext) -> SkipReason | None:
    """Tell why a page is left as it is; None where it is to be edited."""
    untouchable = _why_untouchable(state, rules)
    if untouchable is not None:
        return untouchable
    marker = state.marker if state.is_of(rules.bot) else None
    if marker is None or state.title in rules.rearmed:
        return None
    if (marker.facts, marker.standing) == (wanted.facts, wanted.standing):
        return SkipReason.SAME
    age = rules.as_of - marker.as_of
    if _is_less(wanted.standing, marker.standing) and -REST <= age < KEPT:
        # What cannot be looked up now is no news, and would tell that something became hidden.
        return SkipReason.LESS_KNOWN
    if marker.standing != wanted.standing or state.title in rules.recounted:
        return None
    # A stamp of tomorrow (a clock that was wrong) must not silence a page for ever.
    return SkipReason.WAITS if timedelta() <= age < REST else None


def _is_less(wanted: str, standing: str) -> bool:
    """Tell whether a page would tell less than it does: ``open-partly`` where it is ``open-nominator``."""
    known, partly, _ = wanted.partition(PARTLY)
    return bool(partly) and not standing.endswith(PARTLY) and standing in {known, f'{known}{NOMINATOR}'}


def _why_untouchable(state: CurrentPage, rules: PlanContext) -> SkipReason | None:
    if state.removed:
        return SkipReason.REMOVED
    if state.revision is None:
        return None
    # Whoever saved it last: what was blanked for good is not filled again, even if it is taken back.
    if state.is_forgotten and state.title not in rules.emptied:
        return SkipReason.FORGOTTEN
    if state.model != 'wikitext':
        return SkipReason.OTHER_MODEL
    mine = state.is_of(rules.bot) or state.title in rules.rearmed | rules.emptied
    return None if mine else SkipReason.HANDS_OFF


def edit_reason(wanted: DesiredFacts, state: CurrentPage, rules: PlanContext) -> EditReason:
    """Tell why a page that is not left is edited."""
    if state.revision is None:
        return EditReason.NEW
    if state.title in rules.emptied:
        return EditReason.EMPTIED
    if state.title in rules.rearmed or state.marker is None:
        return EditReason.REARMED
    if state.marker.standing != wanted.standing:
        return EditReason.STANDING
    return EditReason.RECOUNT if state.title in rules.recounted else EditReason.FACTS


def edit_of(page: DesiredPage, state: CurrentPage, rules: PlanContext, summary: str) -> PageEdit:
    """Return the edit that brings a page into the wanted state."""
    return PageEdit(state, page.text, summary, edit_reason(page.wanted, state, rules))
