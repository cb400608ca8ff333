"""The folder of scripts, as pywikibot takes it."""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import scripts
from globalban_bot.cli.commands import COMMANDS

FOLDER = Path(scripts.__file__).parent
SCRIPTS = sorted(path for path in FOLDER.glob('*.py') if path.stem != '__init__')


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text('utf-8'))


def test_base_dir() -> None:
    """It should name its own folder as a path: pywikibot reads it through the entry point."""
    assert scripts.base_dir == FOLDER
    assert isinstance(scripts.base_dir, Path)


def test_i18n() -> None:
    """It should have an importable i18n, without which pywikibot's wrapper fails."""
    assert importlib.import_module('scripts.i18n').__doc__


@pytest.mark.parametrize('path', SCRIPTS, ids=lambda path: path.stem)
def test_form_of_a_script(path: Path) -> None:
    """It should keep a script to pywikibot's form: help text, main that takes arguments; and be short."""
    module = tree(path)
    assert 'It counts; it never concludes' in (ast.get_docstring(module) or '')
    (main,) = [node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == 'main']
    assert main.args.vararg is not None
    assert len(path.read_text('utf-8').splitlines()) < 25
    assert path.stem.startswith('globalban_'), 'names of scripts must be unique among all plugins'


def test_a_script_for_each_command() -> None:
    """It should have a script for each command that may ask a wiki, and no other."""
    assert {path.stem for path in SCRIPTS} == {command.script for command in COMMANDS if command.script}
    for path in SCRIPTS:
        name = path.stem.removeprefix('globalban_').replace('_', '-')
        assert f'script({name!r}, args)' in path.read_text('utf-8')


#: Run in a child: the names that pywikibot takes for itself before a script sees them.
TAKEN = """
import re
from pywikibot import bot, config

numeric = [name for name, value in vars(config).items() if isinstance(value, (int, float))]
print(*numeric, *re.findall(r'^-(\\w+)', bot._GLOBAL_HELP, re.MULTILINE))
"""


def test_no_option_that_pywikibot_swallows(tmp_path: Path) -> None:
    """It should name no option like a global one or a numeric setting of pywikibot."""
    environment = {**os.environ, 'PYWIKIBOT_NO_USER_CONFIG': '2', 'PYWIKIBOT_DIR': str(tmp_path)}
    done = subprocess.run(
        [sys.executable, '-c', TAKEN],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    taken = set(done.stdout.split())
    assert {'max_retries', 'simulate'} <= taken
    assert not taken & {option.name for command in COMMANDS for option in command.options}
