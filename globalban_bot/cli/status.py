"""``globalban status``: bring the list and the boxes up to date."""

from __future__ import annotations

import argparse
import sys

from globalban_bot.cli.clock import Clock, logged_in
from globalban_bot.cli.terminal import terminal_of
from globalban_bot.errors import WikiError
from globalban_bot.jobs.status_job import StatusOptions
from globalban_bot.jobs.status_run import StatusRun, show_alarms, show_report
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wiki.configuration import cache_folder


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Run the job once, and say what was done and what was not."""
    approve = terminal_of(always=options.always).approves('Edit these pages?')
    folder = options.cache or cache_folder()
    profile = load_profile(options.profile)
    site, clock = logged_in(clock)
    job = StatusRun(site, folder, clock(), profile, options.facts, options.record)
    report = job.status(_choice(options), approve)
    if text := show_report(report):
        print(text)
    if alarms := show_alarms(report):
        print(alarms, file=sys.stderr)
    return 0 if report.is_clean else WikiError.exit_code


def _choice(options: argparse.Namespace) -> StatusOptions:
    return StatusOptions(
        requests=frozenset(options.request),
        limit=options.limit,
        recount=options.recount,
        rearmed=frozenset(options.rearm),
        brake=not options.nobrake,
    )
