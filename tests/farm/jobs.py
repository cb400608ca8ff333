"""Deliveries of action=massmessage, which wait in a file for each wiki until a test runs them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.farm.folders import SOURCE, Folders
from tests.farm.maintenance import run_script

SCRIPT = SOURCE / 'massmessage' / 'deliver.php'
AT_ONCE = 2


def deliver(folders: Folders, dbnames: Iterable[str]) -> dict[str, int]:
    """Try once to deliver what is queued; return how many were tried, by wiki. A read-only wiki waits."""
    waiting = [dbname for dbname in dbnames if _queue(folders, dbname).exists()]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outputs = list(pool.map(lambda dbname: run_script(folders, dbname, SCRIPT), waiting))
    return {dbname: int(output) for dbname, output in zip(waiting, outputs, strict=True)}


def empty_queue(folders: Folders) -> None:
    """Forget what is queued."""
    shutil.rmtree(_folder(folders), ignore_errors=True)


def _folder(folders: Folders) -> Path:
    return folders.run / 'massmessage'


def _queue(folders: Folders, dbname: str) -> Path:
    return _folder(folders) / f'{dbname}.jsonl'
