"""Every command where something lacks: no network, no configuration, a wrong password, a read-only home.

A process for each situation imports pywikibot once, and runs each command in a fork of itself. A process for
each command would take several times as long.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from globalban_bot.cli.command import Command, Needs
from globalban_bot.cli.commands import COMMANDS

CHECKOUT = Path(__file__).parents[1]
PAGE = CHECKOUT / 'tests' / 'pages' / 'resolved-08.wiki'
CONFIGURATION = """\
family = mylang = 'meta'
usernames['*']['*'] = 'Invented bot'
password_file = 'passwords'
user_agent_description = 'operator@wiki.example'
max_retries = 0
"""
PASSWORD = "('Invented bot', BotPassword('invented', 'wrong'))\n"
#: Root may write everywhere; without these capabilities it may not.
_AS_ANYBODY = ('setpriv', '--bounding-set', '-dac_override,-dac_read_search')


class Situation(Enum):
    """What lacks."""

    NO_NETWORK = 'no network'
    NO_CONFIGURATION = 'no configuration'
    WRONG_PASSWORD = 'wrong password'  # the name of a situation
    READ_ONLY_HOME = 'read-only home'


@dataclass(frozen=True)
class Ending:
    """How a command ended.

    :param code: its exit code
    :param lines: what it printed, on both streams
    """

    code: int
    lines: tuple[str, ...]


def is_tried(command: Command, situation: Situation) -> bool:
    """Tell whether a command is run: where it needs what lacks; what needs nothing is run once."""
    if situation is Situation.WRONG_PASSWORD:
        return command.needs in {Needs.LOGIN, Needs.DIAGNOSIS}
    return command.needs not in {Needs.NOTHING, Needs.FILES} or situation is Situation.NO_CONFIGURATION


def run_all(situation: Situation, folder: Path) -> dict[Command, Ending]:
    """Run each command that needs what lacks.

    :param folder: an empty one
    """
    home = prepare(situation, folder)
    kept = {name: value for name, value in os.environ.items() if not name.startswith('PYWIKIBOT_')}
    environment = {**kept, 'HOME': str(home), 'PYTHONPATH': str(CHECKOUT), 'PYTHONIOENCODING': 'utf-8'}
    before = _AS_ANYBODY if os.geteuid() == 0 and shutil.which(_AS_ANYBODY[0]) else ()
    done = subprocess.run(
        [*before, sys.executable, '-m', 'tests.offline_child', situation.name, str(folder / 'said')],
        cwd=home, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    endings = zip(COMMANDS, json.loads(done.stdout), strict=True)
    return {command: Ending(ending[0], tuple(ending[1])) for command, ending in endings if ending}


def prepare(situation: Situation, folder: Path) -> Path:
    """Make a home in which pywikibot looks for its configuration; return it."""
    home = folder / 'home'
    for path in (home, folder / 'said'):
        path.mkdir()
    (home / 'scripts').symlink_to(CHECKOUT / 'scripts')
    if situation is not Situation.NO_CONFIGURATION:
        for name, text in (('user-config.py', CONFIGURATION), ('passwords', PASSWORD)):
            (home / name).write_text(text)
            (home / name).chmod(0o600)
    if situation is Situation.READ_ONLY_HOME:
        home.chmod(0o500)
    return home


def command_line(command: Command, folder: Path) -> list[str]:
    """Return the arguments of a process that runs a command.

    :param folder: one that can be written
    """
    example = [str(PAGE) if text == 'PAGE.wiki' else text for text in command.example]
    if command.name == 'demo':
        example = ['--output', str(folder / 'demo')]
    return [command.name, *example]
