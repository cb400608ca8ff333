#!/usr/bin/env python3
"""Tally the global ban requests of Meta-Wiki in the terminal. It makes no edit.

It counts; it never concludes. Each entry that needs a person's look is named by its line.

Command line parameters:

-limit:N          Read N requests at most.

-explain          Say for each entry why it counts or not.

-format:FORM      table (default), json, wikitext or html.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pywikibot

from globalban_bot.tasks.live import tally_live
from globalban_bot.tasks.options import Options, number
from globalban_bot.tasks.script import open_site, run_script
from globalban_bot.tasks.show import explain_pages, form, show

#: The options with a value, and what makes of its text what is wanted.
VALUES: dict[str, Callable[[str], Any]] = {'limit': number, 'format': form}


def main(*args: str) -> None:
    """Process command line arguments, run, and end with the exit code of the run."""
    sys.exit(run_script(pywikibot, args, ('explain',), VALUES, run))


def run(options: Options) -> int:
    """Print the tallies."""
    now = datetime.now(UTC)
    found = [*tally_live(open_site(), now, limit=options.one('limit'))]
    said = explain_pages(found) if 'explain' in options else show(found, options.one('format', 'table'), now)
    pywikibot.stdout(said)
    return 0


if __name__ == '__main__':
    main()
