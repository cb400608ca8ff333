"""What every command says where the network, the configuration, the password or a writable home lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from globalban_bot.cli.command import Command, Needs
from globalban_bot.cli.commands import COMMANDS
from globalban_bot.policy.loader import load_policy
from tests.offline import Ending, Situation, is_tried, run_all

#: The exit code, and part of the one line.
WANTED = {
    Situation.NO_NETWORK: (3, 'meta.wikimedia.org: [Errno -2] Name or service not known); check the network'),
    Situation.NO_CONFIGURATION: (2, 'copy user-config.py.sample to user-config.py'),
    Situation.WRONG_PASSWORD: (3, 'Incorrect username or password entered; look at the password file'),
    Situation.READ_ONLY_HOME: (2, 'cannot be written'),
}


@pytest.fixture(scope='module', params=list(Situation), ids=lambda situation: situation.value)
def situation(request: pytest.FixtureRequest) -> Situation:
    return Situation(request.param)


@pytest.fixture(scope='module')
def endings(situation: Situation, tmp_path_factory: pytest.TempPathFactory) -> dict[Command, Ending]:
    return run_all(situation, tmp_path_factory.mktemp('offline'))


@pytest.mark.parametrize('command', COMMANDS, ids=lambda command: command.line)
def test_each_command(command: Command, situation: Situation, endings: dict[Command, Ending]) -> None:
    """It should say in one line what is wrong and what to do, and end with 2 or 3; or else work."""
    if not is_tried(command, situation):
        assert command not in endings
        return
    ending = endings[command]
    if command.needs in {Needs.NOTHING, Needs.FILES}:
        assert ending.code == 0, ending
        return
    code, text = WANTED[situation]
    if command.name == 'doctor':
        # It says more: a line for each thing.
        assert [line for line in ending.lines if text in line and line.startswith('MEND')], ending
        assert ending.code in {2, 3}
        return
    assert (ending.code, len(ending.lines)) == (code, 1), ending
    assert text in ending.lines[0]


def test_doctor(endings: dict[Command, Ending]) -> None:
    """It should give a line to each check that failed, and one to all that were not made."""
    (lines,) = (ending.lines for command, ending in endings.items() if command.name == 'doctor')
    assert all(line.startswith(('OK ', 'MEND ', 'NOTE ')) for line in lines), lines
    texts = [line.partition(': ')[2] for line in lines]
    assert len(texts) == len(set(texts))
    assert len([line for line in lines if 'not checked' in line]) == 1
    is_compared = load_policy('global-bans').revision is not None
    assert bool([line for line in lines if 'nobody has compared the data' in line]) is not is_compared


def test_table_has_all_scripts() -> None:
    """It should list every script."""
    names = {path.stem for path in (Path(__file__).parents[2] / 'scripts').glob('globalban_*.py')}
    assert names == {command.script for command in COMMANDS if command.script}
