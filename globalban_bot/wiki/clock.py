"""The clock of a wiki: that of the machine may be wrong, and then holds and waits would end too early."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import time_at
from globalban_bot.wiki.queries import Queries

#: An answer tells whole seconds, and takes a while to arrive.
_TOLERANCE = timedelta(minutes=1)


def wiki_clock(wikis: Queries, clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """Return a clock that goes by the wiki with the requests. One request, now.

    :param clock: the clock of the machine (aware, UTC)
    :raises WikiError: the wiki does not tell the time
    """
    with understood(wikis.home):
        answer = next(wikis.query(wikis.home, meta='siteinfo', curtimestamp='1'))
        difference = time_at(answer, 'curtimestamp') - clock()
    if abs(difference) <= _TOLERANCE:
        return clock
    return lambda: clock() + difference
