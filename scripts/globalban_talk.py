#!/usr/bin/env python3
"""Answer what editors ask on talk pages, once, and count anew what they asked to be counted.

It counts; it never concludes. People ask by a template, on the talk page of a request or of the bot. The
template shows the answer from a page of the bot's own, so that nothing is posted on the talk page. An answer
begins with what was asked and when, by the history of the page, and does not change any more.

Command line parameters:

-always           Answer without asking.

-cache:FOLDER     Where it remembers what it has read (default: globalban-cache in pywikibot's folder).

-facts:FILE       Take what is known of accounts from a recorded file and ask no wiki for it.

-profile:NAME     The wiki farm (default: meta).

pywikibot's own -simulate prints plan and changes and edits nothing.

Exit codes: 0 done, or stopped; 2 bad options or configuration; 3 the wiki said no, the rest was done;
4 the brake held the plan back; 70 our own mistake.
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
from globalban_bot.tasks.live import profile_of
from globalban_bot.tasks.options import Options
from globalban_bot.tasks.script import logged_in_site, run_script
from globalban_bot.tasks.talk.live import TalkRun, is_whole, show_talk
from globalban_bot.tasks.terminal import terminal_of

FLAGS = ('always',)
#: The options with a value, and what makes of its text what is wanted.
VALUES: dict[str, Callable[[str], Any]] = {'cache': Path, 'facts': Path, 'profile': str}


def main(*args: str) -> None:
    """Process command line arguments, run, and end with the exit code of the run."""
    sys.exit(run_script(pywikibot, args, FLAGS, VALUES, run))


def run(options: Options) -> int:
    """Run the job once; return the exit code."""
    site = logged_in_site()
    approve = terminal_of(pywikibot, always='always' in options).approves('Edit these pages?')
    job = TalkRun(
        site,
        options.one('cache') or default_folder(),
        profile_of(options.one('profile', 'meta')),
        lambda: datetime.now(UTC),
        pywikibot.stdout,
        approve,
        options.one('facts'),
    )
    report = job.answer()
    if said := show_talk(report):
        pywikibot.stdout(said)
    return 0 if is_whole(report) else WikiError.exit_code


if __name__ == '__main__':
    main()
