"""Which questions are answered where somebody asks too often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from globalban_bot.model.command import CommandUse

#: Questions are counted over so long.
DAY = timedelta(hours=24)


def judge_limits(uses: Sequence[CommandUse], person: int, page: int) -> dict[CommandUse, datetime | None]:
    """Return, for each question, None where it is answered; else when it can be asked again (UTC).

    A question that stands twice in one edit was asked once. Accounts whose names are hidden are one person.

    :param uses: all that was asked on a page in the last day and later, oldest first
    :param person: so many of one person are answered in 24 hours
    :param page: so many on the page
    """
    answered: list[CommandUse] = []
    judged: dict[CommandUse, datetime | None] = {}
    for one in dict.fromkeys(uses):
        recent = [other for other in answered if one.time - other.time < DAY]
        own = [other for other in recent if other.author == one.author]
        over = [others[-most] for others, most in ((own, person), (recent, page)) if len(others) >= most]
        judged[one] = max((other.time + DAY for other in over), default=None)
        if not over:
            answered.append(one)
    return judged
