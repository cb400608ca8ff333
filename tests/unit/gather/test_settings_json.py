"""Pages of settings; the cases stand in ``tests/cases/settings.yaml``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.errors import UserError
from globalban_bot.gather.settings_json import LONGEST, MOST, parse_settings
from globalban_bot.model.settings import Settings, Task
from globalban_bot.profiles.loader import load_profile

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / 'cases' / 'settings.yaml').read_text('utf-8')
)
PREFIX = load_profile('meta').prefix


def settings(found: dict[str, Any]) -> Settings:
    assert set(found) <= {'off', 'skip', 'extra'}
    off = frozenset(Task(name) for name in found.get('off', ()))
    return Settings(off, frozenset(found.get('skip', ())), tuple(found.get('extra', ())))


@pytest.mark.parametrize('case', CASES, ids=[case['it'] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    """It should read a page as its case says."""
    assert set(case) in ({'it', 'page', 'in force'}, {'it', 'page', 'said'})
    if 'in force' in case:
        assert parse_settings(case['page'], PREFIX) == settings(case['in force'])
        return
    with pytest.raises(UserError) as error:
        parse_settings(case['page'], PREFIX)
    assert str(error.value).startswith(case['said'])


def listed(number: int) -> str:
    return f'{{"skip": [{", ".join(str(one) for one in range(1, number + 1))}]}}'


def test_entries() -> None:
    """It should take 200 entries and not one more."""
    assert len(parse_settings(listed(MOST), PREFIX).skip) == MOST
    with pytest.raises(UserError, match='settings, skip: 201 entries; 200 are allowed'):
        parse_settings(listed(MOST + 1), PREFIX)


def test_length() -> None:
    """It should take 20,000 characters, blanks among them, and not one more."""
    assert parse_settings('{}'.ljust(LONGEST), PREFIX) == Settings()
    with pytest.raises(UserError, match='longer than 20000 characters'):
        parse_settings('{}'.ljust(LONGEST + 1), PREFIX)


@pytest.mark.parametrize('letter', ['a', '\xe4', '\u0bb9'])
def test_length_of_a_title(letter: str) -> None:
    """It should take a title of 255 bytes and none that is longer."""
    room, size = 255 - len(PREFIX), len(letter.encode())
    fits = PREFIX + letter * (room // size)
    assert parse_settings(f'{{"extra": ["{fits}"]}}', PREFIX).extra == (fits,)
    with pytest.raises(UserError, match='in 255 bytes'):
        parse_settings(f'{{"extra": ["{fits}{letter}"]}}', PREFIX)


def test_says_nothing_of_people() -> None:
    """It should not repeat a title that it refuses: it may name somebody."""
    with pytest.raises(UserError) as error:
        parse_settings('{"extra": ["Global ban for Lacerta"]}', PREFIX)
    assert 'Lacerta' not in str(error.value)


KEYS = st.sampled_from(['run', 'skip', 'extra', 'status', 'talk', 'notify', 'x'])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.text().map(lambda text: PREFIX + text),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
)


@given(st.dictionaries(KEYS, VALUES, max_size=3))
def test_any_object(found: dict[str, Any]) -> None:
    """It should end with settings or an error for people, whatever the object."""
    try:
        read = parse_settings(json.dumps(found), PREFIX)
    except UserError:
        return
    assert all(title.startswith(PREFIX) for title in read.extra)
    assert all(number > 0 for number in read.skip)
