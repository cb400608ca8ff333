"""``make prove-growth``: every family of repeated patterns, in every place, takes a time that is linear.

.. code-block:: console

   python -m tests.growth.prove_growth [LONGEST] [--worst NUMBER] [--places NAME,NAME] [--families NAME,NAME]
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product

from tests.growth.families import load_families
from tests.growth.measure import FACTOR, MOST_GROWTH, Growth, measure
from tests.growth.places import PLACES

#: Characters of the shorter text, at most; the longer one has eight times as many.
LONGEST = 16_000
_ALL = load_families()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the worst cases; the exit code tells whether all are linear."""
    parser = argparse.ArgumentParser(prog='prove_growth', description=__doc__)
    parser.add_argument('longest', nargs='?', type=int, default=LONGEST)
    parser.add_argument('--worst', type=int, default=25)
    parser.add_argument('--workers', type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument('--places', type=lambda value: value.split(','), default=[*PLACES])
    parser.add_argument('--families', type=lambda value: value.split(','), default=[*_ALL])
    options = parser.parse_args(arguments)
    cases = [*product(options.families, options.places)]
    with ProcessPoolExecutor(options.workers) as pool:
        jobs = [pool.submit(_measure, *case, options.longest) for case in cases]
        growths = sorted((job.result() for job in jobs), key=_badness, reverse=True)
    _show(growths[: options.worst])
    bad = [growth for growth in growths if not growth.is_linear]
    print(f'{len(options.families)} families x {len(options.places)} places = {len(cases)} cases: {len(bad)} not linear')
    print(f'most memory of one case: {max(growth.memory for growth in growths)} MiB')
    return 1 if bad else 0


def _measure(family: str, place: str, longest: int) -> Growth:
    return measure(_ALL[family], place, longest)


def _badness(growth: Growth) -> tuple[float, float]:
    """Order by growth; where the longer text was too much, by the time that one character takes."""
    return growth.ratio, growth.short / growth.length if growth.length else float('inf')


def _show(growths: Sequence[Growth]) -> None:
    print(f't({FACTOR}n)/t(n), best of three; wanted: at most {MOST_GROWTH:g}')
    print(f'{"family":40}{"place":11}{"characters":>11}{"t(n)":>9}{f"t({FACTOR}n)":>10}{"ratio":>8}{"MiB":>6}')
    for one in growths:
        long = '-' if one.long is None else f'{one.long * 1000:.0f}ms'
        print(
            f'{one.family:40}{one.place:11}{one.length:>11}{one.short * 1000:>7.1f}ms{long:>10}'
            f'{one.ratio:>8.1f}{one.memory:>6} {one.ended}'
        )


if __name__ == '__main__':
    sys.exit(main())
