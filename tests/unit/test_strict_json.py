"""JSON that people write."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.errors import UserError
from globalban_bot.strict_json import read_object

#: Texts, and what is wrong with them.
WRONG: list[tuple[str, str]] = [
    ('', 'the page is no JSON: Expecting value: line 1 column 1'),
    ('{', 'the page is no JSON: '),
    ('{"a": 1,}', 'the page is no JSON: '),
    ("{'a': 1}", 'the page is no JSON: '),
    ('{} {}', 'the page is no JSON: Extra data'),
    ('[]', 'the page must be an object'),
    ('null', 'the page must be an object'),
    ('{"a": 1, "a": 1}', 'a key stands twice'),
    ('{"b": [{"a": 1, "\\u0061": 1}]}', 'a key stands twice'),
    ('{"a": NaN}', 'NaN is no JSON'),
    ('{"a": Infinity}', 'Infinity is no JSON'),
    ('{"a": ' + '1' * 5000 + '}', 'the page is no JSON: '),
    ('{"a":' * 2000, 'the page is no JSON'),
    ('{"a": "' + 'x' * 20_000 + '"}', 'longer than 20000 characters; make it shorter'),
]


@pytest.mark.parametrize(('text', 'said'), WRONG, ids=[said for _, said in WRONG])
def test_wrong(text: str, said: str) -> None:
    """It should refuse what is no object of JSON, or could be read in two ways, and say what the text is."""
    with pytest.raises(UserError) as error:
        read_object(text, 'the page', 20_000)
    assert said in str(error.value)


def test_too_deep() -> None:
    """It should refuse what is nested deeper than it can be read, as an error of whoever wrote it."""
    depth = 400_000
    with pytest.raises(UserError, match='nested too deeply'):
        read_object('{"a":' * depth + '1' + '}' * depth, 'the page', 10**7)


@given(
    st.dictionaries(st.text(), st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
)
def test_object(value: dict[str, Any]) -> None:
    """It should read any object as it was written, up to the limit of its length."""
    text = json.dumps(value)
    assert read_object(text, 'the page', len(text)) == value


@given(st.text())
def test_any_text(text: str) -> None:
    """It should end with an object or an error for people, whatever the text."""
    try:
        assert isinstance(read_object(text, 'the page', 1000), dict)
    except UserError as error:
        assert 'the page' in str(error)
