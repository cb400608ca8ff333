"""Prints how each command ends where something lacks.

    python -m tests.offline_table
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.offline import Ending, Situation, matters, run_all


def told(ending: Ending) -> str:
    """Return the line that tells what is wrong: the doctor's first that is not well, or else the last."""
    wrong = [line for line in ending.lines if line.startswith('MEND')]
    return (wrong or [*ending.lines, ''])[0 if wrong else -2]


def main() -> None:
    """Print the table."""
    for situation in Situation:
        print(f'\n{situation.value}')
        with tempfile.TemporaryDirectory() as folder:
            endings = run_all(situation, Path(folder))
        for command, ending in endings.items():
            text = told(ending) if matters(command, situation) else '(does not need it)'
            print(f'  {command.line:32} {ending.code}  {len(ending.lines):3} lines  {text}')


if __name__ == '__main__':
    main()
