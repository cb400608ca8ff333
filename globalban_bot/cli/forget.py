"""``globalban forget``: blank for good what was posted on a request."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime

from globalban_bot.cli.terminal import terminal_of
from globalban_bot.gather.configuration import cache_folder
from globalban_bot.gather.connection import logged_in_site
from globalban_bot.profiles.loader import load_profile
from globalban_bot.tasks.forget import forget


def run(options: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    """Forget a request once."""
    terminal = terminal_of(always=options.always)
    folder = options.cache or cache_folder()
    profile = load_profile(options.profile)
    approve = terminal.approves('Blank these pages?')
    return forget(logged_in_site(), folder, profile, options.page_id, clock(), approve, terminal.show)
