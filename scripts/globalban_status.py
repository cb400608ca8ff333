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

-nobrake          Let a plan through that the brake would hold back. Look at the plan first.

-cache:FOLDER     Where it remembers what it has read (default: globalban-cache in pywikibot's folder).
                  Deleting the folder costs time and nothing else.

pywikibot's own -simulate prints plan and changes and edits nothing.

Exit codes: 0 done, or stopped; 2 bad options or configuration; 3 the wiki said no, the rest was done;
4 the brake held the plan back; 70 our own mistake.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from pathlib import Path

import pywikibot

from globalban_bot.errors import GlobalbanError, InternalError, UserError, WikiError
from globalban_bot.tasks.forget import default_folder
from globalban_bot.tasks.job import Choice
from globalban_bot.tasks.live import Run, ask_for, profile_of, show_report


class Options:
    """The options of a run."""

    def __init__(self, arguments: list[str]) -> None:
        self.always = self.recount = self.nobrake = False
        self.requests: list[str] = []
        self.rearmed: list[str] = []
        self.limit: int | None = None
        self.cache = default_folder()
        for argument in arguments:
            self._take(argument)

    def _take(self, argument: str) -> None:
        name, _, value = argument.partition(':')
        if argument in {'-always', '-recount', '-nobrake'}:
            setattr(self, name[1:], True)
        elif name == '-request' and value:
            self.requests.append(value)
        elif name == '-rearm' and value:
            self.rearmed.append(value)
        elif name == '-limit' and value.isdecimal():
            self.limit = int(value)
        elif name == '-cache' and value:
            self.cache = Path(value)
        else:
            raise UserError(f'{argument}: there is no such option, or its value is missing; see -help')

    @property
    def choice(self) -> Choice:
        """What is to be done."""
        names, rearmed = frozenset(self.requests), frozenset(self.rearmed)
        return Choice(names, self.limit, self.recount, rearmed, brake=not self.nobrake)


def main(*args: str) -> None:
    """Process command line arguments, run, and end with the exit code of the run."""
    logging.basicConfig(level=logging.INFO, format='%(message)s')
    arguments = pywikibot.handle_args(args)
    try:
        sys.exit(run(Options(arguments)))
    except GlobalbanError as error:
        (pywikibot.error if error.exit_code else pywikibot.info)(str(error))
        sys.exit(error.exit_code)
    except pywikibot.exceptions.Error as error:
        pywikibot.error(f'the wiki cannot be used: {error}')
        sys.exit(WikiError.exit_code)
    except Exception:
        pywikibot.exception('our own mistake; please report it', exc_info=True)
        sys.exit(InternalError.exit_code)


def run(options: Options) -> int:
    """Run the job once.

    :return: the exit code
    """
    site = pywikibot.Site()
    site.login()
    dry = bool(pywikibot.config.simulate)
    approve = ask_for(
        pywikibot.stdout,
        always=options.always and not dry,
        never=dry or not sys.stdin.isatty(),
        ask=lambda: pywikibot.input_yn('Edit these pages?', default=False, automatic_quit=False),
    )
    job = Run(site, options.cache, datetime.now(UTC), profile_of('meta'))
    report = job.status(options.choice, approve)
    if said := show_report(report):
        pywikibot.stdout(said)
    return WikiError.exit_code if report.failures else 0


if __name__ == '__main__':
    main()
