"""Runs the status job at a moment of the test's choice, with two seconds for a page.

    python -m tests.farm.pwb -m tests.farm.attacked_at 2026-01-01T12:00:00+00:00 [ARGUMENT ...]

The arguments are those of the command ``status``.
"""

from __future__ import annotations

import sys
from unittest import mock

from tests.farm import status_at


def main() -> None:
    """Run the command with less time for a page, as a test has not much of it."""
    # pywikibot takes the command line over as it is imported.
    from globalban_bot.jobs.page_worker import PageWorker, ReadingLimits

    with mock.patch.object(PageWorker.__init__, '__defaults__', (ReadingLimits(seconds=2),)):
        sys.exit(status_at.run())


if __name__ == '__main__':
    main()
