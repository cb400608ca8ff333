"""``globalban whatif``: figures over closed requests, from files, the sample or a wiki."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from globalban_bot.cli.clock import Clock
from globalban_bot.errors import UserError
from globalban_bot.jobs.figures.show import WhatifFileOptions, run_whatif_show
from globalban_bot.profiles.loader import load_profile


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Print the figures, or write them to a file."""
    if options.sample and options.files:
        raise UserError('--sample and files do not go together')
    if not (options.files or options.sample):
        sys.stdout.write(_of_wiki(options, clock()))
        return 0
    if options.record is not None:
        raise UserError('--record keeps what a wiki tells; files and --sample ask none')
    asked = WhatifFileOptions(options.files, options.facts, options.later, options.format, options.output)
    sys.stdout.write(run_whatif_show(asked, clock()))
    return 0


def _of_wiki(options: argparse.Namespace, now: datetime) -> str:
    # Only here, as these import pywikibot.
    from globalban_bot.jobs.figures.run import WhatifOptions, whatif_live  # noqa: PLC0415
    from globalban_bot.wiki.login import open_site  # noqa: PLC0415

    wanted = WhatifOptions(options.format, options.output, options.facts, options.record, options.later)
    text = whatif_live(open_site(), load_profile(options.profile), wanted, now)
    return f'{text}\n' if text else ''
