"""Leave the delivery to a person, who has the list and the text from the plan page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from globalban_bot.act.engine import left
from globalban_bot.model.notice import Delivery, Notice, Skip


class ByHandEngine:
    """Sends nothing: each notice is left, to be given by hand."""

    def deliver(self, notices: Sequence[Notice], before_each: Callable[[], None]) -> Iterator[Delivery]:
        """Yield all notices as left."""
        del before_each  # nothing is sent
        return left(notices, Skip.BY_HAND.value)
