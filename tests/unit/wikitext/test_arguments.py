"""The arguments of template calls."""

from __future__ import annotations

from pathlib import Path

import mwparserfromhell
import pytest

from globalban_bot.wikitext.arguments import read_arguments
from globalban_bot.wikitext.opaque import hide
from globalban_bot.wikitext.templates import find_templates

TESTS = Path(__file__).parents[2]
PAGES = [*sorted(TESTS.glob('pages*/*.wiki'))]
DEPTH = 5_000


@pytest.mark.parametrize(
    ('inner', 'arguments'),
    [
        ('a|b=c', {'1': 'a', 'b': 'c'}),
        ('a|1=b', {'1': 'b'}),
        ('1=b|a', {'1': 'a'}),
        ('a=b=c', {'a': 'b=c'}),
        ('=a', {'': 'a'}),
        ('|', {'1': '', '2': ''}),
        ('[[a|b=c]]', {'1': '[[a|b=c]]'}),
        ('{{a|b=c}}|d', {'1': '{{a|b=c}}', '2': 'd'}),
        ('{{{a|b}}}', {'1': '{{{a|b}}}'}),
        ('[[a|b', {'1': '[[a', '2': 'b'}),
        ('a|b]]', {'1': 'a', '2': 'b]]'}),
        ('{{a|[[b}}|c', {'1': '{{a|[[b}}', '2': 'c'}),
        ('[[a|{{b]]|c', {'1': '[[a|{{b]]', '2': 'c'}),
        ('<nowiki>a|b=c</nowiki>', {'1': '<nowiki>a|b=c</nowiki>'}),
        ('<!-- a|b=c -->d', {'1': '<!-- a|b=c -->d'}),
        ('time<!-- a -->=b', {'time': 'b'}),
        ('<span style="a">b</span>', {'<span style': '"a">b</span>'}),
    ],
)
def test_as_mediawiki_reads_them(inner: str, arguments: dict[str, str]) -> None:
    """It should split where MediaWiki splits."""
    assert read_arguments(f'{{{{s|{inner}}}}}') == arguments


def test_without_arguments() -> None:
    """It should find none in a call without a bar."""
    assert read_arguments('{{s}}') == read_arguments('{{s=a}}') == {}


@pytest.mark.parametrize('page', PAGES, ids=lambda path: path.stem)
def test_pages(page: Path) -> None:
    """It should read the arguments on pages that people have written as mwparserfromhell does."""
    text = page.read_text('utf-8')
    for template in find_templates(hide(text), text):
        (call, *_) = mwparserfromhell.parse(template.source, skip_style_tags=True).filter_templates()
        arguments = {str(parameter.name).strip(): str(parameter.value).strip() for parameter in call.params}
        assert template.arguments() == arguments


@pytest.mark.parametrize('within', ['{}', '<includeonly>{}</includeonly>', '<div>{}</div>'])
@pytest.mark.parametrize(('opener', 'closer'), [('{{a|', '}}'), ('{{', '}}'), ('[[', ']]'), ('{{[[', ']]}}')])
def test_depth(within: str, opener: str, closer: str) -> None:
    """It should read a value as written, however deep the brackets in it stand."""
    value = within.format(opener * DEPTH + '\U0001f600' + closer * DEPTH)
    assert read_arguments(f'{{{{s|{value}|b=c}}}}') == {'1': value, 'b': 'c'}
