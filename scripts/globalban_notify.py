#!/usr/bin/env python3
"""Find which communities a request has to be told of, who was told, and tell the rest, once.

It counts; it never concludes. The duty is the nominator's. The bot looks where notices stand and posts a plan
from which people send. It sends by itself only where the profile allows that, and only if the operator types
the code of the plan at a terminal. Where a run was cut off, the next one goes on: the wikis tell what is
done.

Command line parameters:

-request:PAGE     The request, by page id or full title. Without it, with -plan: all plans that are due, and
                  the lists of targets are emptied where nothing may be sent any more.

-coverage         Look, and print what was found. Nothing is posted. (This is what it does without an option.)

-plan             Post the plan beside the box of the request.

-rearm            With -plan: lift the hold of people who have edited the plan or a list.

-also-subject:NAME  Tell this account, too, though the title of the request does not name it.

-told:WIKI        With -plan: this wiki (its database name) was told: you have seen a link there, and it is
                  the notice. The plan remembers it.

-wrong            Say where notices stand, and what to do about one that went to the wrong wiki or person.

-deliver          Deliver the plan by the bot's own engine: asks for the code of the plan.

-engine:NAME      massmessage or direct, where the profile allows it. Without it nothing is sent.

-limit:N          N notices at most. A part of a list is a selective notice: for trials alone.

-unreviewed       Use translations, too, that nobody has reviewed.

-always           Post the plan without asking. It never sends a notice.

-facts:FILE       Take what is known of accounts from a recorded file and ask no wiki for it.

-cache:FOLDER     Where lists of wikis and pages are kept (default: globalban-cache in pywikibot's folder).

-profile:NAME     The wiki farm (default: meta).

Exit codes: 0 done, or stopped; 2 bad options or configuration; 3 a wiki said no, the rest was done; 4 the
plan may not be delivered, or the brake held it back; 70 our own mistake.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pywikibot

from globalban_bot.errors import UserError
from globalban_bot.tasks.forget import default_folder
from globalban_bot.tasks.live import profile_of
from globalban_bot.tasks.notices.live import Asked, NotifyRun, engine_named, only_step
from globalban_bot.tasks.options import Options, number
from globalban_bot.tasks.script import logged_in_site, run_script
from globalban_bot.tasks.terminal import terminal_of

FLAGS = ('coverage', 'plan', 'rearm', 'wrong', 'deliver', 'unreviewed', 'always')
#: The options with a value, and what makes of its text what is wanted.
VALUES: dict[str, Callable[[str], Any]] = {
    'request': str,
    'also-subject': str,
    'told': str,
    'engine': engine_named,
    'limit': number,
    'facts': Path,
    'cache': Path,
    'profile': str,
}


def main(*args: str) -> None:
    """Process command line arguments, run, and end with the exit code of the run."""
    sys.exit(run_script(pywikibot, args, FLAGS, VALUES, run))


def run(options: Options) -> int:
    """Run the job once; return the exit code."""
    if not options.one('request') and 'plan' not in options:
        raise UserError('name the request: -request:PAGE')
    if 'rearm' in options and not ('plan' in options and options.one('request')):
        raise UserError('-rearm lifts the hold of one request: -request:PAGE -plan -rearm')
    step = only_step(
        coverage='coverage' in options, wrong='wrong' in options, plan='plan' in options,
        deliver='deliver' in options,
    )  # fmt: skip
    site = logged_in_site()
    terminal = terminal_of(pywikibot, always='always' in options)
    job = NotifyRun(
        site=site,
        site_of=lambda url: logged_in(pywikibot.Site(url=f'{url}/wiki/')),
        folder=options.one('cache') or default_folder(),
        profile=profile_of(options.one('profile', 'meta')),
        clock=lambda: datetime.now(UTC),
        show=terminal.show,
        approve=terminal.approves('Post this plan?'),
        typed=terminal.typed,
    )
    engine, limit = options.one('engine'), options.one('limit')
    asked = (options.one('request'), step, engine, limit, 'unreviewed' in options, options.one('facts'))
    also = tuple(options.all('also-subject'))
    return job.run(Asked(*asked, also=also, rearm='rearm' in options, told=tuple(options.all('told'))))


def logged_in(site: Any) -> Any:
    """Return a site of which the bot is a user."""
    site.login()
    return site


if __name__ == '__main__':
    main()
