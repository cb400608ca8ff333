"""How many edits an account had, as a file of recorded facts has it.

A count is ``{before: …, after: …, where: together, at-least: 512, at-most: 512}``. ``before`` and ``after``
are null where they are left out, ``where`` is "together" or "any", ``at-least`` is a number or a gap,
``at-most`` a number or null. With ``wanted`` it is the answer to a question for just that number; all others
of the same time are joined to one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from globalban_bot.gather.place import FileNode
from globalban_bot.model.account import Account, Bounds, EditsAsked, EditScope
from globalban_bot.model.unknown import Gap, Unknown

_WHERE = {where.value: where for where in EditScope}
_KEYS = ('before', 'after', 'where', 'wanted', 'at-least', 'at-most')
#: Stands for no number in particular.
_ANY_NUMBER = -1


@dataclass(frozen=True)
class RecordedCount:
    """A count in the file."""

    asked: EditsAsked
    found: Bounds | Unknown


def read_counts(place: FileNode) -> tuple[RecordedCount, ...]:
    """Read the counts of an account.

    :raises UserError: they are malformed
    """
    return tuple(_count(item) for item in place.items())


def _count(place: FileNode) -> RecordedCount:
    fields = place.fields(_KEYS, required=('at-least',))
    where = _WHERE.get(fields['where'].text()) if 'where' in fields else EditScope.TOGETHER
    if where is None:
        fields['where'].wrong(f'no such place; write one of {", ".join(_WHERE)}')
    asked = EditsAsked(
        fields['wanted'].number() if 'wanted' in fields else _ANY_NUMBER,
        fields['before'].time_or_none() if 'before' in fields else None,
        fields['after'].time_or_none() if 'after' in fields else None,
        where,
    )
    most = fields.get('at-most')
    at_most = None if most is None or most.value is None else most.number()
    return RecordedCount(asked, fields['at-least'].gap() or Bounds(fields['at-least'].number(), at_most))


def answer(counts: Iterable[RecordedCount], account: Account, question: EditsAsked) -> Bounds | Unknown:
    """Return what the counts tell: the one that was asked for, or all of the same time joined."""
    same = [count for count in counts if _time(count.asked) == _time(question)]
    exact = [count.found for count in same if count.asked.wanted == question.wanted]
    if exact:
        return exact[-1]
    bounds = [count.found for count in same if isinstance(count.found, Bounds)]
    if bounds:
        most = [one.at_most for one in bounds if one.at_most is not None]
        return Bounds(max(one.at_least for one in bounds), min(most, default=None))
    gaps = [count.found for count in same]
    if not gaps and question.before is None and question.after is None:
        return _now(account, question.where)
    return gaps[-1] if gaps else Unknown(Gap.NOT_ASKED)


def _time(question: EditsAsked) -> tuple[Any, ...]:
    return question.before, question.after, question.where


def _now(account: Account, where: EditScope) -> Bounds:
    """Return the edits up to now: the account tells them."""
    most = max((local.edits for local in account.locals), default=0)
    edits = account.edits if where is EditScope.TOGETHER else most
    return Bounds(edits, edits)


def written_count(count: RecordedCount, written: Any) -> dict[str, Any]:
    """Write a count as the file has it.

    :param written: writes a moment, or None
    """
    bounds = count.found
    return {
        'before': written(count.asked.before),
        'after': written(count.asked.after),
        'where': count.asked.where.value,
        'wanted': count.asked.wanted,
        'at-least': bounds.gap.value if isinstance(bounds, Unknown) else bounds.at_least,
        'at-most': None if isinstance(bounds, Unknown) else bounds.at_most,
    }
