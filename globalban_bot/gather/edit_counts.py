"""How many edits an account had: only as much is counted as a question needs.

What is counted now (``editcount``) holds deleted edits too; what can be looked at by time
(``list=usercontribs``) does not. So edits that are seen are a lower bound, and the upper bound is all edits
but those that are seen outside of the time in question.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from globalban_bot.errors import WikiError
from globalban_bot.model.account import Account, Bounds, EditsAsked, EditScope, LocalAccount
from globalban_bot.model.unknown import Gap, Unknown

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Span:
    """A stretch of time, from one moment on and before another (UTC); None is no bound."""

    after: datetime | None = None
    before: datetime | None = None


#: Counts the edits on a wiki that can be seen, up to a number; raises WikiError where there is no answer.
Count = Callable[[LocalAccount, Span, int], int]


def count_edits(account: Account, question: EditsAsked, count: Count) -> Bounds | Unknown:
    """Return how many edits an account had.

    :param count: asked for the wiki with most edits first, and no more than a proof takes
    """
    if question.where is EditScope.ANY:
        return _on_any(account, question, count)
    # The global number is kept apart from the local ones, and may lag behind their sum.
    total = max(account.edits, sum(local.edits for local in account.locals))
    return _on(account.edited, total, question, count)


def _on_any(account: Account, question: EditsAsked, count: Count) -> Bounds | Unknown:
    at_least = at_most = 0
    silent: Unknown | None = None
    for local in account.edited:
        here = _on((local,), local.edits, question, count)
        if isinstance(here, Unknown):
            silent = here
        elif here.at_least >= question.wanted:
            return here
        else:
            at_least, at_most = max(at_least, here.at_least), max(at_most, here.at_most or 0)
    return silent or Bounds(at_least, at_most)


def _on(locals_: Iterable[LocalAccount], total: int, question: EditsAsked, count: Count) -> Bounds | Unknown:
    """Return how many edits there were on some wikis, of all that there are now."""
    if question.before is None and question.after is None:
        return Bounds(total, total)
    if total < question.wanted:
        return Bounds(0, total)
    counting = _Counting(locals_, count)
    inside = counting.seen(Span(question.after, question.before), question.wanted)
    if inside >= question.wanted:
        return Bounds(inside)
    needed = total - question.wanted + 1
    outside = 0
    if question.before is not None:
        outside += counting.seen(Span(question.before, None), needed)
    if question.after is not None:
        outside += counting.seen(Span(None, question.after), needed - outside)
    unheard = counting.unheard
    if outside < needed and unheard and (inside + unheard >= question.wanted or outside + unheard >= needed):
        return Unknown(Gap.NO_ANSWER)
    return Bounds(inside, total - outside)


class _Counting:
    """Counts on some wikis, the one with most edits first, each edit once."""

    def __init__(self, locals_: Iterable[LocalAccount], count: Count) -> None:
        self._count = count
        self._left = {local: local.edits for local in locals_}
        self._silent: set[LocalAccount] = set()

    @property
    def unheard(self) -> int:
        """How many edits wikis may have that did not answer."""
        return sum(self._left[local] for local in self._silent)

    def seen(self, span: Span, wanted: int) -> int:
        """Return how many edits of a stretch of time can be seen, up to a number.

        A wiki is not asked for more than it can have: imported edits bear names without being the account's.
        """
        found = 0
        for local, left in self._left.items():
            missing = min(wanted - found, left)
            if missing <= 0 or local in self._silent or _too_young(local, span):
                continue
            try:
                here = min(self._count(local, span, missing), missing)
            except WikiError as error:
                _log.warning('edits of an account: %s', error)
                self._silent.add(local)
                continue
            self._left[local] -= here
            found += here
        return found


def _too_young(local: LocalAccount, span: Span) -> bool:
    """Tell whether an account was registered after a stretch of time."""
    return span.before is not None and local.registered is not None and local.registered >= span.before
