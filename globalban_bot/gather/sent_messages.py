"""When a message was last sent to a list of targets, by the log of MassMessage."""

from __future__ import annotations

from datetime import datetime

from globalban_bot.errors import WikiError
from globalban_bot.gather.answered import moment
from globalban_bot.gather.questions import Questions

_QUESTION = {
    'list': 'logevents',
    'letype': 'massmessage',
    'leprop': 'ids|timestamp',
    'lelimit': '1',
}


def last_sent(wikis: Questions, title: str) -> datetime | None:
    """Return when a message was last sent to a list (UTC); None where none was.

    :raises WikiError: the wiki does not tell
    """
    answer = next(wikis.parts(wikis.home, **_QUESTION, letitle=title))
    try:
        lines = answer['query']['logevents']
        return moment(lines[0]['timestamp']) if lines else None
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise WikiError('the log of messages cannot be read') from error
