"""Summaries of moves."""

from __future__ import annotations

import pytest

from globalban_bot.gather.moves import tells_of_move


@pytest.mark.parametrize(
    ('summary', 'tells'),
    [
        ('Ada moved page [[Requests/A]] to [[Requests/B]]: better title', True),
        ('Ada verschob die Seite [[A]] nach [[B]]', True),
        ('Protected "[[A]]" (vandalism)', False),
        ('', False),
        (None, False),
        ('[[A]]' + ' ' * 5000 + '[[B]]', False),
    ],
)
def test_tells_of_move(summary: str | None, tells: bool) -> None:
    """It should know a summary that links the old and the new title, in any language."""
    assert tells_of_move(summary) is tells
