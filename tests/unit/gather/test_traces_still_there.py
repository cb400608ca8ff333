"""Which notices still stand on a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.gather.traces import still_there

ONE, TWO = '\n\n== N ==\n\nWords of it. 10:00\n<m>', '\n\n== N ==\n\nWords of it. 10:01\n<m>'


def marks(added: str) -> set[str]:
    return {'<m>'} & {added[-3:]}


@pytest.mark.parametrize(
    ('text', 'before', 'expected'),
    [
        (f'a{ONE}{TWO}', 'a', {1, 2}),
        (f'a{ONE}', 'a', {1}),
        (f'a{TWO}', 'a', {2}),
        ('a', 'a', set()),
        (f'a{ONE.replace("Words", "Changed")}', 'a', {1}),
        (f'a{ONE.replace("Words", "Changed")}{TWO}', 'a', {1, 2}),
        ('a <m>', 'a <m>', set()),
        (f'a <m>{TWO}', 'a <m>', {2}),
        (f'a <m>{TWO.replace("Words", "Changed")}', 'a <m>', {1}),
    ],
)
def test_two(text: str, before: str, expected: set[int]) -> None:
    """It should tell two notices apart by their times, and count each mark once, strangers' left aside."""
    assert still_there(text, {1: (before, ONE), 2: (before + ONE, TWO)}, marks) == expected


@given(st.integers(0, 3), st.integers(0, 3))
def test_equal(standing: int, given_: int) -> None:
    """It should tell as many of equal notices as stand there."""
    notices = dict.fromkeys(range(given_), ('a', ONE))
    assert len(still_there('a' + ONE * standing, notices, marks) if notices else ()) == min(standing, given_)
