"""Figures as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import Cell, Study, Topic
from globalban_bot.render.study_record import COLUMNS, render_study_csv, render_study_json
from tests.unit.render.studies import ALL, MOSTLY, TIMES, WITHHELD, figure, passed, study

EN = Messages()
DOCS = (Path(__file__).parents[3] / 'docs' / 'json.md').read_text('utf-8')


def rows(found: Study) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(render_study_csv(found, EN)))]


def record(found: Study) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(render_study_json(found, EN))
    return made


def test_csv() -> None:
    """It should have a line for each cell, with what it is a part of, and merged cells by name."""
    assert tuple(rows(ALL)[0]) == COLUMNS
    first, last = rows(study(MOSTLY))
    assert first == {
        'period': 'opened since 10 January 2018',
        'topic': 'How requests were closed',
        'rules': '',
        'cell': 'unsuccessful',
        'requests': '18',
        'of': '27',
        'percent': '67',
        'hours': '',
    }
    assert last['cell'].startswith('7 or 8: successful; the others: ')
    assert last['requests'] == '9'
    assert {row['hours'] for row in rows(study(TIMES))} == {'321'}
    assert {row['percent'] for row in rows(study(TIMES))} == {''}


@pytest.mark.parametrize(
    'title', ['=1+1', '+1', '-1', '@x', '\t=1', '\n=1', '\u200b=1', ' =1', '"=1"', 'a,"b']
)
def test_formulas(title: str) -> None:
    """It should write no field that a spreadsheet takes for a formula."""
    found = study(passed(title), figure(Topic.MISSING, (title, 3)))
    fields = [value for row in rows(found) for value in row.values()]
    assert not [field for field in fields if re.match(r'[\s\u200b]*[=+@\t\r-]', field)]
    assert len(rows(found)) == 3


def test_json() -> None:
    """It should have all that the figures have, keys and labels."""
    made = record(ALL)
    assert (made['schema'], made['requests'], made['left-out']) == (1, 70, 0)
    assert made['as-of'] == '2025-05-03T14:05:00Z'
    assert len(made['figures']) == len(ALL.figures)
    (found,) = record(study(MOSTLY))['figures']
    assert found['merged'] == ['inactive', 'closed']
    assert (found['mostly-at-least'], found['mostly-at-most']) == (7, 8)
    assert found['cells'][-1]['label'].startswith('7 or 8: successful; the others: ')
    assert (found['mostly'], found['of'], found['rules'], found['hours']) == ('successful', 27, None, None)
    assert (found['opened-since'], found['opened-before']) == ('2018-01-10T15:24:00Z', None)
    assert [(one['key'], one['requests'], one['percent']) for one in found['cells']] == [
        ('unsuccessful', 18, 67),
        ('merged', 9, 33),
    ]
    assert record(study(TIMES))['figures'][0]['hours'] == 321
    rules = [(one['rules'], one['source']) for one in record(study(passed(), passed('A', 'B')))['figures']]
    assert rules == [('the policy in force at the opening', None), ('A', 'B')]


@pytest.mark.parametrize('count', [0, 1, 2])
def test_withheld(count: int) -> None:
    """It should tell no number of a figure that is withheld, whatever is in it."""
    made = replace(
        WITHHELD, of=count, cells=(Cell('merged', count),), merged=('lock',), mostly='nothing', hours=5
    )
    (row,) = rows(study(made))
    assert row['cell'] == 'fewer than 3 requests: not told'
    assert {row[name] for name in ('requests', 'of', 'percent', 'hours')} == {''}
    (found,) = record(study(made))['figures']
    assert found['withheld'] is True
    assert (found['of'], found['cells'], found['merged'], found['hours']) == (None, [], [], None)
    assert {found[key] for key in ('mostly', 'mostly-at-least', 'mostly-at-most')} == {None}


def test_invented() -> None:
    """It should say so in both, where all is invented: in CSV in a line that tells no number."""
    made = replace(ALL, invented=True)
    told = 'All requests and people in these figures are invented: they show what the page looks like.'
    assert [record(one)['invented'] for one in (ALL, made)] == [False, True]
    assert [record(one)['notice'] for one in (ALL, made)] == [None, told]
    first, *others = rows(made)
    assert [*first.values()] == [told, *[''] * (len(COLUMNS) - 1)]
    assert others == rows(ALL)


def test_json_is_documented() -> None:
    """It should have no field that docs/json.md does not tell of."""
    part = DOCS.partition('# The JSON of figures')[2]
    made = record(ALL)
    names = {*made, *made['figures'][0], *made['figures'][0]['cells'][0]}
    assert [name for name in names if f'`{name}`' not in part and f'[].{name}`' not in part] == []
