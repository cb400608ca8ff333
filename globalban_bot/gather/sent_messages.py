"""When a message was last sent to a list of targets, by the log of MassMessage."""

from __future__ import annotations

from datetime import datetime

from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import mappings_at, time_at
from globalban_bot.wiki.queries import Queries

_QUESTION = {
    'list': 'logevents',
    'letype': 'massmessage',
    'leprop': 'ids|timestamp',
    'lelimit': '1',
}


def last_sent(wikis: Queries, title: str) -> datetime | None:
    """Return when a message was last sent to a list (UTC); None where none was.

    :raises WikiError: the wiki does not tell
    """
    answer = next(wikis.query(wikis.home, **_QUESTION, letitle=title))
    with understood(wikis.home):
        lines = mappings_at(answer, 'query', 'logevents')
        return time_at(lines[0], 'timestamp') if lines else None
