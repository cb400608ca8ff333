"""Runs MediaWiki's maintenance scripts."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.farm.errors import ScriptError
from tests.farm.folders import Folders


def run_script(folders: Folders, dbname: str, script: str | Path, *args: str, text: str = '') -> str:
    """Run a maintenance script on a wiki and return what it prints.

    :param script: the name of one of MediaWiki's own, without ".php", or the path of another
    :param text: what it reads on standard input
    :raises tests.farm.errors.ScriptError: it failed
    """
    path = script if isinstance(script, Path) else folders.mediawiki / 'maintenance' / f'{script}.php'
    return _run(path, args, {**folders.environment(), 'FARM_WIKI': dbname}, text)


def run_installer(folders: Folders, *args: str) -> str:
    """Run MediaWiki's installer, which must not see the farm's settings."""
    environment = folders.environment()
    del environment['MW_CONFIG_FILE']
    return _run(folders.mediawiki / 'maintenance' / 'install.php', args, environment, '')


def _run(path: Path, args: tuple[str, ...], environment: dict[str, str], text: str) -> str:
    result = subprocess.run(
        ['php', path, *args], input=text, env=environment, capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        raise ScriptError(path.name, result.returncode, result.stdout + result.stderr)
    return result.stdout
