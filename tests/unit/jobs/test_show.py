"""Showing tallies."""

from __future__ import annotations

import json

import pytest

from globalban_bot.jobs.show import FORMATS, explain_pages, explain_place, show
from globalban_bot.model.vote import Doubt
from tests.unit.decide.made import at, entry, tallied

PAGES = [tallied(entry(1), title='R/One'), tallied(entry(2, doubt=Doubt.SPLIT), title='R/Two', page_id=8)]

#: What each format has for one page, and for two.
SIGNS = {
    'table': ('Support', 2),
    'json': ('"schema": 2', 2),
    'wikitext': ('<div class="globalban-facts ', 2),
    'html': ('<section', 2),
}


@pytest.mark.parametrize('form', FORMATS)
def test_every_format(form: str) -> None:
    """It should show one page or several in each format."""
    sign, times = SIGNS[form]
    assert show(PAGES[:1], form, at(3)).count(sign) == 1
    assert show(PAGES, form, at(3)).count(sign) == times


def test_json_is_one_document() -> None:
    """It should write JSON that a program can read."""
    assert [record['title'] for record in json.loads(show(PAGES, 'json', at(3)))] == ['R/One', 'R/Two']


def test_html_is_one_document() -> None:
    """It should write one page of HTML for all requests."""
    assert show(PAGES, 'html', at(3)).count('<html') == 1


@pytest.mark.parametrize('form', ['wikitext', 'html'])
def test_time_of_reading(form: str) -> None:
    """It should say as of when, where the format is for readers."""
    assert 'as of 12:00, 3 May 2027 (UTC)' in show(PAGES, form, at(3))


def test_explain_pages() -> None:
    """It should explain each page below its table."""
    text = explain_pages(PAGES)
    places = [text.index(word) for word in ('R/One', 'line 1: support', 'R/Two', 'line 2: support')]
    assert places == sorted(places)


def test_explain_place() -> None:
    """It should explain the same line of each page, one line each."""
    assert explain_place(PAGES, 2).splitlines() == [
        'line 2: nothing here looks like a vote',
        'line 2: support, by template, Ada, 12:00, 2 May 2027 (UTC): not counted: unclear, for people;'
        ' it takes both sides',
    ]
