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
from datetime import UTC, datetime

import pywikibot

from globalban_bot.errors import GlobalbanError, UserError
from globalban_bot.tasks.live import tally_live
from globalban_bot.tasks.show import FORMATS, explain_pages, show


def main(*args: str) -> None:
    """Process command line arguments and run."""
    limit: int | None = None
    form = 'table'
    explain = False
    for argument in pywikibot.handle_args(args):
        name, _, value = argument.partition(':')
        if name == '-limit' and value.isdigit():
            limit = int(value)
        elif name == '-format' and value in FORMATS:
            form = value
        elif name == '-explain':
            explain = True
        else:
            pywikibot.bot.suggest_help(unknown_parameters=[argument])
            sys.exit(UserError.exit_code)
    now = datetime.now(UTC)
    try:
        found = [*tally_live(pywikibot.Site(), now, limit=limit)]
    except GlobalbanError as error:
        pywikibot.error(str(error))
        sys.exit(error.exit_code)
    pywikibot.stdout(explain_pages(found) if explain else show(found, form, now))


if __name__ == '__main__':
    main()
