"""All tests against the real MediaWiki are there: none is lost without somebody's knowing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
KNOWN = CHECKOUT / 'tests' / 'farm' / 'collected.txt'


def test_farm_tests() -> None:
    """It should collect as many tests of the farm as tests/farm/collected.txt says; a new test changes it."""
    command = [sys.executable, '-m', 'pytest', '--collect-only', 'tests/farm']
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    found = re.search(r'^(\d+)(?:/\d+)? tests collected', done.stdout, re.MULTILINE)
    assert found is not None, done.stdout[-500:]
    assert int(found[1]) == int(KNOWN.read_text('utf-8')), f'write {found[1]} into {KNOWN.name}'
