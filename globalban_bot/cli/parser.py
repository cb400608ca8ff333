"""The parser of the command line, made from the table of commands."""

from __future__ import annotations

import argparse

from globalban_bot import __version__
from globalban_bot.cli.command import Command, Needs
from globalban_bot.cli.commands import COMMANDS

_PYWIKIBOT = "pywikibot's own options work, too: -simulate shows plan and changes, and edits nothing."
_EXIT_CODES = (
    'Exit codes: 0 done, or stopped; 2 bad options, configuration or files; 3 the wiki said no, the rest was '
    'done; 4 an unsafe plan was held back; 70 our own mistake.'
)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog='globalban',
        description='Facts about global ban requests. It counts; it never concludes.',
        allow_abbrev=False,
    )
    parser.add_argument('--version', action='version', version=__version__)
    subparsers = parser.add_subparsers(required=True, metavar='COMMAND')
    for command in COMMANDS:
        _add(subparsers, command)
    return parser


def _add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser], command: Command) -> None:
    ending = _EXIT_CODES if command.needs is Needs.NOTHING else f'{_PYWIKIBOT} {_EXIT_CODES}'
    parser = subparsers.add_parser(
        command.name,
        help=command.purpose,
        description=f'{command.story} It counts; it never concludes.',
        epilog=ending,
        allow_abbrev=False,
    )
    parser.set_defaults(command=command)
    for option in command.options:
        option.add_to(parser)
