"""A tally as a table for the terminal."""

from __future__ import annotations

import io

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.tally import Tally
from globalban_bot.render.board import in_order
from globalban_bot.render.box import look_text
from globalban_bot.render.escape import for_terminal
from globalban_bot.render.rich_text import as_text
from globalban_bot.render.state import since_of, state_said, status_text

#: Wide enough for a title; a terminal that is narrower wraps.
WIDTH = 110


def render_table(tally: Tally, messages: Messages) -> str:
    """Return the counts of a page, one row a question, and what needs a person's look."""
    request = tally.request
    table = Table(box=SIMPLE, title=_text(request.title) if request.title else None, title_justify='left')
    table.add_column(messages.get('proposal'))
    for key in ('support', 'oppose', 'neutral'):
        table.add_column(messages.get(key), justify='right')
    table.add_column(messages.get('board-looks'), justify='right')
    for proposal in tally.proposals:
        count = proposal.count
        numbers = (count.support, count.oppose, count.neutral, len(proposal.looks))
        table.add_row(_text(proposal.heading or '–'), *(str(number) for number in numbers))
    state = f'{messages.get("box-state")}: {as_text(state_said(request, messages))}'
    lines = [messages.get('box-look-entry', look.line, look_text(look, messages)) for look in tally.looks]
    said = [f'{messages.get("box-look")}: {line}' for line in lines]
    return _print(table, state, *said, *(f'! {for_terminal(warning)}' for warning in request.warnings))


def render_board_table(tallies: list[Tally], messages: Messages) -> str:
    """Return the list of requests."""
    table = Table(box=SIMPLE, title=messages.get('board-title'), title_justify='left')
    for key in ('board-request', 'board-opened', 'board-status', 'board-looks'):
        table.add_column(messages.get(key))
    for one in in_order(tallies):
        opened = one.request.opened
        table.add_row(
            _text(one.request.title.partition('/')[2] or one.request.title),
            messages.get('verdict-undetermined') if opened is None else messages.time(opened),
            status_text(one.request.state.phase, since_of(one.request.state), messages),
            str(len(one.looks)),
        )
    return _print(table)


def _text(written: str) -> Text:
    """Take text from a wiki literally: without control characters and without rich's markup."""
    return Text(for_terminal(written, 160))


def _print(*parts: Table | str) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=WIDTH, color_system=None, highlight=False, markup=False, emoji=False)
    for part in parts:
        console.print(part)
    return '\n'.join(line.rstrip() for line in stream.getvalue().strip('\n').split('\n')) + '\n'
