"""Hiding what is not wikitext of the page."""

from __future__ import annotations

import pytest

from globalban_bot.wikitext.opaque import (
    BLANK,
    OPAQUE,
    fill,
    hide,
    unescape,
    without_comments,
    without_surrogates,
)


def shown(text: str) -> str:
    """Return hidden text with visible fillers: ``.`` for a blank, ``x`` for opaque."""
    return hide(text).replace(BLANK, '.').replace(OPAQUE, 'x')


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('plain text', 'plain text'),
        ('', ''),
        ('a<!--b-->c', 'a........c'),
        ('a<!--\nb-->c', 'a.........c'),
        ('a<!-- b', 'a......'),
        ('a --> b', 'a --> b'),
        ('a<!-->b-->c', 'a.........c'),
        ('a<nowiki>b</nowiki>c', 'a' + 'x' * 18 + 'c'),
        ('a<NoWiki>b</nOwiki >c', 'a' + 'x' * 19 + 'c'),
        ('a<nowiki>b', 'a<nowiki>b'),
        ('a</nowiki>b', 'a</nowiki>b'),
        ('a<nowiki/>b', 'a.........b'),
        ('<pre>a</pre>', 'x' * 12),
        ('<ref name="r"/>a', '.' * 15 + 'a'),
        ('<nowiki><!-- a</nowiki>b', 'x' * 23 + 'b'),
        ('<!-- <nowiki> -->a</nowiki>', '.' * 17 + 'a</nowiki>'),
        ('<blockquote>{{s}}\n# a</blockquote>', 'x' * 34),
        ('<preview>a</preview>', '<preview>a</preview>'),
        ('12:00,&nbsp;1 May', '12:00,      1 May'),
        ('a&#160;b&lrm;c', 'a      b     c'),
    ],
)
def test_hides(text: str, expected: str) -> None:
    """It should blank comments and darken quotes, and leave the rest as it stands."""
    assert shown(text) == expected
    assert len(hide(text)) == len(text)


@pytest.mark.parametrize('tag', ['nowiki', 'pre', 'syntaxhighlight', 'source', 'math', 'ref', 'blockquote'])
def test_quoting_elements(tag: str) -> None:
    """It should hide all of a quoting element, so that no vote is read in it."""
    assert set(hide(f'<{tag}>{{{{s}}}} [[User:A|A]]</{tag}>')) == {OPAQUE}


@pytest.mark.parametrize(
    ('text', 'expected'),
    [('a', 'a'), ('a\ud800b', 'a\ufffdb'), ('\udfff\ud800', '\ufffd\ufffd'), ('𝒬', '𝒬')],
)
def test_without_surrogates(text: str, expected: str) -> None:
    """It should replace lone surrogates, one by one, and nothing else."""
    assert without_surrogates(text) == expected


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('a<!-- b -->c', 'ac'),
        ('a<!-- b\n<!-- -->c-->', 'ac-->'),
        ('a<!-- b', 'a'),
        ('a --> b', 'a --> b'),
        ('a<nowiki>b</nowiki>', 'a<nowiki>b</nowiki>'),
    ],
)
def test_without_comments(text: str, expected: str) -> None:
    """It should take out comments, one that is never closed to the end, and nothing else."""
    assert without_comments(text) == expected


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('&amp;&#65;&#x41;', '&AA'),
        ('&#0000065;', 'A'),
        (f'a&#{"9" * 5_000};b', 'a\ufffdb'),
        (f'&#x{"9" * 5_000};', '\ufffd'),
    ],
)
def test_unescape(text: str, expected: str) -> None:
    """It should resolve entities, those too whose number is longer than Python reads."""
    assert unescape(text) == expected


def test_fill() -> None:
    """It should overwrite spans in any order, and leave out those that begin within others."""
    assert fill('abcdefgh', [(4, 6, '-'), (0, 3, '+'), (1, 5, '*')]) == '+++d--gh'
