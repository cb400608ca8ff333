"""Wikis and pages in a table."""

from __future__ import annotations

from dataclasses import replace

import mwparserfromhell
import pytest
from hypothesis import given

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.notice import Audience
from globalban_bot.model.target import Target
from globalban_bot.render.notice_cells import link_cell, page_cell, table, wiki_cell
from tests.unit.render.notices import EVIL, HOSTILE, target

M = Messages()
#: Wikis, and their cells.
WIKIS: list[tuple[Target, str]] = [
    (target(), '[https://de.wikipedia.org/ <bdi>de.wikipedia.org</bdi>]'),
    (replace(target(), url=''), '<bdi>dewiki</bdi>'),
    (replace(target(), url='http://de.wikipedia.org'), '<bdi>de.wikipedia.org</bdi>'),
    (replace(target(), url='https://x.example]'), '<bdi>x.example&#93;</bdi>'),
]


@pytest.mark.parametrize(('where', 'cell'), WIKIS)
def test_wiki(where: Target, cell: str) -> None:
    """It should name a wiki by its domain, and link it where that can be one."""
    assert wiki_cell(where) == cell


#: Titles of pages, and their cells.
PAGES: list[tuple[str | None, str]] = [
    (None, '–'),
    ('Project:Pump', '[https://de.wikipedia.org/wiki/Project:Pump <bdi>Project:Pump</bdi>]'),
    ('A_b ü', '[https://de.wikipedia.org/wiki/A_b_%C3%BC <bdi>A_b ü</bdi>]'),
    ('a}}b', '<bdi>a&#125;&#125;b</bdi>'),
    ('x' * 121, f'[https://de.wikipedia.org/wiki/{"x" * 121} <bdi>{"x" * 119}…</bdi>]'),
]


@pytest.mark.parametrize(('title', 'cell'), PAGES)
def test_page(title: str | None, cell: str) -> None:
    """It should show a title, linked to the other wiki where it is one, and cut where it is long."""
    assert page_cell(target(page=title), Audience.COMMUNITY, M) == cell


@given(HOSTILE)
def test_page_of_the_subject(title: str) -> None:
    """It should not tell the title of a subject's talk page, which is a name."""
    assert page_cell(target(page=title), Audience.SUBJECT, M) == 'talk page of the account'


@pytest.mark.parametrize(
    ('link', 'cell'),
    [
        (None, 'text'),
        ('javascript:x', 'text'),
        ('https://x.example/a b', 'text'),
        ('https://x.example/a]', 'text'),
        ('https://x.example/a', '[https://x.example/a text]'),
    ],
)
def test_link(link: str | None, cell: str) -> None:
    """It should link a text of the bot's own, and not where the address is none."""
    assert link_cell(link, 'text') == cell


@given(HOSTILE)
@pytest.mark.parametrize('evil', EVIL)
def test_hostile(evil: str, text: str) -> None:
    """It should let nothing that a wiki gave out of its cell."""
    for part in (text, evil, evil + text):
        where = replace(target(part, page=part or None), url=f'https://{part}')
        cells = [wiki_cell(where), page_cell(where, Audience.COMMUNITY, M), link_cell(part, 'text')]
        lines = [*table('caption', ['a', 'b', 'c'], [cells])]
        assert [line[:2] for line in lines] == [
            '{|',
            '|+',
            '|-',
            '! ',
            '! ',
            '! ',
            '|-',
            '! ',
            '| ',
            '| ',
            '|}',
        ]
        assert not any('\n' in line or '||' in line or '!!' in line for line in lines)
        code = mwparserfromhell.parse('\n'.join(cells))
        assert code.filter_templates() == code.filter_wikilinks() == code.filter_comments() == []


def test_table() -> None:
    """It should head each column and each row, as readers that speak a table need it."""
    assert [*table('Numbers', ['n', 'name'], [['1', 'one'], ['2', 'two']])] == [
        '{| class="wikitable sortable"',
        '|+ Numbers',
        '|-',
        '! scope="col" | n',
        '! scope="col" | name',
        '|-',
        '! scope="row" | 1',
        '| one',
        '|-',
        '! scope="row" | 2',
        '| two',
        '|}',
    ]
