"""The brake: a plan that looks wrong is held back as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.errors import UnsafePlanError
from globalban_bot.model.limits import Limits
from globalban_bot.model.marker import PARTLY, Marker
from globalban_bot.model.plan import PageEdit, Plan, Why

#: An operator, who made the settings, or whoever asked wants these: they may take away as much as they do.
_MEANT = {Why.FORGET, Why.REARMED, Why.SETTINGS, Why.ANSWERS}


def check_brake(plan: Plan, limits: Limits) -> None:
    """Let a plan pass, or hold it back.

    :raises UnsafePlanError: it is beyond a limit; the message names each
    """
    reasons = [*_reasons(plan, limits)]
    if reasons:
        raise UnsafePlanError(
            'the plan was held back, nothing was edited:\n'
            + '\n'.join(f'- {reason}' for reason in reasons)
            + '\nLook at the plan. If it is right, run again with -nobrake, or in parts (-limit, -request).'
        )


def _reasons(plan: Plan, limits: Limits) -> Iterator[str]:
    if len(plan.edits) > limits.edits:
        yield f'{len(plan.edits)} edits in one run; the limit is {limits.edits}'
    for edit in plan.edits:
        if edit.why not in _MEANT:
            yield from _of_edit(edit, limits)


def _of_edit(edit: PageEdit, limits: Limits) -> Iterator[str]:
    before, after = edit.before.marker, edit.after.marker
    if before and after and before.positions is not None and after.positions is not None:
        change = after.positions - before.positions
        if -change > limits.fall:
            yield f'{edit.title}: loses {-change} signed positions; the limit is {limits.fall}'
        if change > limits.rise:
            yield f'{edit.title}: gains {change} signed positions; the limit is {limits.rise}'
    old, new = len(edit.before.body), len(edit.after.body)
    if new < old * (1 - limits.shrink) and not _is_other_state(before, after):
        yield f'{edit.title}: shrinks from {old} to {new} characters; the limit is {limits.shrink:.0%}'


def _is_other_state(before: Marker | None, after: Marker | None) -> bool:
    """Tell whether a box shows a request that stands otherwise by now: of a closed one it tells less."""
    if before is None or after is None or before.positions is after.positions is None:
        return False
    return before.standing.removesuffix(PARTLY) != after.standing.removesuffix(PARTLY)
