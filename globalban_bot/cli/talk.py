"""``globalban talk``: answer what editors asked on talk pages."""

from __future__ import annotations

import argparse

from globalban_bot.cli.clock import Clock, logged_in
from globalban_bot.cli.terminal import terminal_of
from globalban_bot.errors import WikiError
from globalban_bot.jobs.talk.run import TalkRun, is_whole, show_talk
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wiki.configuration import cache_folder


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Run the job once, and say what was done and what was not."""
    approve = terminal_of(always=options.always).approves('Edit these pages?')
    folder = options.cache or cache_folder()
    profile = load_profile(options.profile)
    site, clock = logged_in(clock)
    report = TalkRun(site, folder, profile, clock, print, approve, options.facts).answer()
    if text := show_talk(report):
        print(text)
    return 0 if is_whole(report) else WikiError.exit_code
