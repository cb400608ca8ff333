"""Merge the cells of a figure that are so small that they would tell of single requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from globalban_bot.model.study import LEAST_IN_A_CELL, MERGED, Cell


@dataclass(frozen=True)
class Cells:
    """Cells, none of them too small.

    :param cells: those that hold requests, in their order; the merged one is the last
    :param merged: the keys of those that were too small
    :param mostly: the key of the large one that was merged with them; None where there is none
    """

    cells: tuple[Cell, ...] = ()
    merged: tuple[str, ...] = ()
    mostly: str | None = None


def cells_of(values: Iterable[str], order: Sequence[str]) -> Cells:
    """Count and merge.

    Where the small cells are too few by themselves they take the next smallest with them: else they could be
    told from the sum. Fewer than three requests in all are not told.

    :param values: the key of each request
    :param order: the keys in the order in which they are shown
    """
    counts = Counter(values)
    if counts.total() < LEAST_IN_A_CELL:
        return Cells()
    held = [key for key in order if counts[key]]
    small = [key for key in held if counts[key] < LEAST_IN_A_CELL]
    mostly = None
    if small and sum(counts[key] for key in small) < LEAST_IN_A_CELL:
        mostly = min((key for key in held if key not in small), key=lambda key: counts[key])
    gone = {*small, mostly}
    cells = tuple(Cell(key, counts[key]) for key in held if key not in gone)
    if small:
        cells += (Cell(MERGED, sum(counts[key] for key in held if key in gone)),)
    return Cells(cells, tuple(small), mostly)
