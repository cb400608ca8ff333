"""``python -m globalban_bot``: what is no pywikibot script.

Only ``doctor`` and ``forget`` need a wiki and pywikibot; their code is imported when they are run.
"""

from __future__ import annotations

import argparse
import shlex
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from globalban_bot import __version__
from globalban_bot.commands import module_command
from globalban_bot.errors import InternalError, UserError
from globalban_bot.sample import export
from globalban_bot.tasks.demo import run_demo
from globalban_bot.tasks.ending import ending_of, nobody_reads, pywikibot_error
from globalban_bot.tasks.show import FORMATS, explain_pages, explain_place, show
from globalban_bot.tasks.study.show import STUDY_FORMS, WhatifAsked, run_whatif_show
from globalban_bot.tasks.tally import tally_files


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code (see :mod:`globalban_bot.errors`)."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal cannot show must not end the run.
        stream.reconfigure(errors='backslashreplace')  # type: ignore[union-attr]
    try:
        code = int(options.run(options, datetime.now(UTC)))
        sys.stdout.flush()
    except BrokenPipeError:
        return nobody_reads()
    except Exception as error:
        code, text = ending_of(error, pywikibot_error())
        if code == InternalError.exit_code and not isinstance(error, InternalError):
            traceback.print_exc()
        print(f'error: {text}', file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog='python -m globalban_bot',
        description='Facts about global ban requests. It counts; it never concludes.',
    )
    parser.add_argument('--version', action='version', version=__version__)
    commands = parser.add_subparsers(required=True, metavar='COMMAND')

    demo = _add(commands, 'demo')
    demo.add_argument(
        '--output', type=Path, default=Path('demo-output'), help='folder for the pages (default: %(default)s)'
    )
    demo.set_defaults(run=_demo)

    tally = _add(commands, 'tally')
    tally.add_argument('files', nargs='+', metavar='FILE', help='a file, or - for standard input')
    tally.add_argument('--format', choices=FORMATS, default='table', help='(default: %(default)s)')
    tally.add_argument('--title', default='', help='title of the page, where the file does not tell it')
    tally.add_argument('--explain', action='store_true', help='say for each entry why it counts or not')
    tally.set_defaults(run=_tally)

    why = _add(commands, 'why')
    why.add_argument('file', metavar='FILE', help='a file, or - for standard input')
    why.add_argument('line', type=int, metavar='LINE', help='line of the page, from 1')
    why.set_defaults(run=_why)
    _add_whatif(commands)
    _add_wiki_commands(commands)
    return parser


def _add(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=module_command(name).purpose)


def _add_whatif(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    whatif = _add(commands, 'whatif')
    whatif.add_argument(
        'files', nargs='*', type=Path, metavar='FILE', help='XML exports; without any the built-in sample'
    )
    whatif.add_argument('--facts', type=Path, metavar='FILE', help='recorded facts about the accounts')
    whatif.add_argument('--later', type=Path, metavar='FILE', help='bans by other bodies, by page id')
    whatif.add_argument('--format', choices=STUDY_FORMS, default='table', help='(default: %(default)s)')
    whatif.add_argument('--output', type=Path, metavar='FILE', help='write there, not to the terminal')
    whatif.set_defaults(run=_whatif)


def _add_wiki_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    doctor = _add(commands, 'doctor')
    doctor.set_defaults(run=_doctor)

    forget = _add(commands, 'forget')
    forget.add_argument('page_id', type=_page_id, metavar='PAGEID', help='page id of the request')
    forget.add_argument('--always', action='store_true', help='do it without asking')
    forget.add_argument(
        '--cache', type=Path, metavar='FOLDER', help="(default: globalban-cache in pywikibot's folder)"
    )
    forget.set_defaults(run=_forget)


def _demo(options: argparse.Namespace, now: datetime) -> int:
    print(run_demo(options.output))
    print(f'Next, the same without the demo: {_next_command()}')
    return 0


def _next_command() -> str:
    """Return a command line that works as it stands: in a checkout, Python is in a folder of its own."""
    here = Path.cwd()
    paths = [Path(sys.executable), Path(str(export()))]
    words = [str(path.relative_to(here)) if path.is_relative_to(here) else str(path) for path in paths]
    return f'{shlex.quote(words[0])} -m globalban_bot tally {shlex.quote(words[1])}'


def _tally(options: argparse.Namespace, now: datetime) -> int:
    found, errors = tally_files(options.files, now, title=options.title)
    if found:
        text = explain_pages(found) if options.explain else show(found, options.format, now)
        sys.stdout.write(text)
    for error in errors:
        print(f'error: {error}', file=sys.stderr)
    return errors[0].exit_code if errors else 0


def _why(options: argparse.Namespace, now: datetime) -> int:
    found, errors = tally_files([options.file], now)
    if errors:
        raise errors[0]
    if options.line < 1:
        raise UserError(f'line {options.line}: lines are counted from 1')
    sys.stdout.write(explain_place(found, options.line))
    return 0


def _whatif(options: argparse.Namespace, now: datetime) -> int:
    asked = WhatifAsked(options.files, options.facts, options.later, options.format, options.output)
    sys.stdout.write(run_whatif_show(asked, now))
    return 0


def _doctor(options: argparse.Namespace, now: datetime) -> int:
    from globalban_bot.tasks.doctor import run_doctor  # noqa: PLC0415

    return run_doctor(print, now)


def _forget(options: argparse.Namespace, now: datetime) -> int:
    from globalban_bot.tasks.forget import Asked, run_forget  # noqa: PLC0415

    return run_forget(Asked(options.page_id, options.cache, options.always), now, print, _ask)


def _ask() -> bool:
    """Ask the person at the terminal; nobody there means no."""
    if not sys.stdin.isatty():
        return False
    try:
        return input('Blank this page? [y/N] ').strip().lower() in {'y', 'yes'}
    except EOFError:
        return False


def _page_id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f'{text} is no page id, which is a number')
    return int(text)


if __name__ == '__main__':
    sys.exit(main())
