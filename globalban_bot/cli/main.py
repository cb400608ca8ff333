"""The program: ``globalban COMMAND``, ``python -m globalban_bot COMMAND`` and ``pwb globalban_COMMAND``."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from importlib import import_module

import argcomplete

from globalban_bot.cli.clock import Clock, machine_clock
from globalban_bot.cli.command import Command, Needs
from globalban_bot.cli.exit_codes import run_with_exit_code
from globalban_bot.cli.options import with_two_dashes
from globalban_bot.cli.parser import make_parser


def main(arguments: Sequence[str] | None = None, clock: Clock = machine_clock) -> int:
    """Run a command.

    :param arguments: name and options of the command; None for those of the process
    :param clock: tells the moment; another one than the machine's stands, whatever the wiki's tells
    :return: the exit code (see :mod:`globalban_bot.errors`)
    """
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal cannot show must not end the run.
        stream.reconfigure(errors='backslashreplace')  # type: ignore[union-attr]
    given = sys.argv[1:] if arguments is None else arguments
    parser = make_parser()
    argcomplete.autocomplete(parser)
    options, unknown = parser.parse_known_args([with_two_dashes(one) for one in given])
    command: Command = options.command

    def run() -> int:
        _prepare(command, options, unknown, parser)
        return int(import_module(command.module).run(options, clock))

    return run_with_exit_code(run, edits=command.needs is Needs.LOGIN)


def script(name: str, arguments: Sequence[str]) -> None:
    """Run a command as a pywikibot script, and end with its exit code.

    :param arguments: of the command line; none for those of the process
    """
    sys.exit(main([name, *(arguments or sys.argv[1:])]))


def _prepare(
    command: Command, options: argparse.Namespace, unknown: Sequence[str], parser: argparse.ArgumentParser
) -> None:
    """Let pywikibot take its own options; what nobody knows ends the run.

    :raises UserError: the bot is not configured
    """
    if needs_wiki(command, options):
        # Only here, as the import of pywikibot fails where there is no configuration.
        from globalban_bot.wiki.login import take_arguments  # noqa: PLC0415

        logging.basicConfig(level=logging.INFO, format='%(message)s')
        unknown = take_arguments([_with_one_dash(one) for one in unknown])
    if unknown:
        parser.error(f'there is no option {unknown[0]}; see globalban {command.name} --help')


def needs_wiki(command: Command, options: argparse.Namespace) -> bool:
    """Tell whether a command is about to ask a wiki; ``doctor`` finds out by itself whether it can."""
    if command.needs is Needs.FILES:
        return not (options.files or getattr(options, 'sample', False))
    return command.needs in {Needs.READING, Needs.LOGIN}


def _with_one_dash(argument: str) -> str:
    """Return ``--name=VALUE`` as pywikibot writes it, ``-name:VALUE``."""
    if not argument.startswith('--'):
        return argument
    name, sign, value = argument[1:].partition('=')
    return f'{name}:{value}' if sign else name
