#!/usr/bin/env python3
"""Make a wiki ready for the bot: templates, their documentation, a style sheet, settings, the stop page.

It counts; it never concludes. Without options it prints the plan, with all changes, and asks; where
there is no terminal it prints the plan and does nothing. A page that a person has edited is left alone, one
that was deleted is not made again, and what is up to date is not touched: run it as often as you like, always
as the bot.

Command line parameters:

-always           Do it without asking.

-rearm:TITLE      Take back a page of the kit that a person has edited; may be repeated.

-uninstall        Delete all that setup and the bot have made. It needs an account that may delete pages; for
                  another one it lists them.

-cache:FOLDER     Where the lock is (default: globalban-cache in pywikibot's folder).

-profile:NAME     The wiki farm (default: meta).

pywikibot's own -simulate prints plan and changes and writes nothing.

Exit codes: 0 done, or stopped; 2 bad options or configuration, or an account that may not delete; 3 the wiki
said no, the rest was done; 70 our own mistake.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pywikibot

from globalban_bot.errors import UserError
from globalban_bot.tasks.forget import default_folder
from globalban_bot.tasks.live import profile_of
from globalban_bot.tasks.options import Options
from globalban_bot.tasks.script import logged_in_site, run_script
from globalban_bot.tasks.setup.live import SetupRun
from globalban_bot.tasks.terminal import terminal_of

FLAGS = ('always', 'uninstall')
#: The options with a value, and what makes of its text what is wanted.
VALUES: dict[str, Callable[[str], Any]] = {'rearm': str, 'cache': Path, 'profile': str}


def main(*args: str) -> None:
    """Process command line arguments, run, and end with the exit code of the run."""
    sys.exit(run_script(pywikibot, args, FLAGS, VALUES, run))


def run(options: Options) -> int:
    """Install or uninstall once; return the exit code."""
    rearmed = frozenset(options.all('rearm'))
    if 'uninstall' in options and rearmed:
        raise UserError('-rearm and -uninstall do not go together')
    site = logged_in_site()
    terminal = terminal_of(pywikibot, always='always' in options)
    folder = options.one('cache') or default_folder()
    job = SetupRun(site, folder, profile_of(options.one('profile', 'meta')), terminal.show)
    if 'uninstall' in options:
        return job.uninstall(lambda: terminal.may('Delete these pages?'))
    return job.install(rearmed, terminal.approves('Save these pages?'))


if __name__ == '__main__':
    main()
