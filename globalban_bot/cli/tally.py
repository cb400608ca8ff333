"""``globalban tally``: tally files, or the live requests."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime

from globalban_bot.cli.clock import Clock
from globalban_bot.errors import GlobalbanError
from globalban_bot.jobs.show import explain_pages, show
from globalban_bot.jobs.tally import tally_files
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import load_profile


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Print the tallies, and an error for each file that cannot be read."""
    now = clock()
    tallies, errors = _tally(options, now)
    if tallies or not options.files:
        text = explain_pages(tallies) if options.explain else show(tallies, options.format, now)
        sys.stdout.write(text if text.endswith('\n') or options.files else f'{text}\n')
    for error in errors:
        print(f'error: {error}', file=sys.stderr)
    return errors[0].exit_code if errors else 0


def _tally(options: argparse.Namespace, now: datetime) -> tuple[Sequence[Tally], Sequence[GlobalbanError]]:
    if options.files:
        return tally_files(options.files, now, title=options.title or '')
    # Only here, as these import pywikibot.
    from globalban_bot.jobs.status_run import tally_live  # noqa: PLC0415
    from globalban_bot.wiki.login import open_site  # noqa: PLC0415

    profile = load_profile(options.profile)
    return [*tally_live(open_site(), profile, now, limit=options.limit)], []
