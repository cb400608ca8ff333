"""Runs globalban_notify on a machine whose clock is wrong.

python -m tests.farm.pwb -m tests.farm.notify_ahead HOURS [OPTION ...]
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from unittest import mock


def main() -> None:
    """Run globalban_notify with a clock that is ahead by so many hours."""
    ahead = timedelta(hours=float(sys.argv.pop(1)))
    # pywikibot takes the command line over as it is imported.
    from globalban_bot.tasks.notices.live import Asked, NotifyRun
    from scripts import globalban_notify

    plain = NotifyRun.run

    def run(job: NotifyRun, asked: Asked) -> int:
        return plain(replace(job, clock=lambda: job.clock() + ahead), asked)

    with mock.patch.object(NotifyRun, 'run', run):
        globalban_notify.main()


if __name__ == '__main__':
    main()
