"""The line of the board on requests that the bot could not read, as wikitext."""

from __future__ import annotations

from collections.abc import Sequence

from globalban_bot.i18n.messages import Messages


def unread_note(page_ids: Sequence[int], messages: Messages) -> str:
    """Return the line; empty where all requests were read.

    :param page_ids: of the requests that are missing from the board
    """
    links = ' '.join(f'[[Special:Redirect/page/{one}|{one}]]' for one in page_ids)
    return messages.get('board-unread', len(page_ids), links) if page_ids else ''


def unread_facts(page_ids: Sequence[int]) -> str:
    """Return what a reader cares about, as text to be compared; empty where all requests were read."""
    return f'unread {" ".join(map(str, page_ids))}' if page_ids else ''
