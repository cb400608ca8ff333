"""Proves by trials that each notice is given once, that nobody's edit is lost, and that what is told is so.

In every second trial people send by the form instead, one or two of them, before the bot's own engine could.

python -m tests.farm.prove_notices [NUMBER] [SEED]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.farm.accounts import SENDER
from tests.farm.botfolder import write_bot_folder
from tests.farm.farm import Farm
from tests.farm.settle_trials import META, SettleTally, settle_trial
from tests.farm.trials import WIKI, Tally, deliver, trial

WORKERS = 2
#: After how many trials a line tells how far the proof is.
SHOWN = 50


def prove(farm: Farm, folder: Path, number: int, seed: str) -> tuple[Tally, SettleTally]:
    """Run trials, two at a time, and return what they showed."""

    def work(worker: int) -> tuple[Tally, SettleTally]:
        folders = [write_bot_folder(folder / f'{worker}{letter}') for letter in 'ab']
        for one in folders:  # what pywikibot asks once and keeps
            deliver(farm, one, ['Nowhere'], 1)
        given, settled = Tally(), SettleTally()
        for at in range(worker, number, WORKERS):
            if at // WORKERS % 2:
                settled += settle_trial(farm, folders[0], 100 + at, seed)
            else:
                given += trial(farm, folders, 100 + at, seed)
            if at % SHOWN == worker:
                print(f'{at + 1} of {number}', file=sys.stderr)
        return given, settled

    with ThreadPoolExecutor() as pool:
        both = [*pool.map(work, range(WORKERS))]
    return sum((one for one, _ in both), Tally()), sum((one for _, one in both), SettleTally())


def main() -> int:
    """Run as many trials as the command line says, 200 if it does not."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = sys.argv[2] if len(sys.argv) > 2 else str(random.SystemRandom().randrange(10**6))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Farm.create([WIKI, META]).start() as farm:
        farm.create_accounts(META, SENDER)
        tally, settled = prove(farm, Path(folder), number, seed)
    print(f'{tally}\n{settled}\nseed {seed}; {time.monotonic() - began:.0f} s')
    return 0 if tally.clean and settled.clean else 1


if __name__ == '__main__':
    sys.exit(main())
