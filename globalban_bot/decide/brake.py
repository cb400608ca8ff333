"""The brake: a page that looks wrong is held back, and the others go on.

A box that suddenly shows far fewer positions is wrong if the bot misreads the page, and right if people
struck or removed them. The brake tells the two apart: it counts the revision that the box was made of once
more. Is that count still the same, then people made the change, and it passes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from globalban_bot.errors import UnsafePlanError
from globalban_bot.model.limits import Limits
from globalban_bot.model.marker import PARTLY, Marker
from globalban_bot.model.plan import EditReason, PageEdit, Plan

#: An operator, who made the settings, or whoever asked wants these: they may take away as much as they do.
_MEANT = {EditReason.FORGET, EditReason.REARMED, EditReason.SETTINGS, EditReason.ANSWERS}

#: Counts the signed positions of the page that an owned page tells of, as it stood at an earlier moment. None
#: where that is not known.
PositionsAt = Callable[[datetime], int | None]


def nothing_to_count(_: datetime) -> int | None:
    """Count the positions of a page that tells of none."""
    return None


def check_brake(plan: Plan, limits: Limits) -> None:
    """Let a run pass, or hold it back as a whole where it would edit more pages than any wiki needs.

    :raises UnsafePlanError: it would
    """
    if len(plan.edits) > limits.edits:
        raise UnsafePlanError(
            'the plan was held back, nothing was edited:\n'
            f'- {len(plan.edits)} edits in one run; the limit is {limits.edits}\n'
            'Look at the plan. If it is right, run again with -nobrake, or in parts (-limit, -request).'
        )


def hold_reason(edit: PageEdit, limits: Limits, positions_at: PositionsAt = nothing_to_count) -> str | None:
    """Tell why an edit looks wrong; None where it may be made.

    :param positions_at: counts again, with today's reader
    :raises UnreadError: the earlier revision cannot be read
    """
    if edit.why in _MEANT:
        return None
    jump = _jump(edit, limits)
    if jump is not None:
        return None if _is_by_people(edit, limits, positions_at) else jump
    return _shrinking(edit, limits)


def _jump(edit: PageEdit, limits: Limits) -> str | None:
    before, after = edit.before.marker, edit.after.marker
    if before is None or after is None or before.positions is None or after.positions is None:
        return None
    return _beyond(after.positions - before.positions, limits)


def _beyond(change: int, limits: Limits) -> str | None:
    if -change > limits.fall:
        return f'loses {-change} signed positions, limit {limits.fall}'
    if change > limits.rise:
        return f'gains {change} signed positions, limit {limits.rise}'
    return None


def _is_by_people(edit: PageEdit, limits: Limits, positions_at: PositionsAt) -> bool:
    """Tell whether the revision that was counted before still has the count of then."""
    before = edit.before.marker
    if before is None or before.positions is None:
        return False
    again = positions_at(before.as_of)
    return again is not None and _beyond(again - before.positions, limits) is None


def _shrinking(edit: PageEdit, limits: Limits) -> str | None:
    """Tell how a page shrinks; a box with another count, or of a request that stands otherwise, may."""
    old, new = len(edit.before.body), len(edit.after.body)
    if new >= old * (1 - limits.shrink) or _has_changed(edit.before.marker, edit.after.marker):
        return None
    return f'shrinks from {old} to {new} characters, limit {limits.shrink:.0%}'


def _has_changed(before: Marker | None, after: Marker | None) -> bool:
    """Tell whether a box has another count, or its request stands otherwise: a closed one tells less."""
    if before is None or after is None or before.positions is after.positions is None:
        return False
    standings = before.standing.removesuffix(PARTLY), after.standing.removesuffix(PARTLY)
    return before.positions != after.positions or standings[0] != standings[1]
