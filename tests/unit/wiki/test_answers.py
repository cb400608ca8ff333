"""Answers of wikis, read by the types of their values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.wiki.answers import ApiAnswer
from globalban_bot.wiki.api_errors import NoAnswerError
from globalban_bot.wiki.api_values import DATABASE, parse_timestamp

WIKI = 'https://meta.wikimedia.org'
#: Each way to read a value below the key "a".
READERS: dict[str, Callable[[ApiAnswer], Any]] = {
    'at': lambda answer: answer.at('a', 0, 'a'),
    'text': lambda answer: answer.text('a'),
    'number': lambda answer: answer.number('a'),
    'time': lambda answer: answer.time('a'),
    'texts': lambda answer: answer.texts('a'),
    'items': lambda answer: answer.items('a'),
    'objects': lambda answer: answer.objects('a'),
    'fields': lambda answer: answer.fields('a'),
    'fitting': lambda answer: answer.fitting(DATABASE, 'a'),
    'flag': lambda answer: answer.flag('a'),
    'text if any': lambda answer: answer.text_if_any('a'),
    'time if any': lambda answer: answer.time_if_any('a'),
    'expiry': lambda answer: answer.expiry('a'),
    'lines': lambda answer: answer.lines('a', 'a'),
    'revisions': lambda answer: [*answer.revisions()],
    'content': lambda answer: answer.content(),
    'user': lambda answer: answer.user(),
    'ends': lambda answer: answer.ends('a'),
    'pages': lambda answer: answer.pages_of(['a']),
    'words': lambda answer: answer.words('a', 'b'),
    'details': lambda answer: answer.log_params(),
}
KEYS = st.sampled_from(
    ['a', 'query', 'pages', 'revisions', 'slots', 'main', 'content', 'title', 'params', 'user', 'userhidden']
)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just('9999-12-31T23:59:59-05:00')
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner), max_leaves=8
)


@pytest.mark.parametrize('read', READERS.values(), ids=READERS)
@given(value=VALUES)
def test_whatever(read: Callable[[ApiAnswer], Any], value: Any) -> None:
    """It should read a value, or name the wiki that has answered something else, and raise nothing else."""
    for answer in (ApiAnswer(WIKI, value), ApiAnswer(WIKI, {'a': value})):
        try:
            read(answer)
        except NoAnswerError as error:
            assert WIKI in error.detail


#: What is read of an odd answer, and what the error says.
ODD: list[tuple[Any, str, str]] = [
    ({}, 'text', 'a is missing'),
    ([], 'text', 'a is missing'),
    ({'a': 7}, 'text', 'a is no text'),
    ({'a': True}, 'number', 'a is no number'),
    ({'a': -1}, 'number', 'a is below 0'),
    ({'a': 'Ada'}, 'time', 'a is no timestamp'),
    ({'a': 'Ada'}, 'expiry', 'a is no end of a block'),
    ({'a': 'A}}'}, 'fitting', 'a has another form'),
    ({'a': 'x'}, 'flag', 'a is no flag'),
    ({'a': {}}, 'objects', 'a is no list'),
    ({'a': [{}, 'Ada']}, 'objects', 'a.1 is no object'),
    ({'a': ['x', None]}, 'texts', 'a.1 is no text'),
    ({'a': [{}]}, 'at', 'a.0.a is missing'),
    ({'query': {'pages': []}}, 'pages', 'query.pages lacks a title that was asked for'),
]


@pytest.mark.parametrize(('value', 'reader', 'words'), ODD)
def test_odd(value: Any, reader: str, words: str) -> None:
    """It should say where an answer has something else, and repeat no value: it may name somebody."""
    expected = re.escape(f'an answer of another form than documented ({words})')
    with pytest.raises(NoAnswerError, match=expected) as error:
        READERS[reader](ApiAnswer(WIKI, value))
    assert 'Ada' not in str(error.value)


@pytest.mark.parametrize(('value', 'meant'), [(True, True), ('', True), (False, False)])
def test_flag(value: Any, meant: bool) -> None:
    """It should take a flag that is there for yes, unless it says no; one that is missing for no."""
    assert ApiAnswer(WIKI, {'a': value}).flag('a') is meant
    assert ApiAnswer(WIKI, {}).flag('a') is False


def test_missing() -> None:
    """It should tell what may be missing from what is odd."""
    answer = ApiAnswer(WIKI, {'query': {}})
    assert [answer.text_if_any('a'), answer.time_if_any('a'), answer.expiry('a')] == [None] * 3
    assert (
        ApiAnswer(WIKI, {'a': None}).time_if_any('a') is ApiAnswer(WIKI, {'a': ''}).time_if_any('a') is None
    )
    assert ApiAnswer(WIKI, {'a': '20250503140500'}).time_if_any('a') == parse_timestamp(
        '2025-05-03T14:05:00Z'
    )
    assert answer.lines('query', 'a') == [*answer.revisions()] == []


def details(**line: Any) -> Any:
    params = ApiAnswer(WIKI, line).log_params()
    return None if params is None else params.value


def test_details() -> None:
    """It should give details by name or by number, and none of a hidden line."""
    assert details(params={'duration': '1 day'}) == {'duration': '1 day'}
    assert details(params=['locked', '(none)']) == {'0': 'locked', '1': '(none)'}
    assert details(params=[]) == {}
    assert details(actionhidden=True) is None
    assert details(actionhidden=True, params={}) is None


def test_words() -> None:
    """It should take a list, or a text with commas, at the first key that is there."""
    for value in (['a', 'b'], 'a, b'):
        assert ApiAnswer(WIKI, {'x': value, '0': ['c']}).words('x', '0') == ['a', 'b']
        assert ApiAnswer(WIKI, {'0': value}).words('x', '0') == ['a', 'b']
    assert ApiAnswer(WIKI, {}).words('x') == ApiAnswer(WIKI, {'x': None}).words('x') == []
