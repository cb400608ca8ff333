#!/usr/bin/env python3
"""Check, before a request to ban an account from all wikis is filed, how it would stand.

It counts; it never concludes. It tells whether the nominator meets the rules of the policy, which indefinite
blocks are found, which communities have to be told, and gives texts to copy. Nothing is stored, nothing is
posted: what it prints is for you alone.

Command line parameters:

-nominator:NAME   The account that would file the request (default: the account of the configuration).

-subject:NAME     The account that the request would be about.

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
from globalban_bot.tasks.check import check_live
from globalban_bot.tasks.live import profile_of
from globalban_bot.tasks.options import Options
from globalban_bot.tasks.script import open_site, run_script

#: The options, and what makes of the text of each what is wanted.
VALUES: dict[str, Callable[[str], Any]] = {'nominator': str, 'subject': str, 'profile': str, 'facts': Path}


def main(*args: str) -> None:
    """Process command line arguments, run, and end with the exit code of the run."""
    sys.exit(run_script(pywikibot, args, (), VALUES, run))


def run(options: Options) -> int:
    """Print what was found."""
    site = open_site()
    nominator = options.one('nominator') or site.username()
    subject = options.one('subject')
    if not nominator or not subject:
        raise UserError('name both accounts: -nominator:NAME -subject:NAME')
    profile = profile_of(options.one('profile', 'meta'))
    pywikibot.stdout(check_live(site, profile, nominator, subject, datetime.now(UTC), options.one('facts')))
    return 0


if __name__ == '__main__':
    main()
