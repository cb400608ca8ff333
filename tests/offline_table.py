"""Prints how each command ends where something lacks.

python -m tests.offline_table
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from globalban_bot.cli.command import Command, Needs
from globalban_bot.cli.commands import COMMANDS
from tests.offline import Ending, Situation, run_all


def row(command: Command, ending: Ending | None) -> str:
    """Return exit code, number of lines, and the line that tells what is wrong."""
    if ending is None:
        return '-  (needs nothing that lacks)'
    wrong = [line for line in ending.lines if line.startswith('MEND')] or [*ending.lines]
    text = '(works)' if command.needs is Needs.NOTHING else wrong[0]
    return f'{ending.code}  {len(ending.lines):3} lines  {text}'


def main() -> None:
    """Print the table."""
    for situation in Situation:
        print(f'\n{situation.value}')
        with tempfile.TemporaryDirectory() as folder:
            endings = run_all(situation, Path(folder))
        for command in COMMANDS:
            print(f'  {command.line:32} {row(command, endings.get(command))}')


if __name__ == '__main__':
    main()
