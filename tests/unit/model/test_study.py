"""Figures over closed requests."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.study import LEAST_FOR_PERCENT, LEAST_IN_A_CELL, MERGED, Cell, Figure, Period, Topic
from tests.unit.made_accounts import NOW

DAY = timedelta(days=1)


def figure(of: int, *cells: Cell, mostly: str | None = None) -> Figure:
    return Figure(Topic.FOLLOWED, Period(None, None), of, cells, mostly=mostly)


#: Spans, and whether they hold the moment before, the first one, the last one, and the one after.
SPANS: list[tuple[Period, tuple[bool, bool, bool, bool]]] = [
    (Period(NOW, NOW + DAY), (False, True, True, False)),
    (Period(None, NOW + DAY), (True, True, True, False)),
    (Period(NOW, None), (False, True, True, True)),
    (Period(None, None), (True, True, True, True)),
]


@pytest.mark.parametrize(('period', 'held'), SPANS)
def test_period(period: Period, held: tuple[bool, bool, bool, bool]) -> None:
    """It should hold its first moment, and not the first that is too late."""
    second = timedelta(seconds=1)
    moments = (NOW - second, NOW, NOW + DAY - second, NOW + DAY)
    assert tuple(map(period.holds, moments)) == held


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.just(of), st.integers(0, of))))
def test_percent(case: tuple[int, int]) -> None:
    """It should give the nearest whole percentage, half up, and none of few requests."""
    of, count = case
    found = figure(of).percent(Cell('met', count))
    if of < LEAST_FOR_PERCENT:
        assert found is None
    else:
        assert found is not None
        assert Fraction(-1, 2) < found - Fraction(100 * count, of) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ('of', 'withheld'), [(0, True), (LEAST_IN_A_CELL - 1, True), (LEAST_IN_A_CELL, False)]
)
def test_withheld(of: int, withheld: bool) -> None:
    """It should withhold what is about one or two requests."""
    assert figure(of).withheld is withheld


@given(st.integers(LEAST_IN_A_CELL, 100), st.integers(1, LEAST_IN_A_CELL - 1))
def test_mostly(large: int, small: int) -> None:
    """It should tell bounds between which the large cell of a merged one lies, and no narrower ones."""
    found = figure(large + small, Cell(MERGED, large + small), mostly='met')
    least, most = found.mostly_at_least, found.mostly_at_most
    assert least is not None
    assert most is not None
    assert least <= large <= most
    assert most - least == LEAST_IN_A_CELL - 2


def test_no_large_cell() -> None:
    """It should tell no bounds where no large cell was merged, or the figure is withheld."""
    for found in (
        figure(9, Cell(MERGED, 4)),
        figure(2, Cell(MERGED, 2), mostly='met'),
        figure(9, mostly='met'),
    ):
        assert found.mostly_at_least is found.mostly_at_most is None
