"""``globalban background``: figures for the operator alone."""

from __future__ import annotations

import argparse

from globalban_bot.cli.clock import Clock
from globalban_bot.errors import UserError
from globalban_bot.jobs.figures.background import background_live
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wiki.login import open_site


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Print the figures."""
    if not options.request:
        raise UserError('name the request: --request PAGE')
    profile = load_profile(options.profile)
    print(background_live(open_site(), profile, options.request, options.below, clock(), options.facts))
    return 0
