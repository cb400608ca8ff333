"""Which commands are answered where somebody asks too often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from globalban_bot.model.command import Asked

#: Commands are counted over so long.
DAY = timedelta(hours=24)


def within_limits(asked: Sequence[Asked], person: int, page: int) -> tuple[Asked, ...]:
    """Return what was asked often enough, but not too often.

    A command that stands twice in one edit was asked once. Whoever cannot be named is one person.

    :param asked: all that was asked on a page in the last day and later, oldest first
    :param person: so many of one person are answered in 24 hours
    :param page: so many on the page
    """
    kept: list[Asked] = []
    for one in dict.fromkeys(asked):
        recent = [other for other in kept if one.time - other.time < DAY]
        of_person = sum(other.author == one.author for other in recent)
        if len(recent) < page and of_person < person:
            kept.append(one)
    return tuple(kept)
