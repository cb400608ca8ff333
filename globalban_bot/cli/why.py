"""``globalban why``: why the entry on a line counts or not."""

from __future__ import annotations

import argparse
import sys

from globalban_bot.cli.clock import Clock
from globalban_bot.errors import UserError
from globalban_bot.jobs.show import explain_place
from globalban_bot.jobs.tally import tally_files


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Print the reason."""
    tallies, errors = tally_files([options.file], clock())
    if errors:
        raise errors[0]
    if options.line < 1:
        raise UserError(f'line {options.line}: lines are counted from 1')
    sys.stdout.write(explain_place(tallies, options.line))
    return 0
