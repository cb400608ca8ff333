"""The one table of commands: the parser, the scripts, the documents and the tests take them from here."""

from __future__ import annotations

from globalban_bot.cli.command import Command
from globalban_bot.cli.edits import EDITS
from globalban_bot.cli.reports import REPORTS

COMMANDS: tuple[Command, ...] = (*REPORTS, *EDITS)
"""All that can be run, in the order in which a newcomer meets them."""
