"""What can be asked of the bot."""

from __future__ import annotations

from globalban_bot.model.approval import Word
from globalban_bot.model.command import Ask


def test_rulings() -> None:
    """It should tell all that is said about a delivery from mere questions."""
    assert {one.ruling for one in Ask if one.ruling is not None} == {*Word}
    assert {one.value for one in Ask if one.ruling is None} == {'status', 'recount', 'nomination', 'coverage'}
    assert all(one.ruling is None or one.ruling.value == one.value for one in Ask)
