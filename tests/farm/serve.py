"""Serves the farm until Ctrl-C, to be looked at in a browser, and for scripts from another terminal.

    python -m tests.farm.serve [--port PORT] [--release own|lts] [--at-work SECONDS] [EXPORT.xml ...]

The exports are imported into metawiki, their authors' accounts first; without any, the sample that comes with
the project. pywikibot's folder for the farm's bot lies in the farm's own, and goes with it at the end. With
--at-work, the wiki is a playground: it has a start page and the page kit, and the bot runs every so many
seconds, as scheduled jobs let it.
"""

from __future__ import annotations

import argparse
import shlex
import signal
import time
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.resources import as_file
from pathlib import Path
from typing import NoReturn

from globalban_bot.sample import EXPORT
from tests.farm.accounts import BOT, OPERATOR
from tests.farm.at_work import make_ready, work
from tests.farm.botfolder import write_bot_folder
from tests.farm.farm import Farm
from tests.farm.playground import describe_playground, make_playground, write_command
from tests.farm.release import Release

SCRIPT = ('globalban_tally', '-limit:3')
END = 'Ctrl-C ends it.'


def parse(args: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog='python -m tests.farm.serve', description=__doc__.split('\n')[0])
    parser.add_argument(
        'exports', nargs='*', type=Path, metavar='EXPORT.xml',
        help='imported into metawiki; the sample of the project if none is named',
    )  # fmt: skip
    parser.add_argument('--port', type=int, default=8080, help='0 for any free one (default: %(default)s)')
    parser.add_argument(
        '--release', choices=[one.value for one in Release], default=Release.OWN.value,
        help="the MediaWiki: this machine's, or 1.43 (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        '--at-work', type=int, metavar='SECONDS', help='make the wiki ready, and let the bot run that often'
    )
    return parser.parse_args(args)


def fill(farm: Farm, exports: Sequence[Path]) -> None:
    """Import the exports, or the sample, into metawiki."""
    with ExitStack() as stack:
        for file in exports or [stack.enter_context(as_file(EXPORT))]:
            print(f'importing {file}', flush=True)
            farm.import_xml('metawiki', file)


def let_work(farm: Farm, bot: Path, seconds: int) -> NoReturn:
    """Let the bot run until interrupted.

    :param bot: pywikibot's folder
    :param seconds: between two runs
    """
    while True:
        time.sleep(seconds)
        let_work_once(farm, bot)


def let_work_once(farm: Farm, bot: Path) -> None:
    """Let the bot run, and print what an operator reads.

    :param bot: pywikibot's folder
    """
    for said in work(farm, bot):
        print(said, flush=True)


def describe(farm: Farm, command: Path, folder: Path) -> str:
    """Say where the wikis are, how to log in, and how to run a script.

    :param command: what runs it
    :param folder: pywikibot's, for the bot
    """
    assert BOT.bot_password is not None
    return '\n'.join(
        [
            'The wikis are open:',
            *(f'  {wiki.dbname:10} {farm.browser_url(wiki.dbname)}' for wiki in farm.wikis.values()),
            f'What metawiki holds: {farm.browser_url("metawiki", "Special:RecentChanges")}?hidebots=0',
            'Log in, on each of them:',
            f'  operator   "{OPERATOR.name}", password "{OPERATOR.password}"',
            f'  bot        "{BOT.name}", password "{BOT.password}"',
            f'  its script "{BOT.name}@{BOT.bot_password.suffix}", password "{BOT.bot_password.password}"',
            f"pywikibot's folder, for the bot: {folder}",
            'Run a script from another terminal:',
            f'  {shlex.join([str(command), *SCRIPT])}',
        ]
    )


def serve(farm: Farm, exports: Sequence[Path]) -> NoReturn:
    """Fill the wiki, say how to use it, and wait until interrupted."""
    folder = write_bot_folder(farm.folders.run / 'bot')
    fill(farm, exports)
    command = write_command(farm, folder, farm.folders.run / 'try')
    print(f'{describe(farm, command, folder)}\n{END}', flush=True)
    while True:
        signal.pause()


def serve_playground(farm: Farm, exports: Sequence[Path], seconds: int) -> NoReturn:
    """Fill the wiki, say how to use it, and let the bot run until interrupted.

    :param seconds: between two runs
    """
    bot = make_ready(farm, farm.folders.run / 'at work')
    fill(farm, exports)
    make_playground(farm, seconds)
    # A visitor finds all pages that the start page links to.
    let_work_once(farm, bot)
    command = write_command(farm, bot, farm.folders.run / 'try')
    print(f'{describe_playground(farm, bot, command, seconds)}\n{END}', flush=True)
    let_work(farm, bot, seconds)


def main() -> None:
    """Serve until interrupted."""
    options = parse()
    # Both, expressly: what a shell starts in the background ignores SIGINT otherwise.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        with Farm.create(release=Release(options.release)) as farm:
            farm.start(options.port)
            if options.at_work:
                serve_playground(farm, options.exports, options.at_work)
            serve(farm, options.exports)
    except KeyboardInterrupt:
        print('\nended')


if __name__ == '__main__':
    main()
