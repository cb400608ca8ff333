"""A tally as JSON."""

from __future__ import annotations

import json

import pytest

from globalban_bot.decide.tally import tally
from globalban_bot.model.vote import Doubt, Form, Signing
from globalban_bot.render.record import SCHEMA, record_of, render_json
from tests.unit.decide.made import (
    OPPOSE,
    at,
    closed_at,
    closed_head,
    entry,
    other,
    proposal,
    request,
    tallied,
)


def test_whole_record() -> None:
    """It should hold all that the schema names, in its order, with times in UTC."""
    page = request(
        proposal(
            entry(11, 'Ada', strength='strong'),
            entry(12, None, OPPOSE, time=None, signing=Signing.UNSIGNED, form=Form.BOLD, section='Oppose'),
            entry(13, 'Ünal', doubt=Doubt.SPLIT),
            heading='One',
            others=(other(14),),
        ),
        proposal(heading='Two'),
        state=closed_at(at(8)),
        head=closed_head(),
        subjects=('Bel', 'Cid'),
        warnings=('odd',),
    )
    votes = [
        {
            'stance': 'support',
            'strength': 'strong',
            'user': 'Ada',
            'time': '2027-05-02T12:00:00Z',
            'state': 'counted',
            'counts': True,
            'section': 'Votes',
            'line': 11,
            'form': 'template',
        },
        {
            'stance': 'oppose',
            'strength': None,
            'user': None,
            'time': None,
            'state': 'unsigned',
            'counts': True,
            'section': 'Oppose',
            'line': 12,
            'form': 'bold',
        },
        {
            'stance': 'support',
            'strength': None,
            'user': 'Ünal',
            'time': '2027-05-02T12:00:00Z',
            'state': 'unclear',
            'counts': False,
            'section': 'Votes',
            'line': 13,
            'form': 'template',
        },
    ]
    wanted = {
        'schema': 2,
        'title': 'Requests for comment/Global ban for Bel',
        'revision': 70,
        'status': 'globalban-no',
        'opened': '2027-05-01T12:00:00Z',
        'closed': '2027-05-08T12:00:00Z',
        'state': {
            'phase': 'closed',
            'since': '2027-05-08T12:00:00Z',
            'revision': None,
            'counts_from': None,
            'was_closed': [],
            'moved': None,
        },
        'history': True,
        'subjects': ['Bel', 'Cid'],
        'nominator': 'Ada',
        'proposals': [
            {'heading': 'One', 'tally': {'support': 1, 'oppose': 1, 'neutral': 0}, 'votes': votes},
            {'heading': 'Two', 'tally': {'support': 0, 'oppose': 0, 'neutral': 0}, 'votes': []},
        ],
        'look': [{'line': 12, 'reason': 'no author'}, {'line': 13, 'reason': 'unclear'}],
        'warnings': ['odd'],
    }
    record = record_of(tally(page))
    assert json.dumps(record) == json.dumps(wanted)
    assert SCHEMA == 2


@pytest.mark.parametrize('field', ['title', 'revision', 'status', 'opened', 'closed', 'nominator'])
def test_unknown_is_null(field: str) -> None:
    """It should write null for what is not known, and never an empty text."""
    found = tallied(title='', revision=None, opened=None, nominator=None)
    assert record_of(found)[field] is None


def test_early_times_have_four_digits() -> None:
    """It should write a year with four digits, as ISO 8601 asks for."""
    assert record_of(tallied(opened=at(2).replace(year=999)))['opened'] == '0999-05-02T12:00:00Z'


def test_json_of_one_page() -> None:
    """It should write one page as an object, readable for people, letters as they are."""
    text = render_json([tallied(title='Ünal – 日本語')])
    assert json.loads(text)['title'] == 'Ünal – 日本語'
    assert '日本語' in text
    assert text.startswith('{\n  "schema": 2')
    assert text.endswith('}\n')


@pytest.mark.parametrize('number', [0, 2, 3])
def test_json_of_several_pages(number: int) -> None:
    """It should write several pages, or none, as a list."""
    records = json.loads(render_json([tallied(revision=at) for at in range(number)]))
    assert [record['revision'] for record in records] == [*range(number)]


@pytest.mark.parametrize('text', ['"', '\\', '\n', '\x00', '\u2028', '</script>', '\U0001f600'])
def test_json_of_any_text(text: str) -> None:
    """It should give every text back as it was."""
    assert json.loads(render_json([tallied(title=text, warnings=(text,))]))['warnings'] == [text]
