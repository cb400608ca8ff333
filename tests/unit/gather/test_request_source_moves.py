"""Summaries of moves."""

from __future__ import annotations

import pytest

from globalban_bot.gather.request_source import titles_of_move


@pytest.mark.parametrize(
    ('summary', 'titles'),
    [
        ('Ada moved page [[Requests/A]] to [[Requests/B]]: better title', ('Requests/A', 'Requests/B')),
        ('Ada verschob die Seite [[A]] nach [[B]]', ('A', 'B')),
        ('Ada moved page [[:User:Ada/A_draft]] to [[B]] over redirect: see [[C]]', ('User:Ada/A draft', 'B')),
        ('Protected "[[A]]" (vandalism)', None),
        ('', None),
        (None, None),
        ('[[A]]' + ' ' * 5000 + '[[B]]', None),
    ],
)
def test_titles_of_move(summary: str | None, titles: tuple[str, str] | None) -> None:
    """It should know a summary that links the old and the new title, in any language."""
    assert titles_of_move(summary) == titles
