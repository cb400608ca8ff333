"""Runs the command 'status' at a moment of the test's choice.

    python -m tests.farm.pwb -m tests.farm.status_at 2026-01-01T12:00:00+00:00 [ARGUMENT ...]

The other arguments are those of the command.
"""

from __future__ import annotations

import sys
from datetime import datetime

from globalban_bot.cli.main import main


def run() -> int:
    """Run the command with a clock that stands still; return its exit code."""
    moment = datetime.fromisoformat(sys.argv[1])
    return main(['status', *sys.argv[2:]], clock=lambda: moment)


if __name__ == '__main__':
    sys.exit(run())
