"""Proves by trials that each notice is given exactly once, and that nobody's edit is lost.

python -m tests.farm.prove_notices [NUMBER] [SEED]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.farm.botfolder import write_bot_folder
from tests.farm.farm import Farm
from tests.farm.trials import WIKI, Tally, deliver, trial

WORKERS = 2


def prove(farm: Farm, folder: Path, number: int, seed: str) -> Tally:
    """Run trials, two at a time, and return what they showed."""

    def work(worker: int) -> Tally:
        folders = [write_bot_folder(folder / f'{worker}{letter}') for letter in 'ab']
        for one in folders:  # what pywikibot asks once and keeps
            deliver(farm, one, ['Nowhere'], 1)
        trials = (trial(farm, folders, 100 + at, seed) for at in range(worker, number, WORKERS))
        return sum(trials, Tally())

    with ThreadPoolExecutor() as pool:
        return sum(pool.map(work, range(WORKERS)), Tally())


def main() -> int:
    """Run as many trials as the command line says, 200 if it does not."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = sys.argv[2] if len(sys.argv) > 2 else str(random.SystemRandom().randrange(10**6))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Farm.create([WIKI]).start() as farm:
        tally = prove(farm, Path(folder), number, seed)
    print(f'{tally}; seed {seed}; {time.monotonic() - began:.0f} s')
    return 0 if tally.clean else 1


if __name__ == '__main__':
    sys.exit(main())
