"""What a line of a box says, as wikitext, HTML and text."""

from __future__ import annotations

import html
import re

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.render.rich_text import Link, as_html, as_text, as_wikitext, joined

TITLE, ADDRESS = 'Global bans', 'https://en.example/wiki/Special:Redirect/logid/7'
HOSTILE = "x]] '''b''' [[Category:C]] {{delete}} ~~~~ <script>alert(1)</script> | a=b"
#: Texts with a lot of markup in them.
TEXTS = st.text(st.sampled_from('ab []{}|<>\'"&=~_;:/\n#*-!') | st.characters(codec='utf-8'), max_size=40)
TARGETS = st.sampled_from([TITLE, ADDRESS])


def test_forms() -> None:
    """It should write links to titles and to addresses in each form."""
    said = ('See ', Link(TITLE, 'source'), ', ', Link(ADDRESS, '2 March 2026'), '.')
    assert as_wikitext(said) == f'See [[{TITLE}|source]], [{ADDRESS} 2 March 2026].'
    assert as_html(said) == f'See source, <a href="{ADDRESS}" rel="nofollow">2 March 2026</a>.'
    assert as_text(said) == f'See source, 2 March 2026 <{ADDRESS}>.'


@pytest.mark.parametrize(
    ('target', 'is_address'),
    [(ADDRESS, True), (TITLE, False), ('http://en.example', False), ('javascript:alert(1)', False)],
)
def test_is_address(target: str, is_address: bool) -> None:
    """It should take for an address what begins with https:// alone."""
    assert Link(target, 'x').is_address is is_address


@pytest.mark.parametrize('target', [TITLE, ADDRESS])
def test_hostile_text_in_wikitext(target: str) -> None:
    """It should show a hostile text of a link as wikitext, and do nothing else."""
    code = mwparserfromhell.parse(as_wikitext((Link(target, HOSTILE),)))
    assert code.filter_templates() == code.filter_tags() == []
    assert len(code.filter_wikilinks()) + len(code.filter_external_links()) == 1
    assert html.unescape(str(code)).count(HOSTILE) == 1


@given(TARGETS, TEXTS)
def test_text_in_wikitext(target: str, text: str) -> None:
    """It should write the text of a link without markup, and so that it reads as it is."""
    written = as_wikitext((Link(target, text),))
    start, end = (f'[{target} ', ']') if target == ADDRESS else (f'[[{target}|', ']]')
    shown = written[len(start) : len(written) - len(end)]
    assert written == f'{start}{shown}{end}'
    assert not set('[]{}|<>=\'"') & set(shown)
    assert '~~~' not in shown
    assert re.sub('&#([0-9]+);', lambda found: chr(int(found[1])), shown) == text


@given(TARGETS, TEXTS)
def test_text_in_html(target: str, text: str) -> None:
    """It should write the text of a link, and our own, without tags, and so that it reads as it is."""
    for said in ((Link(target, text),), (text,)):
        written = str(as_html(said))
        shown = re.sub(
            rf'^<a href="{re.escape(ADDRESS)}" rel="nofollow">(.*)</a>$', r'\1', written, flags=re.DOTALL
        )
        assert not set('<>"\'') & set(shown)
        assert html.unescape(shown) == text


def test_hostile_address() -> None:
    """It should keep an address within its attribute."""
    written = as_html((Link('https://en.example/"onclick="x', 'a'),))
    assert written == '<a href="https://en.example/&#34;onclick=&#34;x" rel="nofollow">a</a>'


@given(st.lists(TEXTS))
def test_joined(texts: list[str]) -> None:
    """It should put a text between what it joins, and nowhere else."""
    assert as_text(joined(((text,) for text in texts), '; ')) == '; '.join(texts)


def test_joined_links() -> None:
    """It should keep links as such."""
    link = Link(TITLE, 'a')
    assert joined([('x', link), (link,)], ', ') == ('x', link, ', ', link)
    assert joined([], ', ') == ()
