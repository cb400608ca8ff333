"""How notices are delivered: what a person, MassMessage and direct edits have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from globalban_bot.model.notice import Delivery, Notice, Sent


class Engine(Protocol):
    """Delivers notices, and tells of each what became of it."""

    def deliver(self, notices: Sequence[Notice], before_each: Callable[[], None]) -> Iterator[Delivery]:
        """Deliver notices in their order, those that are there already left alone.

        The iterator must be taken to its end. Once it is stopped, it yields the rest as ``Sent.LEFT``, with
        what the stop said as the reason.

        :param notices: what is to be given
        :param before_each: called before every single write; raises ``Stopped`` where nothing may be sent any
            more (stop page, closed request, SIGTERM)
        """


def left(notices: Iterable[Notice], reason: str) -> Iterator[Delivery]:
    """Yield notices that were not tried, with the reason."""
    return (Delivery(notice, Sent.LEFT, reason) for notice in notices)
