"""The options of commands, as ``--name VALUE``, and as pywikibot writes them: ``-name:VALUE``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PYWIKIBOT_STYLE = re.compile(r'-(?P<name>[a-z][\w-]+)(?P<value>:.*)?', re.DOTALL)


@dataclass(frozen=True)
class Option:
    """An option of a command.

    :param name: without dashes
    :param metavar: stands for its value in the help; empty for an option without a value
    :param make: makes the value of its text; ``ValueError`` means that the text is no such value
    :param repeated: whether it may be given several times
    """

    name: str
    help: str
    metavar: str = ''
    make: Callable[[str], Any] = str
    default: Any = None
    choices: Sequence[str] | None = None
    repeated: bool = False

    def add_to(self, parser: argparse.ArgumentParser) -> None:
        """Let a parser know the option."""
        flag = f'--{self.name}'
        if not self.metavar:
            parser.add_argument(flag, action='store_true', help=self.help)
            return
        parser.add_argument(
            flag,
            metavar=self.metavar,
            type=self._made,
            action='append' if self.repeated else 'store',
            default=[] if self.repeated else self.default,
            choices=self.choices,
            help=self.help,
        )

    def _made(self, text: str) -> Any:
        if not text:
            raise argparse.ArgumentTypeError('its value is missing')
        try:
            return self.make(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f'it does not take the value {text[:100]!r}') from error


@dataclass(frozen=True)
class Argument:
    """What a command works on, named without a dash before it.

    :param count: as argparse's ``nargs``: ``*`` for any number; None for one
    """

    name: str
    help: str
    metavar: str
    make: Callable[[str], Any] = str
    count: str | None = None

    def add_to(self, parser: argparse.ArgumentParser) -> None:
        """Let a parser know the argument."""
        parser.add_argument(self.name, metavar=self.metavar, type=self.make, nargs=self.count, help=self.help)


def with_two_dashes(argument: str) -> str:
    """Return ``-name:VALUE`` as ``--name=VALUE``, ``-name`` as ``--name``, and anything else as it is."""
    match = _PYWIKIBOT_STYLE.fullmatch(argument)
    if match is None:
        return argument
    value = match['value']
    return f'--{match["name"]}' if value is None else f'--{match["name"]}={value[1:]}'


def number(text: str) -> int:
    """Return a number that is not negative.

    :raises ValueError: the text is no such number
    """
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


def positive_number(text: str) -> int:
    """Return a number that is greater than zero.

    :raises ValueError: the text is no such number
    """
    if not number(text):
        raise ValueError(text)
    return int(text)


ALWAYS = Option('always', 'Do it without asking.')
CACHE = Option(
    'cache',
    "Folder of cache and lock (default: globalban-cache in pywikibot's folder). Deleting it costs time only.",
    'FOLDER',
    Path,
)
FACTS = Option('facts', 'Take facts about accounts from a recorded file; ask no wiki for them.', 'FILE', Path)
RECORD = Option(
    'record',
    'Record what the wikis tell about accounts. The file names people: keep and delete it as such.',
    'FILE',
    Path,
)
REQUEST = Option('request', 'The request, by page id or full title.', 'PAGE')
PROFILE = Option('profile', 'The wiki farm (default: %(default)s).', 'NAME', default='meta')
