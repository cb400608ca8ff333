"""Starts programs in processes of their own, bound to a farm."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.farm.farm import Farm
from tests.farm.faults import Fault
from tests.farm.folders import CHECKOUT


@dataclass(frozen=True)
class Outcome:
    """How a program ended.

    :param code: its exit code; negative: the signal that killed it
    :param requests: the HTTP requests it made, or None where it was killed
    """

    code: int
    output: str
    errors: str
    requests: int | None


def bound_to(farm: Farm, folder: Path) -> dict[str, str]:
    """Return the variables by which ``python -m tests.farm.pwb`` finds the farm and its own folder."""
    return {'FARM_URL': farm.url, 'FARM_HOSTS': ' '.join(farm.hosts), 'PYWIKIBOT_DIR': str(folder)}


def run_child(
    farm: Farm,
    folder: Path,
    *command: str,
    fault: Fault | None = None,
    text: str = '',
    typed: str | None = None,
    timeout: float = 120,
) -> Outcome:
    """Run a pywikibot script by name, or ("-m", "module", …), against the farm.

    :param folder: the folder for pywikibot, from ``botfolder.write_bot_folder``
    :param fault: what is to go wrong with its requests
    :param text: what it reads on standard input
    :param typed: what a person types at its terminal; None where there is no terminal
    """
    count = folder / 'requests.count'
    count.unlink(missing_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if name != 'PYWIKIBOT_NO_USER_CONFIG'},
        **bound_to(farm, folder),
        'FARM_COUNT': str(count),
        'FARM_FAULT': str(fault or ''),
        'PYTHONPATH': os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get('PYTHONPATH')])),
    }
    given: dict[str, Any] = {'input': text}
    if typed is not None:
        person, terminal = pty.openpty()
        os.write(person, typed.encode() or b'\x04')
        given = {'stdin': terminal}
    result = subprocess.run(
        [sys.executable, '-m', 'tests.farm.pwb', *command],
        env=environment, cwd=folder, capture_output=True, text=True, timeout=timeout, check=False, **given,
    )  # fmt: skip
    if typed is not None:
        os.close(person)
        os.close(terminal)
    requests = int(count.read_text()) if count.exists() else None
    return Outcome(result.returncode, result.stdout, result.stderr, requests)
