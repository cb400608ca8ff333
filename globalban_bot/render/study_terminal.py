"""Figures over closed requests as tables for the terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import Study, Topic
from globalban_bot.render.escape import one_line
from globalban_bot.render.study import (
    Part,
    about,
    caption,
    column,
    headline,
    hours_text,
    intro,
    invented,
    limits,
    note,
    parts_of,
    rows_of,
    rules_text,
    sources_of,
    title,
)
from globalban_bot.render.terminal import WIDTH


def render_study_table(study: Study, messages: Messages) -> str:
    """Return a table for each topic and period."""
    said: list[Table | Text | str] = [messages.get('whatif-title'), intro(study, messages)]
    said += [one for one in (invented(study, messages), about(messages)) if one]
    for topic, parts in parts_of(study).items():
        said += ['', title(topic, messages).upper()]
        said += [one for one in (note(topic, messages),) if one]
        for part in parts:
            said += _part(part, messages)
        sources = dict.fromkeys(source for part in parts for source in sources_of(part, messages))
        said += [_literal(f'- {source}') for source in sources]
    said += ['', f'{messages.get("whatif-limits")}:', *(f'- {one}' for one in limits(messages))]
    return _printed(said)


def _part(part: Part, messages: Messages) -> Iterator[Table | Text | str]:
    first = part.figures[0]
    if first.withheld:
        yield f'{caption(part, messages)}.'
        return
    yield caption(part, messages)
    yield _table(part, messages)
    hours = hours_text(first, messages)
    if hours is not None:
        yield hours
    elif part.topic is not Topic.PASSED:
        yield _literal(headline(first, messages))


def _table(part: Part, messages: Messages) -> Table:
    rules = part.topic is Topic.PASSED
    table = Table(box=SIMPLE)
    if rules:
        table.add_column(messages.get('whatif-column-rules'))
    table.add_column(column(part.topic, messages))
    for key in ('whatif-column-requests', 'whatif-column-share'):
        table.add_column(messages.get(key), justify='right')
    for figure in part.figures:
        for number, row in enumerate(rows_of(figure, messages)):
            name = [_literal(rules_text(figure, messages) if number == 0 else '')] if rules else []
            percent = '' if row.percent is None else str(row.percent)
            table.add_row(*name, _literal(row.label), str(row.count), percent)
    return table


def _literal(text: str) -> Text:
    """Take text literally: without control characters and without rich's markup."""
    return Text(one_line(text, 600))


def _printed(parts: Iterable[Table | Text | str]) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=WIDTH, color_system=None, highlight=False, markup=False, emoji=False)
    for part in parts:
        console.print(part)
    return '\n'.join(line.rstrip() for line in stream.getvalue().strip('\n').split('\n')) + '\n'
