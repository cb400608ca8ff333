"""The one list of what can be run: help, README, documents and tests take the names from here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Way(Enum):
    """How a command is run today."""

    SCRIPT = 'pwb globalban_'
    """A script of pywikibot's, which takes pywikibot's own options, too."""
    MODULE = 'python -m globalban_bot '
    """A command of the package."""


class Needs(Enum):
    """What a command needs of a wiki."""

    NOTHING = 'nothing'
    """It works without pywikibot, configuration and network."""
    READING = 'reading'
    """It reads a wiki, and need not be logged in."""
    LOGIN = 'login'
    """It is logged in as the bot."""


@dataclass(frozen=True)
class Command:
    """Something that can be run.

    :param name: as ``tally``; a script and a command of the package may have the same
    :param example: options with which it can be tried
    """

    way: Way
    name: str
    needs: Needs
    purpose: str
    example: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """What is typed, without options."""
        return f'{self.way.value}{self.name}'


def _script(name: str, needs: Needs, purpose: str, *example: str) -> Command:
    return Command(Way.SCRIPT, name, needs, purpose, example)


def _module(name: str, needs: Needs, purpose: str, *example: str) -> Command:
    return Command(Way.MODULE, name, needs, purpose, example)


COMMANDS = (
    _module('demo', Needs.NOTHING, 'run the main job on the built-in sample'),
    _module('tally', Needs.NOTHING, 'tally saved pages: wikitext, or XML exports', 'PAGE.wiki'),
    _module('why', Needs.NOTHING, 'say why the entry on a line counts or not', 'PAGE.wiki', '81'),
    _module('whatif', Needs.NOTHING, 'figures over closed requests, under several rules'),
    _module('doctor', Needs.LOGIN, 'check the setup, on the wiki too; edits nothing'),
    _module('forget', Needs.LOGIN, 'blank for good what was posted on a request', '123'),
    _script('tally', Needs.READING, 'tally the live requests', '-limit:5'),
    _script('check', Needs.READING, 'before filing: who qualifies, whom to tell', '-subject:NAME'),
    _script('whatif', Needs.READING, "figures over the wiki's closed requests"),
    _script('background', Needs.READING, 'figures for the operator alone', '-request:123'),
    _script('setup', Needs.LOGIN, 'make the templates, guides, settings and stop page'),
    _script('status', Needs.LOGIN, 'bring list and boxes up to date'),
    _script('talk', Needs.LOGIN, 'answer what editors asked on talk pages'),
    _script('notify', Needs.LOGIN, 'which communities were told, which were not', '-request:123'),
)
"""All that can be run, in the order in which a newcomer meets them."""


def module_command(name: str) -> Command:
    """Return a command of the package."""
    return next(command for command in COMMANDS if (command.way, command.name) == (Way.MODULE, name))
