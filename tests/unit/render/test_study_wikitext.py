"""Figures as a wiki page."""

from __future__ import annotations

from dataclasses import replace

import mwparserfromhell
import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import Study, Topic
from globalban_bot.render.box import END
from globalban_bot.render.study_wikitext import render_study_wikitext
from tests.unit.render.studies import ALL, WITHHELD, figure, passed, study

EN = Messages()
HOSTILE = [
    '[[Category:A]]',
    '{{delete}}',
    '|}\n== x ==',
    '<script>',
    '-->',
    "'''b'''",
    '~~~~',
    '|| x',
    'a\n* b',
    '</div>',
    '__TOC__',
]


def text_of(found: Study) -> str:
    return render_study_wikitext(found, EN)


@pytest.mark.parametrize('title', HOSTILE)
def test_hostile_title(title: str) -> None:
    """It should show the hostile title or source of a proposal, or the name of a rule, as text."""
    hostile = text_of(study(passed(title, title), figure(Topic.MISSING, (title, 3))))
    harmless = text_of(study(passed('x', 'x'), figure(Topic.MISSING, ('x', 3))))
    assert len(hostile.splitlines()) == len(harmless.splitlines())
    code, plain = mwparserfromhell.parse(hostile), mwparserfromhell.parse(harmless)
    for kind in ('templates', 'wikilinks', 'headings', 'comments', 'external_links', 'tags'):
        found, expected = (getattr(one, f'filter_{kind}')() for one in (code, plain))
        assert len(found) == len(expected), kind
    assert hostile.count(title) == harmless.count(title)


def test_frame() -> None:
    """It should have language and direction, and no index for search engines."""
    text = text_of(ALL)
    assert text.startswith('<div class="globalban-whatif mw-content-ltr" lang="en" dir="ltr">\n')
    assert text.endswith(f'\n{END}\n')
    assert '__NOINDEX__' in text


def test_tables() -> None:
    """It should have a table with caption and scopes for each period."""
    text = text_of(ALL)
    assert text.count('{|') == text.count('|}') == text.count('|+ ') == 5
    lines = text.splitlines()
    assert all('scope=' in line for line in lines if line.startswith('!'))
    assert '|+ opened since 10 January 2018, of 34 requests that failed' in lines


def test_rules() -> None:
    """It should name the rules once, over all their rows, and who proposed them below."""
    lines = text_of(study(passed(), passed('Other rules', 'By some.'))).splitlines()
    assert '! scope="rowgroup" rowspan="2" | <bdi>Other rules</bdi>' in lines
    assert '! scope="rowgroup" rowspan="2" | <bdi>the policy in force at the opening</bdi>' in lines
    assert '* Other rules: By some.' in lines


def test_percentages() -> None:
    """It should have a column of percentages where there are some, and none below twenty requests."""
    few = text_of(study(figure(Topic.OUTCOMES, ('invalid', 9), ('successful', 10))))
    many = text_of(study(figure(Topic.OUTCOMES, ('invalid', 9), ('successful', 11))))
    assert '! scope="col" | Percent' not in few.splitlines()
    assert '| 10' in few.splitlines()
    assert '! scope="col" | Percent' in many.splitlines()
    assert '| 11 || 55' in many.splitlines()


def test_what_must_be_known_first() -> None:
    """It should say first that all is invented, where it is, and below the heading what it is to meet all."""
    told = "'''All requests and people in these figures are invented: they show what the page looks like.'''"
    lines = text_of(replace(ALL, invented=True)).splitlines()
    assert lines.index(told) < lines.index('== How requests were closed ==')
    heading = '== Failed requests under other rules: how many would have met all that a bot can check =='
    warning = 'A request that meets everything a bot can check is not necessarily right.'
    assert lines[lines.index(heading) + 1].startswith(warning)
    assert told not in text_of(ALL)


def test_withheld() -> None:
    """It should say of too few requests that they are too few, without a table."""
    text = text_of(study(WITHHELD))
    assert 'opened before 10 January 2018, fewer than 3 requests: not told.' in text
    assert '{|' not in text
