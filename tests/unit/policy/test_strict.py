"""Reading YAML strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.errors import UserError
from globalban_bot.model.policy import Policy
from globalban_bot.policy.loader import read_overlay, read_policy
from globalban_bot.policy.strict import read_document

FOLDER = Path(__file__).parents[2] / 'cases' / 'policy_files'
MISTAKES: list[dict[str, Any]] = yaml.safe_load((FOLDER / 'mistakes.yaml').read_text('utf-8'))
#: What hands type in YAML.
TYPED = ['yes', '1', "'", '- ', ': ', '{', '\n', '2020-01-01']


def text_of(name: str) -> str:
    return (FOLDER / name).read_text('utf-8')


def good() -> Policy:
    return read_policy(text_of('good.yaml'), 'good')


def read(name: str, text: str | bytes) -> object:
    if name == 'good.yaml':
        return read_policy(text, 'good')
    return read_overlay(text, 'overlay', good())


@pytest.mark.parametrize('name', ['good.yaml', 'overlay.yaml'])
def test_without_a_mistake(name: str) -> None:
    """It should read the files in which the cases make a mistake each, from text and from bytes alike."""
    assert read(name, text_of(name)) == read(name, text_of(name).encode())


@pytest.mark.parametrize('case', MISTAKES, ids=[case['mistake'] for case in MISTAKES])
def test_mistake(case: dict[str, Any]) -> None:
    """It should tell of a mistake file, line and column, what is wrong and what to do."""
    text, found = case['stands'], case.get('instead of')
    if found is not None:
        assert text_of(case['file']).count(found) == 1
        text = text_of(case['file']).replace(found, case['stands'])
    with pytest.raises(UserError) as error:
        read(case['file'], text)
    assert str(error.value) == case['error']


def test_not_utf_8() -> None:
    """It should name the place of the first byte that is not UTF-8."""
    data = text_of('good.yaml').replace('The vote', 'Für die Wahl').encode('latin-1')
    with pytest.raises(UserError, match=r'^good\.yaml, line 11, column 13: this is not UTF-8; save the file'):
        read('good.yaml', data)


def test_text_cut_off() -> None:
    """It should refuse a file that was cut off before the values of its first rule."""
    lines = text_of('good.yaml').splitlines(keepends=True)
    for end in range(lines.index('    values:\n') + 1):
        with pytest.raises(UserError, match=r'^good\.yaml, line \d+, column \d+: '):
            read('good.yaml', ''.join(lines[:end]))


@given(st.text() | st.binary())
def test_any_text(text: str | bytes) -> None:
    """It should raise nothing but a UserError with a place, whatever stands in a file."""
    with pytest.raises(UserError, match=r'(?s)^good\.yaml, line \d+, column \d+: '):
        read('good.yaml', text)


@given(st.text(alphabet='[]{}&*!|>%@`"\'-?:,#\\UuxyesF09 \n\t.~<=', max_size=40))
def test_any_markup(text: str) -> None:
    """It should raise nothing but a UserError for any signs of YAML."""
    try:
        read_document(text, 'x.yaml')
    except UserError as error:
        assert str(error).startswith('x.yaml, line ')


@given(st.data())
def test_any_slip(data: st.DataObject) -> None:
    """It should raise nothing but a UserError where some signs of a good file were lost or typed anew."""
    text = text_of('good.yaml')
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    typed = data.draw(st.text(max_size=5) | st.sampled_from(TYPED))
    try:
        read('good.yaml', text[:start] + typed + text[end:])
    except UserError as error:
        assert str(error).startswith('good.yaml, line ')


@pytest.mark.parametrize('sign', ['[', '{', '- ', '? '])
def test_deep_nesting(sign: str) -> None:
    """It should refuse thousands of lists in each other before they fill the stack."""
    with pytest.raises(UserError, match='stand in each other'):
        read_document(sign * 5000, 'x.yaml')
