"""Counts of edits in a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.errors import UserError
from globalban_bot.gather.place import FileNode
from globalban_bot.gather.recorded_counts import answer, read_counts
from globalban_bot.model.account import Account, Bounds, EditsAsked, EditScope, LocalAccount
from globalban_bot.model.unknown import Gap, Unknown

DAY = '2025-05-01T00:00:00Z'
MOMENT = datetime(2025, 5, 1, tzinfo=UTC)
LOCALS = tuple(
    LocalAccount(wiki, f'https://{wiki}.example', edits, None) for wiki, edits in (('a', 7), ('b', 5))
)
ACCOUNT = Account('Ada', None, 12, LOCALS, False, False, MOMENT)


def told(*counts: dict[str, Any], wanted: int = 10, **time: Any) -> Bounds | Unknown:
    return answer(read_counts(FileNode([*counts], 'facts')), ACCOUNT, EditsAsked(wanted, **time))


def test_joined() -> None:
    """It should join the counts of one time: the largest of one bound, the smallest of the other."""
    counts = (
        {'before': DAY, 'at-least': 5, 'at-most': 11},
        {'before': DAY, 'at-least': 8, 'at-most': None},
        {'before': DAY, 'at-least': 6, 'at-most': 10},
        {'before': DAY, 'at-least': 'no answer'},
        {'before': DAY, 'where': 'any', 'at-least': 9},
        {'before': DAY, 'after': DAY, 'at-least': 99},
    )
    assert told(*counts, before=MOMENT) == Bounds(8, 10)
    assert told(*counts, before=MOMENT, where=EditScope.ANY) == Bounds(9)
    assert told({'before': DAY, 'at-least': 'no answer'}, before=MOMENT) == Unknown(Gap.NO_ANSWER)
    assert told(*counts, after=MOMENT) == Unknown(Gap.NOT_ASKED)


def test_wanted() -> None:
    """It should give the answer to just this question, where there is one."""
    counts = (
        {'before': DAY, 'wanted': 5, 'at-least': 5},
        {'before': DAY, 'wanted': 10, 'at-least': 'no answer'},
    )
    assert told(*counts, wanted=10, before=MOMENT) == Unknown(Gap.NO_ANSWER)
    assert told(*counts, wanted=7, before=MOMENT) == Bounds(5)


def test_now() -> None:
    """It should take the edits up to now from the account, unless a count tells."""
    assert told() == Bounds(12, 12)
    assert told(where=EditScope.ANY) == Bounds(7, 7)
    assert told({'at-least': 11}) == Bounds(11)


@pytest.mark.parametrize(
    ('count', 'message'),
    [
        ({'before': DAY}, "facts: 1: the key 'at-least' is missing"),
        ({'at-least': 1, 'where': 'here'}, 'facts: 1: where: no such place; write one of together, any'),
        ({'at-least': -1}, 'facts: 1: at-least: write a whole number here'),
        ({'at-least': 1, 'at-most': True}, 'facts: 1: at-most: write a whole number here'),
    ],
)
def test_malformed(count: dict[str, Any], message: str) -> None:
    """It should say what is wrong, and where."""
    with pytest.raises(UserError, match=message):
        told(count)
