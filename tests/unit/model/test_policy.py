"""The values of a rule by date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.policy import DatedValue, NoValue, Shape
from tests.unit.made_accounts import day, rule, value

VALUES = (value(1, '2020-01-01'), value(None, '2022-01-01'), value(3, '2024-01-01T15:24'))


@pytest.mark.parametrize(
    ('moment', 'found'),
    [
        ('2019-12-31T23:59:59', NoValue.NOT_YET),
        ('2020-01-01', 1),
        ('2021-12-31T23:59:59', 1),
        ('2022-01-01', NoValue.REPEALED),
        ('2024-01-01T15:23:59', NoValue.REPEALED),
        ('2024-01-01T15:24', 3),
        ('2199-01-01', 3),
    ],
)
def test_at(moment: str, found: int | NoValue) -> None:
    """It should give the value of a moment; a value is in force from its very second on."""
    stands = rule(Shape.EDITS, *VALUES).at(day(moment))
    assert (stands.value if isinstance(stands, DatedValue) else stands) == found


@given(st.sets(st.integers(2001, 2100), min_size=1), st.integers(2001, 2100))
def test_newest_value_so_far(years: set[int], year: int) -> None:
    """It should give the newest of the values that came into force by a moment."""
    dated = [value(one, f'{one}-01-01') for one in sorted(years)]
    past = [one for one in years if one <= year]
    found = rule(Shape.EDITS, *dated).at(day(f'{year}-01-01'))
    assert found == (value(max(past), f'{max(past)}-01-01') if past else NoValue.NOT_YET)
