"""The options of a script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.errors import UserError
from globalban_bot.tasks.options import Options, number

VALUES: Mapping[str, Callable[[str], Any]] = {'limit': number, 'request': str, 'cache': Path}


def options(*arguments: str) -> Options:
    return Options(arguments, ('always',), VALUES)


def test_given() -> None:
    """It should know flags, values and their order; of one value, the last counts."""
    found = options('-always', '-request:A: b', '-limit:5', '-request:7', '-cache:/x:y')
    assert 'always' in found
    assert found.all('request') == ['A: b', '7']
    assert found.one('request') == '7'
    assert found.one('limit') == 5
    assert found.one('cache') == Path('/x:y')


def test_not_given() -> None:
    """It should have nothing, or what is named instead, for an option that was not given."""
    found = options()
    assert 'always' not in found
    assert found.all('request') == []
    assert found.one('limit') is None
    assert found.one('limit', 9) == 9


def test_zero() -> None:
    """It should tell a value of zero from none."""
    assert options('-limit:0').one('limit', 9) == 0


#: What may be wrong with an option, and what is said of it.
REFUSED = {
    'there is no such option': [
        '-nosuch', '-nosuch:5', 'limit:5', 'always', '--always', '--limit:5', '-Limit:5', '-', '', '-:5',
    ],
    'takes no value': ['-always:', '-always:yes'],
    'its value is missing': ['-limit', '-limit:', '-request:', '-cache:'],
    '-limit does not take the value': [
        '-limit:-1', '-limit:five', '-limit: 5', '-limit:٣', '-limit:' + '9' * 5000,
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ('argument', 'text'), [(argument, text) for text, each in REFUSED.items() for argument in each]
)
def test_refused(argument: str, text: str) -> None:
    """It should name the option, and say whether there is none such, or what is wrong with its value."""
    with pytest.raises(UserError) as refused:
        options('-always', argument)
    assert str(refused.value).startswith(f'{argument[:100]}: ')
    assert text in str(refused.value)


@given(st.integers(0, 10**9))
def test_number(value: int) -> None:
    """It should read each number that is not negative as it is."""
    assert number(str(value)) == value


@given(st.text(max_size=5).filter(lambda text: not text.isascii() or not text.isdecimal()))
def test_no_number(text: str) -> None:
    """It should read nothing else as a number."""
    with pytest.raises(ValueError):
        number(text)
