#!/usr/bin/env python3
"""Print figures on the accounts of a request, for the operator alone.

It counts; it never concludes. It tells how many edits the account has on each wiki since its first
indefinite block, and how many of the positions that count are by new accounts or by such with few edits.
These figures say something about people: they are printed in the terminal, stored nowhere, never posted.

Command line parameters:

-request:PAGE     The request, by page id or full title.

-below:N          Count accounts with fewer edits than these apart (default: 50).

-facts:FILE       Take what is known of accounts from a recorded file and ask no wiki for it.

-profile:NAME     The wiki farm (default: meta).

Exit codes: 0 done; 2 bad options or configuration; 3 the wiki said no; 70 our own mistake.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pywikibot

from globalban_bot.errors import UserError
from globalban_bot.tasks.live import profile_of
from globalban_bot.tasks.options import Options, number
from globalban_bot.tasks.script import open_site, run_script
from globalban_bot.tasks.study.background import background_live

#: Few edits, unless the operator says otherwise.
BELOW = 50
#: The options, and what makes of the text of each what is wanted.
VALUES: dict[str, Callable[[str], Any]] = {
    'request': str,
    'below': number,
    'profile': str,
    'facts': Path,
}


def main(*args: str) -> None:
    """Process command line arguments, run, and end with the exit code of the run."""
    sys.exit(run_script(pywikibot, args, (), VALUES, run))


def run(options: Options) -> int:
    """Print the figures."""
    request = options.one('request')
    if not request:
        raise UserError('name the request: -request:PAGE')
    profile = profile_of(options.one('profile', 'meta'))
    below = options.one('below', BELOW)
    pywikibot.stdout(
        background_live(open_site(), profile, request, below, datetime.now(UTC), options.one('facts'))
    )
    return 0


if __name__ == '__main__':
    main()
