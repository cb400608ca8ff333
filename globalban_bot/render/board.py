"""The board: the list of requests, as wikitext.

While a request is open, its count stands in its box only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.tally import Tally
from globalban_bot.render.escape import escape, one_line


def render_board(found: Sequence[Tally], messages: Messages, as_of: datetime) -> str:
    """Return the board, open requests first, the newest at the top of each part.

    :param as_of: when the pages were read (aware, UTC)
    """
    return '\n'.join(_lines(in_order(found), messages, as_of)) + '\n'


def in_order(found: Sequence[Tally]) -> list[Tally]:
    """Return requests in the order of the board."""
    by_opening = sorted(found, key=lambda t: (t.request.opened is not None, t.request.opened), reverse=True)
    return sorted(by_opening, key=lambda t: t.request.closed is not None)


def status_text(found: Tally, messages: Messages) -> str:
    """Return whether a request is open, or when it was closed."""
    closed = found.request.closed
    if closed is None:
        return messages.get('board-open')
    return messages.get('board-closed', messages.time(closed))


def _lines(found: Sequence[Tally], messages: Messages, as_of: datetime) -> Iterator[str]:
    yield f'<div class="globalban-board" lang="{messages.language}">'
    title = f"'''{messages.get('board-title')}'''"
    yield f'{title}, {messages.get("board-intro", messages.time(as_of))}'
    yield '{| class="wikitable sortable"'
    yield f'|+ {messages.get("board-title")}'
    yield '|-'
    for column in ('board-request', 'board-opened', 'board-status', 'board-looks'):
        yield f'! scope="col" | {messages.get(column)}'
    for one in found:
        opened = one.request.opened
        yield '|-'
        yield f'! scope="row" | {_link(one)}'
        yield f'| {messages.time(opened) if opened else ""}'
        yield f'| {status_text(one, messages)}'
        yield f'| {len(one.looks)}'
    yield '|}'
    yield '</div>__NOINDEX__'


def _link(found: Tally) -> str:
    """Link a request by its page id: it stays right when the page is moved."""
    request = found.request
    name = f'<bdi>{escape(one_line(request.title.partition("/")[2] or request.title, 120))}</bdi>'
    return name if request.page_id is None else f'[[Special:Redirect/page/{request.page_id}|{name}]]'
