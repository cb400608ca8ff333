"""Runs a pywikibot script, or a module, in a process that can reach the farm alone.

    python -m tests.farm.pwb SCRIPT [ARGUMENT ...]
    python -m tests.farm.pwb -m MODULE [ARGUMENT ...]

It is told by the environment:

    FARM_URL, FARM_HOSTS   the farm
    FARM_FAULT             "moment:number[:needle]", see faults.py
    FARM_COUNT             a file in which the number of requests is left at the end
"""

from __future__ import annotations

import atexit
import os
import runpy
import sys
from pathlib import Path

from tests.farm.adapter import FarmAdapter
from tests.farm.faults import Fault


def adapter_from_environment() -> FarmAdapter:
    """Make the adapter that the environment describes."""
    fault = os.environ.get('FARM_FAULT')
    hosts = os.environ['FARM_HOSTS'].split()
    adapter = FarmAdapter(os.environ['FARM_URL'], hosts, Fault.parse(fault) if fault else None)
    if count := os.environ.get('FARM_COUNT'):
        atexit.register(lambda: Path(count).write_text(str(adapter.count), encoding='utf-8'))
    return adapter


def install(adapter: FarmAdapter) -> None:
    """Make the adapter the only transport of every session, pywikibot's and others."""
    import requests

    def mount_farm(session: requests.Session) -> None:
        plain(session)
        session.adapters.clear()
        session.mount('https://', adapter)
        session.mount('http://', adapter)

    plain = requests.Session.__init__
    setattr(requests.Session, '__init__', mount_farm)  # noqa: B010  # a constant name, but typed as final


def main() -> None:
    """Run what the command line names."""
    install(adapter_from_environment())
    if sys.argv[1] == '-m':
        del sys.argv[:2]
        runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)
    else:
        from pywikibot.scripts.wrapper import run

        run()


if __name__ == '__main__':
    main()
