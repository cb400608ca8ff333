#!/usr/bin/env python3
"""Print figures over the closed requests of a wiki: what stopped them, and what other rules would change.

It counts; it never concludes. The figures name nobody, and parts of fewer than three requests are merged. It
reads the requests and asks about their accounts, which takes a request to the wikis for each wiki on which a
subject has edited: record it once, and work from the recording then. It makes no edit.

Command line parameters:

-format:FORM      table (default), html, wikitext, csv or json.

-output:FILE      Write there, not to the terminal.

-facts:FILE       Take what is known of accounts from a recorded file and ask no wiki for it.

-record:FILE      Record what the wikis tell of accounts. The file names people: keep and delete it as such.

-later:FILE       Bans by other bodies, by the page id of the request; see docs/for-operators.md.

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

from globalban_bot.tasks.live import profile_of
from globalban_bot.tasks.options import Options
from globalban_bot.tasks.script import open_site, run_script
from globalban_bot.tasks.study.live import Wanted, whatif_live
from globalban_bot.tasks.study.show import study_form

#: The options, and what makes of the text of each what is wanted.
VALUES: dict[str, Callable[[str], Any]] = {
    'format': study_form,
    'output': Path,
    'facts': Path,
    'record': Path,
    'later': Path,
    'profile': str,
}


def main(*args: str) -> None:
    """Process command line arguments, run, and end with the exit code of the run."""
    sys.exit(run_script(pywikibot, args, (), VALUES, run))


def run(options: Options) -> int:
    """Print the figures."""
    wanted = Wanted(
        form=options.one('format', 'table'),
        output=options.one('output'),
        facts=options.one('facts'),
        record=options.one('record'),
        later=options.one('later'),
    )
    profile = profile_of(options.one('profile', 'meta'))
    said = whatif_live(open_site(), profile, wanted, datetime.now(UTC))
    if said:
        pywikibot.stdout(said)
    return 0


if __name__ == '__main__':
    main()
