"""Figures over closed requests as a wiki page. It needs no colours: all that it says are tables."""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import Study, Topic
from globalban_bot.render.box import END
from globalban_bot.render.escape import escape, one_line
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


def render_study_wikitext(study: Study, messages: Messages) -> str:
    """Return the page: a part for each topic, a table for each period."""
    lines = [messages.div('globalban-whatif'), f"'''{messages.get('whatif-title')}'''"]
    lines += ['', intro(study, messages)]
    if study.invented:
        lines += ['', f"'''{invented(study, messages)}'''"]
    lines += ['', about(messages)]
    for topic, parts in parts_of(study).items():
        lines += ['', f'== {title(topic, messages)} ==']
        lines += [one for one in (note(topic, messages),) if one]
        for part in parts:
            lines += ['', *_table(part, messages)]
        lines += _sources(parts, messages)
    lines += ['', f'== {messages.get("whatif-limits")} ==', *(f'* {one}' for one in limits(messages))]
    return '\n'.join([*lines, END]) + '\n'


def _table(part: Part, messages: Messages) -> Iterator[str]:
    if part.figures[0].withheld:
        yield f'{_plain(caption(part, messages))}.'
        return
    rules = part.topic is Topic.PASSED
    yield '{| class="wikitable"'
    yield f'|+ {_plain(caption(part, messages))}'
    yield '|-'
    if rules:
        yield f'! scope="col" | {messages.get("whatif-column-rules")}'
    yield f'! scope="col" | {column(part.topic, messages)}'
    yield f'! scope="col" | {messages.get("whatif-column-requests")}'
    if any(row.percent is not None for row in rows_of(part.figures[0], messages)):
        yield f'! scope="col" | {messages.get("whatif-column-share")}'
    yield from _rows(part, messages, rules=rules)
    yield '|}'
    hours = hours_text(part.figures[0], messages)
    if hours is not None:
        yield hours
    elif not rules:
        yield _plain(headline(part.figures[0], messages))


def _rows(part: Part, messages: Messages, *, rules: bool) -> Iterator[str]:
    for figure in part.figures:
        rows = rows_of(figure, messages)
        for number, row in enumerate(rows):
            yield '|-'
            if rules and number == 0:
                name = f'<bdi>{_plain(rules_text(figure, messages))}</bdi>'
                yield f'! scope="rowgroup" rowspan="{len(rows)}" | {name}'
            yield f'! scope="row" | {_plain(row.label)}'
            yield f'| {row.count}' if row.percent is None else f'| {row.count} || {row.percent}'


def _sources(parts: tuple[Part, ...], messages: Messages) -> Iterator[str]:
    """Yield who proposed which rules, once for all periods."""
    found = dict.fromkeys(source for part in parts for source in sources_of(part, messages))
    if found:
        yield ''
        yield f"'''{messages.get('whatif-sources')}'''"
        yield from (f'* {_plain(source)}' for source in found)


def _plain(text: str) -> str:
    return escape(one_line(text, 600))
