"""The line of the board on requests that could not be read."""

from __future__ import annotations

from globalban_bot.i18n.messages import Messages
from globalban_bot.render.unread import unread_facts, unread_note


def test_note() -> None:
    """It should say how many requests are missing, and link each by its page id; nothing where none is."""
    assert unread_note([], Messages()) == unread_facts([]) == ''
    assert unread_note([7], Messages()).startswith('The bot could not read one request,')
    note = unread_note([7, 9], Messages())
    assert note.startswith('The bot could not read 2 requests,')
    assert '[[Special:Redirect/page/7|7]] [[Special:Redirect/page/9|9]]' in note
    assert unread_facts([7]) != unread_facts([7, 9])
