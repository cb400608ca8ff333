"""The lines of a page."""

from __future__ import annotations

import pytest

from globalban_bot.wikitext.lines import lines_of
from tests.unit.wikitext.makers import Surfaces


@pytest.mark.parametrize(
    ('line', 'marker', 'body'),
    [
        ('# a', '#', ' a'),
        ('*a', '*', 'a'),
        ('#:* a', '#:*', ' a'),
        ('a', '', 'a'),
        (';a', ';', 'a'),
        ('<s># a</s>', '#', ' a</s>'),
        ('<s>*:a', '*:', 'a'),
        ('<s>a</s>', '', '<s>a</s>'),
        ('<small># a', '', '<small># a'),
        ('a # b', '', 'a # b'),
        (':' * 19 + 'a', ':' * 19, 'a'),
        ('#', '#', ''),
    ],
)
def test_marker(line: str, marker: str, body: str) -> None:
    """It should part a list marker from what it lists, also inside a strike."""
    (found,) = lines_of(line, line)
    assert (found.marker, line[found.body : found.end]) == (marker, body)


def test_numbers(surface: Surfaces) -> None:
    """It should count lines as an editor does, also where a comment or a template breaks them."""
    source = 'a\n\n# {{s\n|x}} b\n<!--\n\n-->c\nd\n'
    found = [*lines_of(surface(source).text, source)]
    assert [line.number for line in found] == [1, 3, 5, 8]
    assert source[found[1].start : found[1].end] == '# {{s\n|x}} b'


@pytest.mark.parametrize('text', ['', '\n\n', ' \n\t\r\n', '<!-- a -->'])
def test_empty(surface: Surfaces, text: str) -> None:
    """It should leave out lines on which nothing is to be seen."""
    assert [*lines_of(surface(text).text, text)] == []


def test_comment_before_a_marker(surface: Surfaces) -> None:
    """It should see a list marker behind a comment, as MediaWiki does."""
    source = '<!-- a --># b'
    (found,) = lines_of(surface(source).text, source)
    assert found.marker == '#'
