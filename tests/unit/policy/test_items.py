"""The parts of a YAML file, each read as one type or refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.errors import UserError
from globalban_bot.policy.items import Item, error_at
from globalban_bot.policy.strict import read_document


class Colour(Enum):
    RED = 'red'
    BLUE = 'blue'


def item(written: str) -> Item:
    """Return what stands under the key "it"."""
    return read_document(f'it: {written}', 'x.yaml').entries()['it']


def whole(one: Item) -> int:
    return one.whole(1, 500)


def colour(one: Item) -> Colour:
    return one.word(Colour)


def record(one: Item) -> list[str]:
    return [*one.record(['a'], ['b'])]


def several(one: Item) -> list[str]:
    return [part.text() for part in one.items()]


#: How something is read, what is written, and what that is.
READ: list[tuple[Callable[[Item], Any], str, Any]] = [
    (Item.text, 'words', 'words'),
    (Item.text, "' 1 '", ' 1 '),
    (whole, '1', 1),
    (whole, '500', 500),
    (Item.flag, 'true', True),
    (Item.flag, 'false', False),
    (Item.is_null, 'null', True),
    (Item.is_null, '', True),
    (Item.is_null, "'null'", False),
    (Item.is_null, '0', False),
    (colour, 'red', Colour.RED),
    (several, '[a, b, a]', ['a', 'b', 'a']),
    (record, '{a: 1}', ['a']),
    (record, '{b: 1, a: 2}', ['b', 'a']),
    (Item.moment, "'2018-01-10'", datetime(2018, 1, 10, tzinfo=UTC)),
    (Item.moment, '"2018-01-10T15:24Z"', datetime(2018, 1, 10, 15, 24, tzinfo=UTC)),
]


@pytest.mark.parametrize(('read', 'written', 'found'), READ)
def test_read(read: Callable[[Item], Any], written: str, found: Any) -> None:
    """It should read what is written as what it is meant to be."""
    assert read(item(written)) == found


#: How something is read, what is written, and what is wrong with it.
REFUSED: list[tuple[Callable[[Item], Any], str, str]] = [
    (Item.text, '1', 'must be text; this is a number; put it in quotes'),
    (Item.text, '1.5', 'must be text; this is a number; put it in quotes'),
    (Item.text, 'on', 'must be text; this is yes or no without quotes; put it in quotes'),
    (Item.text, '2018-01-10', 'must be text; this is a date without quotes; put it in quotes'),
    (Item.text, '', 'must be text; this is nothing; put it in quotes'),
    (Item.text, '[a]', 'must be text; this is a list'),
    (Item.text, "' '", 'the text is empty; write one'),
    (whole, '0', '0 is out of the limits; write a number from 1 to 500'),
    (whole, '501', '501 is out of the limits; write a number from 1 to 500'),
    (whole, '-1', '-1 is out of the limits; write a number from 1 to 500'),
    (whole, "'7'", 'must be a whole number, without quotes; this is text'),
    (whole, 'true', 'must be a whole number, without quotes; this is yes or no without quotes'),
    (whole, '7.0', "'7.0' is no whole number in plain digits; write one, as 500"),
    (whole, '007', "'007' is no whole number in plain digits; write one, as 500"),
    (whole, '0x7', "'0x7' is no whole number in plain digits; write one, as 500"),
    (whole, '1_0', "'1_0' is no whole number in plain digits; write one, as 500"),
    (whole, '1:30', "'1:30' is no whole number in plain digits; write one, as 500"),
    (whole, '.inf', "'.inf' is no whole number in plain digits; write one, as 500"),
    (Item.flag, 'yes', 'must be true or false, without quotes'),
    (Item.flag, "'true'", 'must be true or false, without quotes'),
    (Item.flag, '1', 'must be true or false, without quotes'),
    (colour, 'green', "'green' is not known; use one of: red, blue"),
    (colour, 'RED', "'RED' is not known; use one of: red, blue"),
    (several, '[]', 'the list is empty; write at least one entry'),
    (several, 'a', 'must be a list; this is text'),
    (record, 'a', 'must be a mapping (lines of "key: value"); this is text'),
    (record, '{b: 1}', "'a' is missing; needed are: a"),
    (record, '{a: 1, c: 1}', "'c' is not known here; use: a, b"),
    (record, '{a: 1, a: 2}', "'a' stands already on line 1; take one of them out"),
    (record, '{[a]: 1}', 'a key must be a word'),
    (Item.moment, '2018-01-10', 'no date in quotes; '),
    (Item.moment, '2018-01-10T15:24Z', 'no date in quotes; '),
    (Item.moment, "['2018-01-10']", 'no date in quotes; '),
    (Item.moment, "'10 January 2018'", "'10 January 2018' is no date; "),
    (Item.moment, "'2018-01-10T15:24'", "'2018-01-10T15:24' is no date; "),
    (Item.moment, "'2018-01-10T15:24:00Z'", "'2018-01-10T15:24:00Z' is no date; "),
    (Item.moment, "'2018-02-30'", "there is no day or time '2018-02-30'; "),
    (Item.moment, "'2018-01-10T24:01Z'", "there is no day or time '2018-01-10T24:01Z'; "),
    (Item.moment, "'2000-12-31'", 'the year is out of the limits; write one from 2001 to 2199'),
    (Item.moment, "'2200-01-01'", 'the year is out of the limits; write one from 2001 to 2199'),
]


@pytest.mark.parametrize(('read', 'written', 'said'), REFUSED)
def test_refused(read: Callable[[Item], Any], written: str, said: str) -> None:
    """It should refuse all else, and say where it stands, what it is and what to write."""
    with pytest.raises(UserError) as error:
        read(item(written))
    place, _, problem = str(error.value).partition(': it: ')
    assert place.startswith('x.yaml, line 1, column ')
    assert problem == said or (said.endswith('; ') and problem.startswith(said))


def test_place() -> None:
    """It should count lines and columns as people do, from one, and name the key."""
    assert str(error_at('x.yaml', 0, 0, 'no')) == 'x.yaml, line 1, column 1: no'
    inner = read_document('a:\n  b: [1, words]', 'x.yaml').entries()['a'].entries()['b'].items()
    assert str(inner[1].wrong('no')) == 'x.yaml, line 2, column 10: b: no'


@given(st.integers(-(10**17), 10**17), st.integers(-(10**17), 10**17), st.integers(-(10**17), 10**17))
def test_any_number(number: int, one: int, other: int) -> None:
    """It should take just the numbers within the limits."""
    least, most = min(one, other), max(one, other)
    if least <= number <= most:
        assert item(str(number)).whole(least, most) == number
    else:
        with pytest.raises(UserError, match='out of the limits'):
            item(str(number)).whole(least, most)


@given(st.datetimes(datetime(2001, 1, 1), datetime(2199, 12, 31)))  # noqa: DTZ001 - wanted by hypothesis
def test_any_moment(moment: datetime) -> None:
    """It should read each minute as the minute in UTC, and each day as its first moment."""
    minute = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    assert item(f"'{minute:%Y-%m-%dT%H:%MZ}'").moment() == minute
    assert item(f"'{minute:%Y-%m-%d}'").moment() == minute.replace(hour=0, minute=0)


@given(st.text(st.characters(codec='utf-8', exclude_categories=['Cc', 'Cn', 'Zl', 'Zp']), min_size=1))
def test_any_text(text: str) -> None:
    """It should read any text in quotes letter by letter."""
    if text.strip():
        assert item(json.dumps(text, ensure_ascii=False)).text() == text
