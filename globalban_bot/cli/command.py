"""What a command of the program is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from globalban_bot.cli.options import Argument, Option


class Needs(Enum):
    """What a command needs of a wiki."""

    NOTHING = 'nothing'
    """It works without pywikibot, configuration and network."""
    FILES = 'files, or reading'
    """With files it needs nothing; without files it reads a wiki."""
    READING = 'reading'
    """It reads a wiki, and need not be logged in."""
    LOGIN = 'login'
    """It is logged in as the bot."""
    DIAGNOSIS = 'diagnosis'
    """It finds out by itself what is missing."""


@dataclass(frozen=True)
class Command:
    """Something that can be run.

    :param name: as in ``globalban NAME``
    :param purpose: a few words for the list of commands
    :param story: what its help says first
    :param options: of its own; arguments stand before options
    :param example: arguments with which it can be tried
    """

    name: str
    needs: Needs
    purpose: str
    story: str
    options: Sequence[Option | Argument]
    example: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """The module whose function ``run`` does it."""
        return f'globalban_bot.cli.{self.name.replace("-", "_")}'

    @property
    def line(self) -> str:
        """What is typed, without options."""
        return f'globalban {self.name}'

    @property
    def script(self) -> str | None:
        """The name of the pywikibot script; None where the command needs no wiki."""
        return None if self.needs is Needs.NOTHING else f'globalban_{self.name.replace("-", "_")}'
