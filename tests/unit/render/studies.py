"""Made-up figures, to be rendered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

import globalban_bot.sample
from globalban_bot.model.study import Cell, Figure, Period, Study, Topic

AMENDED = datetime(2018, 1, 10, 15, 24, tzinfo=UTC)
BEFORE, SINCE = Period(None, AMENDED), Period(AMENDED, None)
AS_OF = datetime(2025, 5, 3, 14, 5, tzinfo=UTC)
SAMPLE = Path(globalban_bot.sample.__file__).parent


def figure(topic: Topic = Topic.MISSING, *cells: tuple[str, int], **more: Any) -> Figure:
    """Return a figure of cells, which are given as key and number."""
    made = tuple(Cell(key, count) for key, count in cells)
    plain = Figure(topic, SINCE, sum(cell.count for cell in made), made)
    return replace(plain, **more)


def study(*figures: Figure, left_out: int = 0) -> Study:
    """Return a study."""
    return Study(figures, 70, left_out, AS_OF)


def passed(variant: str = '', source: str = '') -> Figure:
    """Return a figure on rules."""
    return figure(Topic.PASSED, ('met', 11), ('not-met', 23), variant=variant, source=source)


WITHHELD = Figure(Topic.FOLLOWED, BEFORE, 2, ())
MOSTLY = figure(
    Topic.OUTCOMES, ('unsuccessful', 18), ('merged', 9), merged=('inactive', 'closed'), mostly='successful'
)
MERGED = figure(
    Topic.MISSING, ('nominator-edits', 7), ('none', 5), ('merged', 4), merged=('several', 'undetermined')
)
TIMES = figure(Topic.OPEN_INVALID, ('hours', 4), ('week', 6), hours=321)
#: One of each kind.
ALL = study(
    replace(MERGED, period=BEFORE),
    WITHHELD,
    MOSTLY,
    MERGED,
    passed(),
    passed('Other rules', 'By some.'),
    TIMES,
)


def names_of_people() -> set[str]:
    """Return the names of all people in the sample."""
    users = yaml.safe_load((SAMPLE / 'users.yaml').read_text('utf-8'))
    archive = yaml.safe_load((SAMPLE / 'archive.yaml').read_text('utf-8'))
    names = {*users, *archive['voters'], *(name for some in archive['closers'].values() for name in some)}
    for request in archive['requests']:
        nominator = request['nominator']
        names |= {request['subject'], nominator if isinstance(nominator, str) else nominator['name']}
    return names
