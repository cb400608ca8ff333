"""Measure the reader against gold: ``python tools/score.py FOLDER`` (``make score PAGES=FOLDER``).

The folder holds pairs ``NAME.wiki`` and ``NAME.gold.yaml``. A vote is read right if stance, user,
minute and whether it counts are right; proposals are matched by their order.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from globalban_bot.decide.tally import tally
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.page import Reader, reader_for

Key = tuple[int, str, str | None, str | None, bool]


@dataclass(frozen=True)
class PageScore:
    """How well one page was read.

    :param gold: number of votes in the gold
    :param read: number of votes read
    :param missed: votes of the gold that were not read
    :param extra: votes read that the gold does not have
    :param tally: every proposal has the tally of the gold
    """

    name: str
    gold: int
    read: int
    missed: tuple[Key, ...]
    extra: tuple[Key, ...]
    tally: bool

    @property
    def right(self) -> int:
        """Number of votes read right."""
        return self.gold - len(self.missed)


def f1(scores: list[PageScore]) -> float:
    """Return the harmonic mean of precision and recall over all votes."""
    both = sum(score.gold for score in scores) + sum(score.read for score in scores)
    return 2 * sum(score.right for score in scores) / both if both else 1.0


def score_page(name: str, gold: dict[str, Any], text: str, reader: Reader) -> PageScore:
    """Read a page and compare it with its gold."""
    found = tally(reader.read(text, title=str(gold['title'] or '')))
    wanted = Counter(_gold_keys(gold))
    got = Counter(_read_keys(found))
    tallies = [p['tally'] for p in gold['proposals']]
    counts = [vars(proposal.count) for proposal in found.proposals]
    return PageScore(
        name,
        wanted.total(),
        got.total(),
        tuple((wanted - got).elements()),
        tuple((got - wanted).elements()),
        tallies == counts,
    )


def _gold_keys(gold: dict[str, Any]) -> list[Key]:
    return [
        (at, vote['stance'], vote['user'], _minute(vote['time']), vote['counts'])
        for at, proposal in enumerate(gold['proposals'])
        for vote in proposal['votes']
    ]


def _read_keys(found: Tally) -> list[Key]:
    return [
        (at, vote.entry.stance.value, vote.entry.author, _minute(vote.entry.time), vote.counts)
        for at, proposal in enumerate(found.proposals)
        for vote in proposal.votes
    ]


def _minute(time: datetime | str | None) -> str | None:
    return None if time is None else str(time).replace('T', ' ')[:16]


def scores_of(folder: Path) -> list[PageScore]:
    """Score all pages of a folder."""
    reader = reader_for(load_profile('meta'))
    scores = []
    for path in sorted(folder.glob('*.gold.yaml')):
        name = path.name.removesuffix('.gold.yaml')
        if not (folder / f'{name}.wiki').is_file():
            sys.exit(f'{path}: there is no {name}.wiki beside it')
        gold = yaml.safe_load(path.read_text('utf-8'))
        scores.append(score_page(name, gold, (folder / f'{name}.wiki').read_text('utf-8'), reader))
    return scores


def main(arguments: list[str]) -> int:
    """Print a table per page and a total; the exit code tells whether all tallies are right."""
    options = [a for a in arguments if a.startswith('-')]
    scores = [score for a in arguments if not a.startswith('-') for score in scores_of(Path(a))]
    if not scores:
        print('no *.gold.yaml found; usage: python tools/score.py FOLDER [-v]', file=sys.stderr)
        return 2
    print(f'{"page":<14}{"gold":>6}{"read":>6}{"missed":>8}{"extra":>7}  tally')
    for score in scores:
        print(
            f'{score.name:<14}{score.gold:>6}{score.read:>6}{len(score.missed):>8}{len(score.extra):>7}'
            f'  {"right" if score.tally else "WRONG"}'
        )
        if options:
            for sign, keys in (('-', score.missed), ('+', score.extra)):
                for key in keys:
                    print(f'    {sign} {key}')
    total = [sum(s.gold for s in scores), sum(s.read for s in scores)]
    lost = [sum(len(s.missed) for s in scores), sum(len(s.extra) for s in scores)]
    right = sum(score.tally for score in scores)
    print(f'{"total":<14}{total[0]:>6}{total[1]:>6}{lost[0]:>8}{lost[1]:>7}  {right} of {len(scores)} right')
    print(f'F1 {f1(scores):.4f}')
    return 0 if right == len(scores) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
