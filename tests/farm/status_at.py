"""Runs the status job at a moment of the test's choice: two runs at one moment must make the same pages.

    python -m tests.farm.pwb -m tests.farm.status_at 2026-01-01T12:00:00+00:00 [ARGUMENT ...]

The arguments are those of globalban_status.
"""

from __future__ import annotations

import sys
from datetime import datetime
from unittest import mock


def main() -> None:
    """Run globalban_status with a clock that stands still."""
    moment = datetime.fromisoformat(sys.argv.pop(1))
    # pywikibot takes the command line over as it is imported.
    from scripts import globalban_status

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return moment

    with mock.patch.object(globalban_status, 'datetime', Clock):
        globalban_status.main()


if __name__ == '__main__':
    main()
