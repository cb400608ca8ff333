"""The reader against whole pages: structural replicas of real requests, and invented ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.page import reader_for
from tests.changes import CHANGES, Change
from tools.score import PageScore, f1, score_page, scores_of

ROOT = Path(__file__).parent.parent
REPLICAS = ROOT / 'pages'
INVENTED = ROOT / 'pages_invented'
SEEDS = range(20)
READER = reader_for(load_profile('meta'))


def pages(folder: Path) -> Iterator[tuple[str, dict[str, Any], str]]:
    for path in sorted(folder.glob('*.gold.yaml')):
        name = path.name.removesuffix('.gold.yaml')
        gold = yaml.load(path.read_text('utf-8'), yaml.CSafeLoader)
        yield name, gold, (folder / f'{name}.wiki').read_text('utf-8')


PAGES = list(pages(REPLICAS))


@pytest.mark.parametrize('score', scores_of(REPLICAS), ids=lambda score: score.name)
def test_replicas(score: PageScore) -> None:
    """It should read every replica as a careful clerk does."""
    assert (score.missed, score.extra, score.tally) == ((), (), True)


def test_there_are_replicas() -> None:
    """It should be measured on all 28 replicas."""
    assert len(PAGES) == 28


def test_invented_pages() -> None:
    """It should read the invented pages, which gather rare forms, almost as well."""
    scores = scores_of(INVENTED)
    assert len(scores) == 22
    assert f1(scores) >= 0.995
    assert all(score.tally for score in scores)


@pytest.mark.parametrize('change', CHANGES.values(), ids=CHANGES.keys())
def test_one_change(change: Change) -> None:
    """It should not hang on names, markers, languages or times."""
    for seed in SEEDS:
        rng = random.Random(seed)
        scores = []
        for name, gold, text in PAGES:
            new_text, new_gold = change(text, gold, rng)
            scores.append(score_page(name, new_gold, new_text, READER))
        missed = [(score.name, score.missed, score.extra) for score in scores if score.missed or score.extra]
        assert f1(scores) >= 0.99, (seed, missed)


def test_all_changes_together() -> None:
    """It should stand all changes at once."""
    for seed in SEEDS:
        rng = random.Random(seed)
        scores = []
        for name, gold, text in PAGES:
            changed = (text, gold)
            for change in CHANGES.values():
                changed = change(*changed, rng)
            scores.append(score_page(name, changed[1], changed[0], READER))
        assert f1(scores) >= 0.99, seed
