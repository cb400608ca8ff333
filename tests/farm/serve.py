"""Serves the farm until Ctrl-C, to be looked at in a browser, and for scripts from another terminal.

    python -m tests.farm.serve [--port PORT] [--release own|lts] [--at-work SECONDS] [EXPORT.xml ...]

The exports are imported into metawiki, their authors' accounts first; without any, the sample that comes with
the project. pywikibot's folder for the farm's bot lies in the farm's own, and goes with it at the end. With
--at-work, the wiki has the page kit, and the bot runs every so many seconds, as scheduled jobs let it.
"""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.resources import as_file
from pathlib import Path
from typing import NoReturn

from globalban_bot.sample import export
from tests.farm.accounts import BOT, OPERATOR
from tests.farm.at_work import BOT as WORKER
from tests.farm.at_work import EDITOR, make_ready, work
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import bound_to
from tests.farm.farm import Farm
from tests.farm.folders import CHECKOUT
from tests.farm.release import Release

SCRIPT = ('globalban_tally', '-limit:3')


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
        for file in exports or [stack.enter_context(as_file(export()))]:
            print(f'importing {file}', flush=True)
            farm.import_xml('metawiki', file)


def let_work(farm: Farm, bot: Path, seconds: int) -> NoReturn:
    """Let the bot run until interrupted.

    :param bot: pywikibot's folder
    :param seconds: between two runs
    """
    print(f'  editor     "{EDITOR.name}", password "{EDITOR.password}"')
    print(f'{WORKER.name} runs every {seconds} seconds.', flush=True)
    while True:
        for said in work(farm, bot):
            print(said, flush=True)
        time.sleep(seconds)


def command_line(farm: Farm, folder: Path) -> str:
    """Return what runs a script against this farm, from any terminal."""
    variables = [f'{name}={shlex.quote(value)}' for name, value in bound_to(farm, folder).items()]
    program = shlex.join([sys.executable, '-m', 'tests.farm.pwb', *SCRIPT])
    return ' '.join(['cd', shlex.quote(str(CHECKOUT)), '&&', *variables, program])


def describe(farm: Farm, folder: Path) -> str:
    """Say where the wikis are, how to log in, and how to run a script."""
    assert BOT.bot_password is not None
    return '\n'.join(
        [
            'The wikis are open:',
            *(f'  {wiki.dbname:10} {farm.browser_url(wiki.dbname)}' for wiki in farm.wikis.values()),
            f'What metawiki holds: {farm.browser_url("metawiki", "Special:RecentChanges")}',
            'Log in, on each of them:',
            f'  operator   "{OPERATOR.name}", password "{OPERATOR.password}"',
            f'  bot        "{BOT.name}", password "{BOT.password}"',
            f'  its script "{BOT.name}@{BOT.bot_password.suffix}", password "{BOT.bot_password.password}"',
            f"pywikibot's folder, for the bot: {folder}",
            'Run a script from another terminal:',
            f'  {command_line(farm, folder)}',
            'Ctrl-C ends it.',
        ]
    )


def main() -> None:
    """Serve until interrupted."""
    options = parse()
    # Both, expressly: what a shell starts in the background ignores SIGINT otherwise.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        with Farm.create(release=Release(options.release)) as farm:
            farm.start(options.port)
            bot = make_ready(farm, farm.folders.run / 'at work') if options.at_work else None
            fill(farm, options.exports)
            print(describe(farm, write_bot_folder(farm.folders.run / 'bot')), flush=True)
            if bot is not None:
                let_work(farm, bot, options.at_work)
            signal.pause()
    except KeyboardInterrupt:
        print('\nended')


if __name__ == '__main__':
    main()
