"""What Echo has notified people of, read from its tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.farm.errors import FarmError

# Tables of Echo, see its sql/tables.json.
NOTIFICATIONS = """\
SELECT event_type, user_name
FROM echo_notification
JOIN echo_event ON event_id = notification_event
JOIN user ON user_id = notification_user
ORDER BY event_id, user_name
"""
HAS_ECHO = "SELECT 1 FROM sqlite_master WHERE name = 'echo_notification'"


class Notification(NamedTuple):
    """One notification.

    :param event: Echo's name of the kind, for example "mention" or "edit-user-talk"
    :param user: who gets it
    """

    event: str
    user: str


def read_notifications(path: Path) -> tuple[Notification, ...]:
    """Return all notifications of a wiki, in the order of their events.

    :param path: the wiki's database
    :raises tests.farm.errors.FarmError: the release has no Echo
    """
    with closing(sqlite3.connect(path)) as database:
        if not database.execute(HAS_ECHO).fetchone():
            raise FarmError(f'{path.stem} has no tables of Echo: this release has no such extension')
        return tuple(
            Notification(_text(event), _text(user)) for event, user in database.execute(NOTIFICATIONS)
        )


def _text(value: str | bytes) -> str:
    """Take what MediaWiki keeps in a column of bytes."""
    return value.decode() if isinstance(value, bytes) else value
