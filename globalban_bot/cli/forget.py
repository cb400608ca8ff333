"""``globalban forget``: blank for good what was posted on a request."""

from __future__ import annotations

import argparse

from globalban_bot.cli.clock import Clock, logged_in
from globalban_bot.cli.terminal import terminal_of
from globalban_bot.jobs.forget import forget
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wiki.configuration import cache_folder


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Forget a request once."""
    terminal = terminal_of(always=options.always)
    folder = options.cache or cache_folder()
    profile = load_profile(options.profile)
    approve = terminal.approves('Blank these pages?')
    site, clock = logged_in(clock)
    return forget(site, folder, profile, options.page_id, clock(), approve, terminal.show)
