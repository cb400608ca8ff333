"""Many names, divided into questions that a wiki and a server take."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.gather.live_accounts import _LONGEST_QUESTION, _NAMES_AT_ONCE, _portions

NAMES = st.lists(
    st.text(st.characters(codec='utf-8', exclude_characters='|'), min_size=1, max_size=85), max_size=130
)


@given(NAMES)
def test_portions(names: list[str]) -> None:
    """It should keep all names in their order, in portions of no more names and letters than are taken."""
    found = [*_portions(names)]
    assert [name for some in found for name in some] == names
    for some in found:
        assert 0 < len(some) <= _NAMES_AT_ONCE
        assert len(quote(''.join(some))) <= _LONGEST_QUESTION or len(some) == 1


@pytest.mark.parametrize(
    ('name', 'number', 'sizes'),
    [
        ('Ada', 0, []),
        ('Ada', 50, [50]),
        ('Ada', 101, [50, 50, 1]),
        # 85 letters of nine signs each in an address.
        ('\u4e00' * 85, 14, [6, 6, 2]),
    ],
)
def test_no_more_portions_than_needed(name: str, number: int, sizes: list[int]) -> None:
    """It should fill each portion."""
    assert [len(some) for some in _portions([name] * number)] == sizes


def test_a_name_that_is_too_long() -> None:
    """It should ask for a name alone that is too long, rather than leave it out."""
    long = 'x' * (_LONGEST_QUESTION + 1)
    assert [*_portions(['Ada', long, 'Bel'])] == [('Ada',), (long,), ('Bel',)]
