"""Cells, merged where they are too small."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.decide.small_cells import cells_of
from globalban_bot.model.study import LEAST_IN_A_CELL, MERGED, Cell

ORDER = 'abcdef'
FOUND = st.lists(st.sampled_from(ORDER), max_size=40)

#: What is found; the cells, the keys merged, the large one merged with them.
MADE: dict[str, tuple[str, dict[str, int], str, str | None]] = {
    'nothing': ('', {}, '', None),
    'two in all': ('ab', {}, '', None),
    'all large': ('aaabbb', {'a': 3, 'b': 3}, '', None),
    'in the order of the figure': ('cccaaaa', {'a': 4, 'c': 3}, '', None),
    'small ones enough by themselves': ('aaaabbc', {'a': 4, MERGED: 3}, 'bc', None),
    'a single small one takes the smallest large one': ('aaaaabbbbc', {'a': 5, MERGED: 5}, 'c', 'b'),
    'two of one take it, too': ('aaaaabbbbcd', {'a': 5, MERGED: 6}, 'cd', 'b'),
    'one large, one small': ('aaaab', {MERGED: 5}, 'b', 'a'),
    'all small': ('abc', {MERGED: 3}, 'abc', None),
}


@pytest.mark.parametrize(('found', 'cells', 'merged', 'mostly'), MADE.values(), ids=MADE)
def test_cells(found: str, cells: dict[str, int], merged: str, mostly: str | None) -> None:
    """It should merge small cells, with the next larger one where they are too few together."""
    made = cells_of(found, ORDER)
    assert made.cells == tuple(Cell(key, count) for key, count in cells.items())
    assert (''.join(made.merged), made.mostly) == (merged, mostly)


@given(FOUND)
def test_nobody_is_lost(found: list[str]) -> None:
    """It should tell of all requests, or of none where they are too few."""
    total = sum(cell.count for cell in cells_of(found, ORDER).cells)
    assert total == (len(found) if len(found) >= LEAST_IN_A_CELL else 0)


@given(FOUND)
def test_no_small_cell(found: list[str]) -> None:
    """It should have no cell of one or two, so that no sum less the others is one either."""
    assert all(cell.count >= LEAST_IN_A_CELL for cell in cells_of(found, ORDER).cells)


@given(FOUND)
def test_merged_cell_hides_its_parts(found: list[str]) -> None:
    """It should merge just the small ones, and a large one only where their sum would tell of them."""
    made = cells_of(found, ORDER)
    counts = Counter(found)
    if not made.cells:
        return
    assert set(made.merged) == {key for key in counts if counts[key] < LEAST_IN_A_CELL}
    small = sum(counts[key] for key in made.merged)
    assert (made.mostly is not None) == (0 < small < LEAST_IN_A_CELL)
    told = {cell.key: cell.count for cell in made.cells if cell.key != MERGED}
    assert told == {key: counts[key] for key in counts if key not in {*made.merged, made.mostly}}


@given(FOUND, st.randoms())
def test_order_of_requests(found: list[str], random: object) -> None:
    """It should not matter in which order requests come."""
    mixed = [*found]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert cells_of(mixed, ORDER) == cells_of(found, ORDER)
