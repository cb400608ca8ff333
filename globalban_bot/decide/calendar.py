"""Days, weeks and calendar months before and after a moment."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta

from globalban_bot.errors import InternalError
from globalban_bot.model.policy import Unit

_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_MONTHS_A_YEAR = 12


def later(moment: datetime, number: int, unit: Unit) -> datetime:
    """Return the moment so much later; earlier for a negative number.

    Months are those of the calendar. A day that the month lacks becomes its last day: one month after
    31 January is 28 or 29 February.

    :raises InternalError: the unit is none of time
    """
    if unit in _DAYS:
        return moment + timedelta(days=number * _DAYS[unit])
    if unit is not Unit.MONTHS:
        raise InternalError(f'{unit.value} are no time')
    years, month = divmod(moment.year * _MONTHS_A_YEAR + moment.month - 1 + number, _MONTHS_A_YEAR)
    day = min(moment.day, monthrange(years, month + 1)[1])
    return moment.replace(year=years, month=month + 1, day=day)
