"""``globalban setup``: the pages that a wiki needs for the bot."""

from __future__ import annotations

import argparse

from globalban_bot.cli.clock import Clock, logged_in
from globalban_bot.cli.terminal import terminal_of
from globalban_bot.errors import UserError
from globalban_bot.jobs.setup.run import SetupRun
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wiki.configuration import cache_folder


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Install or uninstall once."""
    if options.uninstall and options.rearm:
        raise UserError('--rearm and --uninstall do not go together')
    terminal = terminal_of(always=options.always)
    folder = options.cache or cache_folder()
    site, _ = logged_in(clock)
    job = SetupRun(site, folder, load_profile(options.profile), terminal.show)
    if options.uninstall:
        return job.uninstall(lambda: terminal.may('Delete these pages?'))
    return job.install(frozenset(options.rearm), terminal.approves('Save these pages?'))
