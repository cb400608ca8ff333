"""A list of targets, and the text to a subject."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.marker import digest
from globalban_bot.model.notice import Audience
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.pages.preload import render_preload
from globalban_bot.pages.target_list import (
    can_be_listed,
    is_emptied,
    read_target_list,
    render_target_list,
    target_line,
    unless_emptied,
    while_emptied,
)
from tests.unit.render.notices import EVIL, HOSTILE, SUBJECT, WHEN, notice, target

END = '<noinclude>__NOINDEX__</noinclude>\n'


def test_list() -> None:
    """It should have a line for each wiki and nothing else, and be read back."""
    notices = [notice(), notice(target('atwiki', 'de-at', 'Project:Beisl'))]
    text = render_target_list(notices)
    assert text == (
        '* de.wikipedia.org: {{#target:Project:Pump|de.wikipedia.org}}\n'
        '* at.wikipedia.org: {{#target:Project:Beisl|at.wikipedia.org}}\n' + END
    )
    assert read_target_list(text) == (
        ('de.wikipedia.org', 'Project:Pump'),
        ('at.wikipedia.org', 'Project:Beisl'),
    )


def test_empty() -> None:
    """It should be empty where nothing may be sent."""
    assert render_target_list([]) == END
    assert read_target_list(END) == ()


NOT_EMPTIED = [
    '* en.wikipedia.org: {{#target:Project:Pump|en.wikipedia.org}}',
    '#REDIRECT [[User:Somebody/Targets]]',
    '{{User:Somebody/Targets}}',
    # MassMessage reads the page itself, and there "noinclude" counts.
    '<noinclude>{{#target:Project:Pump|en.wikipedia.org}}</noinclude>',
    '<!-- x --> {{#target:Project:Pump|en.wikipedia.org}} <!-- y -->',
    '<!-- never closed {{#target:Project:Pump|en.wikipedia.org}}',
    '<includeonly>A text that fills in a form.</includeonly>',
    '<nowiki><!--</nowiki>{{#target:Project:Pump|en.wikipedia.org}}<nowiki>--></nowiki>',
]


@pytest.mark.parametrize('text', NOT_EMPTIED)
def test_not_emptied(text: str) -> None:
    """It should take a page for one from which something can be sent, whoever wrote it and how."""
    assert not is_emptied(f'<!-- a marker -->\n{text}\n{END}')
    assert not is_emptied(text)


@pytest.mark.parametrize(
    'text', ['', END, f'<!-- a marker -->\n{END}', '<!-- Please wait. -->', f'{END}Wait!']
)
def test_emptied(text: str) -> None:
    """It should take a page for empty that holds no target, though people have written there."""
    assert is_emptied(text)


def test_size() -> None:
    """It should tell an empty list, as the bot saves it, from one with a target by its size alone."""
    empty = DesiredPage(DesiredFacts('List', digest(END), 'empty'), END, WHEN).text.rstrip()
    (size,) = re.findall('> ([0-9]+) ', while_emptied('List', 'x'))
    assert (int(size), unless_emptied('List', 'x').count(size)) == (len(empty.encode()), 1)
    body = render_target_list([notice(target('a', page='P'))])
    assert len(DesiredPage(DesiredFacts('List', digest(body), 'open'), body, WHEN).text.encode()) > int(size)


@given(HOSTILE | st.sampled_from(EVIL))
def test_hostile(text: str) -> None:
    """It should list no title that could act on the list, and none that would become a host."""
    place = target(page=text or None)
    line = target_line(place)
    assert (line is not None) is can_be_listed(place)
    if line is not None:
        assert (line.count('\n'), line.count('|'), line.count('{{'), line.count('}}')) == (0, 1, 1, 1)
        assert len(read_target_list(line) or ()) == 1
    assert target_line(replace(place, url=f'https://{text}|x.example')) is None


def test_pipe() -> None:
    """It should refuse a title with a pipe: MassMessage would take its end for the host."""
    assert target_line(target(page='Project:A|evil.example')) is None


def test_preload() -> None:
    """It should hold the text to the subject, with a signature that only whoever saves it makes."""
    made = notice(SUBJECT, Audience.SUBJECT)
    text = render_preload(made)
    assert '~~~' not in text
    assert text.replace('</includeonly><includeonly>', '') == f'<includeonly>{made.body}</includeonly>{END}'
    assert render_preload(None) == END
