"""Times as people write them."""

from __future__ import annotations

import pytest

from globalban_bot.model.dialect import Dialect
from globalban_bot.wikitext.times import find_times
from tests.unit.wikitext.makers import When


@pytest.mark.parametrize(
    'text',
    [
        '12:00, 1 May 2027 (UTC)',
        '12:00, 1 May 2027',
        '12:00, 1 May 2027 (UTC',
        '12:00, 1 May 2027 (GMT)',
        "12:00, 1 May 2027 (UTC''many'' C)",
        '12:00:59, 1 May 2027 (UTC)',
        '12:00, 1. May 2027 (UTC)',
        '12:00, May 1, 2027 (UTC)',
        '12:00, 1st of May 2027 (UTC)',
        '12:00 1 may 2027 (UTC)',
        '12:00 1 de mayo de 2027 (UTC)',
        '14:00, 1. Mai 2027 (CEST)',
        '14:00, 1 mag 2027 (CEST)',
        '1 mai 2027 à 14:00 (CEST)',
        '12:00, 1 мая 2027 (UTC)',
        '2027年5月1日 (六) 12:00 (UTC)',
        '2027年5月1日 (土) 21:00 (JST)',
        '2027년 5월 1일 (토) 21:00 (KST)',
        '2027-05-01 12:00',
        '01.05.2027 12:00 (UTC)',
        '2027. május 1., 14:00 (CEST)',
        '1 May 2027, 12:00 (UTC)',
        '05:00, 1 May 2027 (PDT)',
        'i12:00, 1 May 2027 (UTC)',
        '12:00, ngày 1 tháng 5 năm 2027 (UTC)',
    ],
)
def test_finds(dialect: Dialect, when: When, text: str) -> None:
    """It should read one moment in many spellings, and turn zones into UTC."""
    assert [found.time for found in find_times(text, dialect)] == [when('2027-05-01 12:00')]


@pytest.mark.parametrize(
    'text',
    [
        '',
        '12:00',
        '1 May 2027',
        '25:00, 1 May 2027 (UTC)',
        '12:60, 1 May 2027 (UTC)',
        '12:00, 31 June 2027 (UTC)',
        '12:00, 1 Foo 2027 (UTC)',
        '12:00, 1 May 1999 (UTC)',
        '12:00, 1 May 2527 (UTC)',
        '70:39 in the end, 1 May 2027',
        '2001:db8::1, 1 May 2027',
        'edited 05:40',
    ],
)
def test_finds_none(dialect: Dialect, text: str) -> None:
    """It should take nothing for a time that is none."""
    assert [*find_times(text, dialect)] == []


def test_several(dialect: Dialect, when: When) -> None:
    """It should find all times of a text, in order, with their offsets."""
    text = 'a 12:00, 1 May 2027 (UTC) b 9:47, 2 May 2027 c'
    found = [*find_times(text, dialect)]
    assert [time.time for time in found] == [when('2027-05-01 12:00'), when('2027-05-02 09:47')]
    assert [text[time.start : time.end] for time in found] == ['12:00, 1 May 2027 (UTC)', '9:47, 2 May 2027']


def test_lines_apart(dialect: Dialect) -> None:
    """It should not join the clock of a line with the date of the line above."""
    assert [*find_times('on 1 May 2027\n12:00 was late', dialect)] == []


def test_over_midnight(dialect: Dialect, when: When) -> None:
    """It should change the day where the zone does."""
    (found,) = find_times('00:30, 1 January 2027 (CET)', dialect)
    assert found.time == when('2026-12-31 23:30')


def test_unknown_zone(dialect: Dialect, when: When) -> None:
    """It should take a zone that it does not know for UTC."""
    (found,) = find_times('12:00, 1 May 2027 (IST)', dialect)
    assert found.time == when('2027-05-01 12:00')


def test_extreme_years(dialect: Dialect) -> None:
    """It should not fail at the ends of the calendar."""
    assert len([*find_times('00:00, 1 January 2001 (NZDT) and 23:59, 31 December 2100 (PST)', dialect)]) == 2
