"""What a person copies to send notices by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from html import unescape
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.notice import Audience, Notice
from globalban_bot.render.notice_by_hand import by_hand_lines, by_text, target_line
from tests.unit.render.notices import EVIL, HOSTILE, SUBJECT, holds_still, notice, target

M = Messages()
AT = target('atwiki', 'de-at', 'Project:Beisl')
EN = target('enwiki', 'en')
GERMAN, AUSTRIAN, ENGLISH = notice(), notice(AT), notice(EN)
TO_SUBJECT = notice(SUBJECT, Audience.SUBJECT)
ALL = [GERMAN, ENGLISH, AUSTRIAN, TO_SUBJECT]


def lines(notices: Iterable[Notice]) -> list[str]:
    return [*by_hand_lines([*notices], M)]


def blocks(notices: Iterable[Notice]) -> list[str]:
    """Return what a person copies: the content of the blocks, as a reader sees it."""
    text = '\n'.join(lines(notices))
    return [unescape(block) for block in re.findall('<pre>(.*?)</pre>', text, re.DOTALL)]


@given(st.lists(st.sampled_from(ALL)))
def test_by_text(notices: list[Notice]) -> None:
    """It should put each notice into one group, with those of the same text alone, in their order."""
    groups = by_text(notices)
    assert sorted((one for group in groups for one in group), key=notices.index) == sorted(
        notices, key=notices.index
    )
    assert all(len({(one.audience, one.heading, one.body) for one in group}) == 1 for group in groups)
    assert [group[0] for group in groups] == [*dict.fromkeys(_first_of_its_text(notices))]
    assert all([*group] == [one for one in notices if one in group] for group in groups)


def _first_of_its_text(notices: list[Notice]) -> Iterable[Notice]:
    return (next(other for other in notices if other.body == one.body) for one in notices)


def test_blocks() -> None:
    """It should give list, subject and message of each text, once; the subject is told otherwise."""
    assert blocks(ALL) == [
        '* de.wikipedia.org: {{#target:Project:Pump|de.wikipedia.org}}\n'
        '* at.wikipedia.org: {{#target:Project:Beisl|at.wikipedia.org}}',
        GERMAN.heading,
        GERMAN.body,
        '* en.wikipedia.org: {{#target:Project:Pump|en.wikipedia.org}}',
        ENGLISH.heading,
        ENGLISH.body,
    ]
    said = lines(ALL)
    assert said[0] == '== To send it by hand =='
    assert [line for line in said if line.startswith('===')] == [
        '=== To communities (de) ===',
        '=== To communities (en) ===',
    ]
    assert [line for line in said if line.startswith('List')] == ['List of 2 pages:', 'List of one page:']


@pytest.mark.parametrize('notices', [[], [TO_SUBJECT]])
def test_nothing_by_hand(notices: list[Notice]) -> None:
    """It should give no empty lists where no community is told."""
    assert lines(notices) == []


def test_list_without() -> None:
    """It should leave out of the list what could break it, and say so."""
    odd = notice(target(page='a}}b'))
    assert target_line(odd) is None
    assert target_line(notice(replace(target(), url='https://evil.example|x'))) is None
    assert target_line(notice(target(page=None))) is None
    assert 'One page with an unusual title could not be put into the list.' in lines([odd])
    assert blocks([odd, GERMAN])[0] == target_line(GERMAN)


@given(HOSTILE | st.sampled_from(EVIL))
def test_hostile(text: str) -> None:
    """It should give what can be copied as it was, and nothing that acts on the page."""
    odd = replace(notice(target(page=text or None)), heading=text, language=text)
    holds_still('\n'.join(lines([odd])))
    found = blocks([odd])
    title = ' '.join(normalize('NFC', text.replace('_', ' ')).split())
    assert found[0] in {'', f'* de.wikipedia.org: {{{{#target:{title}|de.wikipedia.org}}}}'}
    assert found[1] == text
