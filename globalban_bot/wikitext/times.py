"""Times as people sign, type and paste them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from globalban_bot.model.dialect import Dialect

_CLOCK = r'(?<!\d)(?<!\d[:.])(\d{1,2})(?::|\.(?=\d\d(?!\.?\d)))(\d\d)(?::\d\d)?(?![\d:])'
_GAP = r'[\s,;.،、]{0,4}'
_MONTH = r'([^\W\d_](?:[^\W\d_]|[’\'-]){1,14}(?:\s\d{1,2})?)'
_DAY = r'(\d{1,2})(?:st|nd|rd|th|\.|º|ª|er)?'
_OF = r'\s*(?:de\s+|of\s+|del\s+|d[’\']|năm\s+)?'
_YEAR = r'(\d{4})'
#: The orders of day, month and year, each with the places of its groups.
_DATES = (
    (_DAY + _OF + _MONTH + r'\.?,?' + _OF + _YEAR, (2, 1, 0)),
    (_MONTH + r'\.?\s*' + _DAY + r',?\s*' + _YEAR, (2, 0, 1)),
    (_YEAR + r'[\s.,]*' + _MONTH + r'\.?\s*' + _DAY, (0, 1, 2)),
    (r'(\d{4})\s?[年년-]\s?(\d{1,2})\s?[月월-]\s?(\d{1,2})[日일]?', (0, 1, 2)),
    (r'(\d{1,2})[./](\d{1,2})[./](\d{4})', (2, 1, 0)),
)
_ORDERS = [(re.compile(pattern), places) for pattern, places in _DATES]
#: What may stand between a date and the clock time behind it: a day of the week, "at".
_AT = r'(?:\([^()\n]{1,4}\)\s*|(?:à|at|um|às|alle|kl\.?|klo|kello|в|о|u|o|ore)\s+)?'
_BEFORE = [(re.compile(rf'(?:{pattern}){_GAP}{_AT}\Z'), places) for pattern, places in _DATES]
_FIND_CLOCK = re.compile(_CLOCK)
_SKIP = re.compile(rf'{_GAP}(?:ngày |den |le |el |il |on |dnia )?')
_ZONE = re.compile(r'\s*\(?([A-Z]{2,5})\b(?:[\'’]*[^()\n]{0,12}\))?')
#: Pywikibot and MediaWiki know no earlier wiki; a later year is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 2001, 2100


@dataclass(frozen=True, slots=True)
class WrittenTime:
    """A time as it stands in the text.

    :param start: offset of its first character
    :param end: offset behind it, zone included
    :param time: the time (aware, UTC), cut to minutes
    """

    start: int
    end: int
    time: datetime


def find_times(text: str, dialect: Dialect) -> Iterator[WrittenTime]:
    """Yield the times in a text, in order: a clock time with a date behind or before it.

    ``12:00, 1 May 2027 (UTC)`` · ``1. Mai 2027, 12:00 (CEST)`` · ``2027年5月1日 (六) 12:00``.
    A time without a zone is taken as UTC, the zone of Meta-Wiki.
    """
    reached = 0
    for clock in _FIND_CLOCK.finditer(text):
        if clock.start() < reached:
            continue
        found = _with_date_behind(text, clock, dialect) or _with_date_before(text, clock, reached, dialect)
        if found is not None:
            reached = found.end
            yield found


def _with_date_behind(text: str, clock: re.Match[str], dialect: Dialect) -> WrittenTime | None:
    skipped = _SKIP.match(text, clock.end())
    begin = skipped.end() if skipped else clock.end()
    for order, places in _ORDERS:
        date = order.match(text, begin, begin + 60)
        if date is not None:
            return _time(text, clock, date, places, (clock.start(), date.end()), dialect)
    return None


def _with_date_before(text: str, clock: re.Match[str], after: int, dialect: Dialect) -> WrittenTime | None:
    low = max(after, clock.start() - 50)
    low = max(low, text.rfind('\n', low, clock.start()) + 1)
    window = text[low : clock.start()]
    if not any(char.isdigit() for char in window[-24:]):
        return None
    for order, places in _BEFORE:
        date = order.search(window)
        if date is not None:
            return _time(text, clock, date, places, (low + date.start(), clock.end()), dialect)
    return None


def _time(
    text: str,
    clock: re.Match[str],
    date: re.Match[str],
    places: tuple[int, int, int],
    span: tuple[int, int],
    dialect: Dialect,
) -> WrittenTime | None:
    year, month, day = (date[place + 1] for place in places)
    number = int(month) if month.isdigit() else dialect.months.get(month.lower().rstrip('.'))
    if number is None or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    zone = _ZONE.match(text, span[1])
    known = zone is not None and zone[1] in dialect.zones
    try:
        local = datetime(int(year), number, int(day), int(clock[1]), int(clock[2]), tzinfo=UTC)
    except ValueError:
        return None
    shift = timedelta(minutes=dialect.zones[zone[1]]) if zone and known else timedelta()
    return WrittenTime(span[0], zone.end() if zone and known else span[1], local - shift)
