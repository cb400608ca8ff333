"""Figures over closed requests as JSON and as CSV. The JSON is versioned; ``docs/json.md`` describes it."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Any

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import LEAST_IN_A_CELL, Figure, Study
from globalban_bot.render.escape import escape_json, one_line
from globalban_bot.render.study import invented, limits, period_text, rows_of, rules_text, title

#: Raised by one whenever a field changes its meaning or goes.
SCHEMA = 1
COLUMNS = ('period', 'topic', 'rules', 'cell', 'requests', 'of', 'percent', 'hours')
#: What makes a spreadsheet take a field for a formula. A tab or a return before it would not help.
_FORMULA = ('=', '+', '-', '@')


def render_study_json(study: Study, messages: Messages) -> str:
    """Return the figures as JSON; texts stand beside the keys, to be read without this program."""
    record = {
        'schema': SCHEMA,
        'invented': study.invented,
        'notice': invented(study, messages) or None,
        'as-of': _time(study.as_of),
        'requests': study.requests,
        'left-out': study.left_out,
        'least-in-a-cell': LEAST_IN_A_CELL,
        'figures': [_figure(one, messages) for one in study.figures],
        'limits': list(limits(messages)),
    }
    return escape_json(json.dumps(record, ensure_ascii=False, indent=2)) + '\n'


def _figure(figure: Figure, messages: Messages) -> dict[str, Any]:
    return {
        'topic': figure.topic.value,
        'title': title(figure.topic, messages),
        'opened-since': _time(figure.period.start),
        'opened-before': _time(figure.period.end),
        'rules': rules_text(figure, messages) or None,
        'source': figure.source or None,
        'withheld': figure.withheld,
        # A number below the least would tell of single requests, as zero would.
        'of': None if figure.withheld else figure.of,
        'cells': [
            {'key': row.key, 'label': row.label, 'requests': row.count, 'percent': row.percent}
            for row in rows_of(figure, messages)
        ],
        'merged': [] if figure.withheld else list(figure.merged),
        'mostly': None if figure.withheld else figure.mostly,
        'mostly-at-least': figure.mostly_at_least,
        'mostly-at-most': figure.mostly_at_most,
        'hours': None if figure.withheld else figure.hours,
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.replace(tzinfo=None).isoformat(timespec='seconds') + 'Z'


def render_study_csv(study: Study, messages: Messages) -> str:
    """Return the figures as CSV for a spreadsheet, a line a cell; the first says if they are invented."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    if study.invented:
        writer.writerow([_field(invented(study, messages)), *[''] * (len(COLUMNS) - 1)])
    for figure in study.figures:
        writer.writerows([_field(value) for value in row] for row in _rows(figure, messages))
    return stream.getvalue()


def _rows(figure: Figure, messages: Messages) -> list[tuple[str | int | None, ...]]:
    about = (
        period_text(figure.period, messages),
        title(figure.topic, messages),
        rules_text(figure, messages),
    )
    if figure.withheld:
        return [(*about, messages.get('whatif-withheld', LEAST_IN_A_CELL), None, None, None, None)]
    return [
        (*about, row.label, row.count, figure.of, row.percent, figure.hours)
        for row in rows_of(figure, messages)
    ]


def _field(value: str | int | None) -> str | int:
    """Return a field that a spreadsheet takes for what it is."""
    if not isinstance(value, str):
        return '' if value is None else value
    plain = one_line(value, 600)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
