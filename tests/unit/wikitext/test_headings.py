"""Headings, and lines that stand in for them."""

from __future__ import annotations

import pytest

from globalban_bot.wikitext.headings import heading_of, plain, pseudo_heading_of, words_of
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.lines import lines_of


@pytest.mark.parametrize(
    ('line', 'level', 'name'),
    [
        ('== Support ==', 2, 'Support'),
        ('==Support==', 2, 'Support'),
        ('===  Support  === ', 3, 'Support'),
        ('= A =', 1, 'A'),
        ('====== A ======', 6, 'A'),
        ('=== A ==', 2, '= A'),
        ('== [[File:A.svg|20px]] Support ==', 2, 'Support'),
        ('== <span id="x">Support</span> ==', 2, 'Support'),
        ("== '''Support''' ==", 2, 'Support'),
        ('== [[A|Support]] &amp; [[more]] ==', 2, 'Support & more'),
        ('<h3>Support</h3>', 3, 'Support'),
        ('<div class="x"><H2 style="y">Support</H2></div>', 2, 'Support'),
    ],
)
def test_heading(line: str, level: int, name: str) -> None:
    """It should read level and name of a heading, in wikitext or as an element."""
    found = heading_of(line)
    assert found is not None
    assert (found[0], plain(found[1])) == (level, name)


@pytest.mark.parametrize(
    'line',
    ['', 'Support', '== Support', 'Support ==', '==', '# == a ==', "'''Support'''", '<h3>Support', 'a=b'],
)
def test_no_heading(line: str) -> None:
    """It should take no other line for a heading."""
    assert heading_of(line) is None


@pytest.mark.parametrize(
    ('line', 'name'),
    [
        ("'''Support'''", 'Support'),
        (":'''Support'''", 'Support'),
        ("'''Oppose''' :", 'Oppose'),
        ("<big>'''Support'''</big>", 'Support'),
        (';Neutral', 'Neutral'),
        ('; Neutral : ', 'Neutral'),
        (';Neutral::', None),
        (';Neutral: a', None),
        (f';{"Neutral " * 20}', None),
        ("'''Comments'''", 'Comments'),
        ("'''Something else'''", None),
        ("# '''Support'''", None),
        ("* '''Support'''", None),
        ("'''Support''' per nom", None),
        ('Support', None),
        ('', None),
        (';', None),
        ("''''''", None),
    ],
)
def test_pseudo_heading(lexicon: Lexicon, line: str, name: str | None) -> None:
    """It should see a heading in a bold line that says nothing but a side, comments or votes."""
    for found in lines_of(line, line):
        assert pseudo_heading_of(line, found, lexicon) == name


@pytest.mark.parametrize(
    ('heading', 'words'),
    [
        ('Support (12)', ['support']),
        ('Neutral/Recusal', ['neutral', 'recusal']),
        ("Arguments in ''favor''", ['arguments', 'in', 'favor']),
        ('За — 5', ['за']),
        ("D'accord", ["d'accord"]),
        ('12:00', []),
    ],
)
def test_words(heading: str, words: list[str]) -> None:
    """It should split a heading into its words, without numbers."""
    assert words_of(heading) == words
