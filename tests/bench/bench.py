"""``make bench``: reading time as a ratio to a bare ``mwparserfromhell.parse`` of the same page.

Ratios of one run on one machine; absolute times say little. Pages are made of the vote lines of
the replica pages, so that lines are as long and as odd as people write them.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import mwparserfromhell

from globalban_bot.decide.tally import tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.page import reader_for

PAGES = Path(__file__).parent.parent / 'pages'
SIZES = (50, 500, 2000)
ROUNDS = 7
#: What is wanted: see README.md.
MOST_RATIO = 1.5
MOST_GROWTH = 4.4


def vote_lines() -> list[str]:
    """Return the vote lines of the replica pages, as a numbered list has them."""
    lines = (line for path in sorted(PAGES.glob('*.wiki')) for line in path.read_text('utf-8').split('\n'))
    return ['#' + line[1:] for line in lines if re.match(r'[#*][^#*:]', line) and '(UTC)' in line]


def page(votes: int) -> str:
    """Return a request page with so many vote lines."""
    lines = vote_lines()
    random.Random(1).shuffle(lines)
    # Round and round, so that the lines of a large page are as long as those of a small one.
    chosen = [*islice(cycle(lines), votes)]
    half = votes // 2
    head = '{{rfc subpage\n |status  =\n |comment =\n |date    = 20270501120000\n}}\n'
    return '\n'.join([head, '== Support ==', *chosen[:half], '', '== Oppose ==', *chosen[half:]])


def fastest(job: Callable[[str], object], text: str) -> float:
    """Return the time that a job with a text takes in the fastest of some rounds, in seconds."""
    best = float('inf')
    for _ in range(ROUNDS):
        start = time.perf_counter()
        job(text)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> int:
    """Print the ratios; the exit code tells whether they are as wanted."""
    reader = reader_for(load_profile('meta'))
    reader.read(page(5))
    read: dict[int, float] = {}
    ratios = []
    print(f'{"votes":>6}{"bytes":>10}{"read":>10}{"bare parse":>12}{"ratio":>8}')
    for votes in SIZES:
        text = page(votes)
        read[votes] = fastest(lambda text: tally(reader.read(text)), text)
        bare = fastest(mwparserfromhell.parse, text)
        ratios.append(read[votes] / bare)
        size = len(text.encode())
        print(f'{votes:>6}{size:>10}{read[votes] * 1000:>8.1f}ms{bare * 1000:>10.1f}ms{ratios[-1]:>8.2f}')
    growth = read[2000] / read[500]
    print(f't(2000)/t(500) = {growth:.2f} (wanted: at most {MOST_GROWTH}; linear is 4)')
    print(f'largest ratio = {max(ratios):.2f} (wanted: at most {MOST_RATIO})')
    return 0 if max(ratios) <= MOST_RATIO and growth <= MOST_GROWTH else 1


if __name__ == '__main__':
    sys.exit(main())
