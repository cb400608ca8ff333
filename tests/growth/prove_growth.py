"""``make prove-growth``: every family of repeated patterns, in every place, takes a time that is linear.

.. code-block:: console

   python -m tests.growth.prove_growth [LONGEST] [--worst NUMBER] [--places NAME,NAME] [--families NAME,NAME]
   python -m tests.growth.prove_growth 1000000 --once

With ``--once`` it reads one text of that length of each, and looks at time and memory.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import product

from tests.growth.families import load_families
from tests.growth.measure import (
    FACTOR,
    MOST_GROWTH,
    MOST_MEMORY,
    MOST_SECONDS,
    Cost,
    Growth,
    measure,
    read_once,
)
from tests.growth.places import PLACES

#: Characters of the shorter text, at most. Braces that are more than 50,000 characters apart are no call but
#: text, which takes longer to read: so the longer text stays below that.
LONGEST = 6_000
_ALL = load_families()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the worst cases; the exit code tells whether all are linear."""
    parser = argparse.ArgumentParser(prog='prove_growth', description=__doc__)
    parser.add_argument('longest', nargs='?', type=int, default=LONGEST)
    parser.add_argument('--worst', type=int, default=25)
    parser.add_argument('--workers', type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument('--places', type=lambda value: value.split(','), default=[*PLACES])
    parser.add_argument('--families', type=lambda value: value.split(','), default=[*_ALL])
    parser.add_argument('--once', action='store_true')
    options = parser.parse_args(arguments)
    cases = [*product(options.families, options.places)]
    if options.once:
        return _read_each(cases, options.longest, options.workers, options.worst)
    growths = sorted(_measured(cases, options.longest, options.workers), key=_badness, reverse=True)
    print(f't({FACTOR}n)/t(n), best of three; wanted: at most {MOST_GROWTH:g}')
    print(
        f'{"family":40}{"place":11}{"characters":>11}{"t(n)":>9}{f"t({FACTOR}n)":>10}{"ratio":>8}{"MiB":>6}'
    )
    for growth in growths[: options.worst]:
        print(_row(growth))
    bad = [growth for growth in growths if not growth.is_linear]
    print(f'{len(options.families)} families x {len(options.places)} places = {len(cases)} cases')
    print(f'{len(bad)} of them are not linear')
    print(f'most memory of one case: {max(growth.memory for growth in growths)} MiB')
    return 1 if bad else 0


def _read_each(cases: Sequence[tuple[str, str]], length: int, workers: int, worst: int) -> int:
    """Read one text of each case, and print those that cost the most; return the exit code."""
    with ProcessPoolExecutor(workers) as pool:
        jobs = [pool.submit(_read_once, *case, length) for case in cases]
        costs = [job.result() for job in as_completed(jobs)]
    print(f'{"family":40}{"place":11}{"seconds":>9}{"MiB":>6}')
    for cost in sorted(costs, key=lambda cost: (not cost.is_bearable, cost.seconds), reverse=True)[:worst]:
        print(f'{cost.family:40}{cost.place:11}{cost.seconds:>9.1f}{cost.memory:>6} {cost.ended}')
    bad = [cost for cost in costs if not cost.is_bearable]
    print(f'{len(cases)} texts of {length} characters')
    print(f'{len(bad)} of them take more than {MOST_SECONDS:g} s or {MOST_MEMORY} MiB')
    print(f'most memory of one: {max(cost.memory for cost in costs)} MiB')
    return 1 if bad else 0


def _read_once(family: str, place: str, length: int) -> Cost:
    return read_once(_ALL[family], place, length)


def _measured(cases: Sequence[tuple[str, str]], longest: int, workers: int) -> Iterator[Growth]:
    """Yield how the cases grow; those that are not linear are told at once."""
    with ProcessPoolExecutor(workers) as pool:
        for job in as_completed([pool.submit(_measure, *case, longest) for case in cases]):
            growth = job.result()
            if not growth.is_linear:
                print(_row(growth), file=sys.stderr, flush=True)
            yield growth


def _measure(family: str, place: str, longest: int) -> Growth:
    return measure(_ALL[family], place, longest)


def _badness(growth: Growth) -> tuple[float, float]:
    """Order by growth; where the longer text was too much, by the time that one character takes."""
    return growth.ratio, growth.short / growth.length if growth.length else float('inf')


def _row(growth: Growth) -> str:
    long = '-' if growth.long is None else f'{growth.long * 1000:.0f}ms'
    return (
        f'{growth.family:40}{growth.place:11}{growth.length:>11}{growth.short * 1000:>7.1f}ms{long:>10}'
        f'{growth.ratio:>8.1f}{growth.memory:>6} {growth.ended}'
    )


if __name__ == '__main__':
    sys.exit(main())
