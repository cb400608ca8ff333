#!/usr/bin/env python3
"""Bring the board and the facts boxes of global ban requests up to date.

It counts; it never concludes. Without options it prints the plan, with all changes, and asks; where
there is no terminal it prints the plan and does nothing. It edits pages of its own only, each at most once
a day unless a request was opened or closed, and it leaves a page alone that a person has edited.

Command line parameters:

-always           Edit without asking.

-request:PAGE     Only this request, by page id or full title; may be repeated. The board is left.

-limit:N          N requests at most, the newest first. Is one left out, the board is left, too.

-recount          Do not wait for the next day.

-rearm:TITLE      Take back a page of the bot's own that a person has edited; may be repeated.

-nobrake          Let through what the brake would hold back. Look at the plan first.

-cache:FOLDER     Where it remembers what it has read (default: globalban-cache in pywikibot's folder).
                  Deleting the folder costs time and nothing else.

-facts:FILE       Take what is known of accounts from a recorded file and ask no wiki for it.

-record:FILE      Record what the wikis tell of accounts. The file names people: keep and delete it as such.

-profile:NAME     The wiki farm (default: meta).

pywikibot's own -simulate prints plan and changes and edits nothing.

Exit codes: 0 done, or stopped; 2 bad options or configuration; 3 a page was not read or edited, the rest was;
4 the brake held the whole run back; 70 our own mistake.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pywikibot

from globalban_bot.errors import WikiError
from globalban_bot.tasks.forget import default_folder
from globalban_bot.tasks.job import Choice
from globalban_bot.tasks.live import Run, profile_of, show_alarms, show_report
from globalban_bot.tasks.options import Options, number
from globalban_bot.tasks.script import logged_in_site, run_script
from globalban_bot.tasks.terminal import terminal_of

FLAGS = ('always', 'recount', 'nobrake')
#: The options with a value, and what makes of its text what is wanted.
VALUES: dict[str, Callable[[str], Any]] = {
    'request': str,
    'limit': number,
    'rearm': str,
    'cache': Path,
    'facts': Path,
    'record': Path,
    'profile': str,
}


def main(*args: str) -> None:
    """Process command line arguments, run, and end with the exit code of the run."""
    sys.exit(run_script(pywikibot, args, FLAGS, VALUES, run))


def choice_of(options: Options) -> Choice:
    """Return what is to be done."""
    names, rearmed = frozenset(options.all('request')), frozenset(options.all('rearm'))
    return Choice(names, options.one('limit'), 'recount' in options, rearmed, brake='nobrake' not in options)


def run(options: Options) -> int:
    """Run the job once.

    :return: the exit code
    """
    site = logged_in_site()
    approve = terminal_of(pywikibot, always='always' in options).approves('Edit these pages?')
    folder = options.one('cache') or default_folder()
    profile = profile_of(options.one('profile', 'meta'))
    job = Run(site, folder, datetime.now(UTC), profile, options.one('facts'), options.one('record'))
    report = job.status(choice_of(options), approve)
    if said := show_report(report):
        pywikibot.stdout(said)
    if alarms := show_alarms(report):
        pywikibot.error(alarms)
    return 0 if report.is_clean else WikiError.exit_code


if __name__ == '__main__':
    main()
