"""Days, weeks and months before and after a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.decide.calendar import later
from globalban_bot.errors import InternalError
from globalban_bot.model.policy import Unit

MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
#: The most months that a rule can name.
MONTHS = st.integers(-1200, 1200)
TIMES = st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS])


@pytest.mark.parametrize(
    ('moment', 'number', 'unit', 'found'),
    [
        ('2027-01-15T10:30', 3, Unit.DAYS, '2027-01-18T10:30'),
        ('2027-01-15T10:30', -2, Unit.WEEKS, '2027-01-01T10:30'),
        ('2027-01-15T10:30', 0, Unit.MONTHS, '2027-01-15T10:30'),
        ('2027-01-15T10:30', -1, Unit.MONTHS, '2026-12-15T10:30'),
        ('2027-11-15T10:30', 2, Unit.MONTHS, '2028-01-15T10:30'),
        ('2027-12-15T10:30', 12, Unit.MONTHS, '2028-12-15T10:30'),
        ('2027-01-31T23:59', 1, Unit.MONTHS, '2027-02-28T23:59'),
        ('2028-01-31T23:59', 1, Unit.MONTHS, '2028-02-29T23:59'),
        ('2027-03-31T00:00', -1, Unit.MONTHS, '2027-02-28T00:00'),
        ('2028-02-29T00:00', 12, Unit.MONTHS, '2029-02-28T00:00'),
        ('2027-05-31T00:00', -6, Unit.MONTHS, '2026-11-30T00:00'),
    ],
)
def test_later(moment: str, number: int, unit: Unit, found: str) -> None:
    """It should go by the calendar; a day that a month lacks becomes its last day."""
    assert later(datetime.fromisoformat(f'{moment}+00:00'), number, unit).isoformat() == f'{found}:00+00:00'


@pytest.mark.parametrize('unit', [Unit.EDITS, Unit.WIKIS, Unit.YES, Unit.WORDS])
def test_no_time(unit: Unit) -> None:
    """It should refuse a unit that is none of time."""
    with pytest.raises(InternalError, match=unit.value):
        later(datetime(2027, 1, 1, tzinfo=UTC), 1, unit)


@given(MOMENTS, st.integers(-5000, 5000))
def test_weeks(moment: datetime, number: int) -> None:
    """It should take a week for seven days, and a day for 24 hours."""
    assert later(moment, number, Unit.WEEKS) == later(moment, 7 * number, Unit.DAYS)
    assert later(moment, number, Unit.DAYS) - moment == timedelta(days=number)


@given(MOMENTS, st.integers(-1000, 1000), TIMES)
def test_same_hour(moment: datetime, number: int, unit: Unit) -> None:
    """It should keep the time of day."""
    assert later(moment, number, unit).timetz() == moment.timetz()


@given(MOMENTS, MONTHS)
def test_months(moment: datetime, number: int) -> None:
    """It should go that many months, on the same day or, where the month lacks it, on its last one."""
    found = later(moment, number, Unit.MONTHS)
    assert (found.year - moment.year) * 12 + found.month - moment.month == number
    assert found.day <= moment.day
    assert found.day == moment.day or (found + timedelta(days=1)).day == 1


@given(MOMENTS, MONTHS)
def test_there_and_back(moment: datetime, number: int) -> None:
    """It should come back to the moment, or, where a month was shorter, to three days before at most."""
    back = later(later(moment, number, Unit.MONTHS), -number, Unit.MONTHS)
    assert timedelta(0) <= moment - back <= timedelta(days=3)
    if moment.day <= 28:
        assert back == moment


@given(MOMENTS, MONTHS, MONTHS, TIMES)
def test_more_is_later(moment: datetime, one: int, other: int, unit: Unit) -> None:
    """It should be the later, the greater the number."""
    assert (later(moment, one, unit) < later(moment, other, unit)) is (one < other)


@given(MOMENTS, MOMENTS, MONTHS)
def test_order_of_days(one: datetime, other: datetime, number: int) -> None:
    """It should never turn the order of two days."""
    first, second = sorted((one, other))
    assert later(first, number, Unit.MONTHS).date() <= later(second, number, Unit.MONTHS).date()
