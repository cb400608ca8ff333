"""Whether an expression is taken, wished for, or spoken of."""

from __future__ import annotations

import pytest

from globalban_bot.wikitext.assertion import is_change, is_tentative, names_a_part, stands_alone


@pytest.mark.parametrize(
    ('before', 'behind', 'expected'),
    [
        ('Therefore, I ', ' this', True),
        ('I also ', ' this', True),
        ('I strongly ', ' this', True),
        ('It is done. ', '. More', True),
        ('', '.', True),
        ('It is done ', '', True),
        ('It is done ', ' -- ', True),
        ('your ', '', False),
        ('this ', '', False),
        ('It is done ', ' of people', False),
        ('It is done. ', ' came from all', False),
    ],
)
def test_stands_alone(before: str, behind: str, expected: bool) -> None:
    """It should take an expression behind "I", or that is a sentence of its own."""
    assert stands_alone(before, behind) is expected


def test_not_bare() -> None:
    """It should not take the last word of a comment where only a template may be that."""
    assert not stands_alone('It is done ', '', bare=False)


@pytest.mark.parametrize(
    ('before', 'behind', 'expected'),
    [
        ('', '', False),
        ('I will ', '', True),
        ('I would ', '', True),
        ('', ' if it goes on', True),
        ('I do not ', '', True),
        ('I don’t ', '', True),
        ('I will say what all of us here see: ', '', False),
        ('I would otherwise ', '', False),
    ],
)
def test_is_tentative(before: str, behind: str, expected: bool) -> None:
    """It should tell a wish and a negation, close by, from a position."""
    assert is_tentative(before, behind) is expected


@pytest.mark.parametrize(
    ('behind', 'expected'),
    [
        (' the card', True),
        (' the ban', False),
        (' the global ban', False),
        (' this request', False),
        ('', False),
        (' per nom', False),
    ],
)
def test_names_a_part(behind: str, expected: bool) -> None:
    """It should tell an object of its own from the question."""
    assert names_a_part('', behind) is expected


@pytest.mark.parametrize(
    ('before', 'between', 'expected'),
    [('changing from ', ' to ', True), ('', ' to ', False), ('from ', ' and ', False)],
)
def test_is_change(before: str, between: str, expected: bool) -> None:
    """It should tell a change of mind from two positions."""
    assert is_change(before, between) is expected
