"""Runs globalban_talk at a moment of the test's choice.

    python -m tests.farm.pwb -m tests.farm.talk_at 2026-01-01T12:00:00+00:00 [ARGUMENT ...]

The other arguments are those of globalban_talk.
"""

from __future__ import annotations

import sys
from datetime import datetime
from unittest import mock


def main() -> None:
    """Run globalban_talk with a clock that stands still."""
    moment = datetime.fromisoformat(sys.argv.pop(1))
    # pywikibot takes the command line over as it is imported.
    from scripts import globalban_talk

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return moment

    with mock.patch.object(globalban_talk, 'datetime', Clock):
        globalban_talk.main()


if __name__ == '__main__':
    main()
