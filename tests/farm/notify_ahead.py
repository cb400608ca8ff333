"""Runs the command ``notify`` on a machine whose clock is wrong.

python -m tests.farm.pwb -m tests.farm.notify_ahead HOURS [OPTION ...]
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, tzinfo
from unittest import mock

from globalban_bot.cli import clock
from globalban_bot.cli.main import main

AHEAD = timedelta(hours=float(sys.argv[1]))


class WrongClock(datetime):
    """Tells another moment than it is."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """Return a moment that is ahead."""
        return datetime.now(tz) + AHEAD


if __name__ == '__main__':
    with mock.patch.object(clock, 'datetime', WrongClock):
        sys.exit(main(['notify', *sys.argv[2:]]))
