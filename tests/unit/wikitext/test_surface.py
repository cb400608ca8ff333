"""The surface of a page."""

from __future__ import annotations

import pytest

from globalban_bot.wikitext.opaque import BLANK, OPAQUE
from tests.unit.wikitext.makers import Surfaces


@pytest.mark.parametrize(
    ('source', 'expected'),
    [
        ('# a', '# a'),
        ('# {{s}} a', '# xxxxx a'),
        ('{{s\n|a}}b', 'xxxxxxxxb'),
        ('{{small|per nom}}', '........per nom..'),
        ('{{struck|1={{s}} a}}', '...........xxxxx a..'),
        ('{{small|{{small|a}}}}', '................a....'),
        ('{{small}}', 'xxxxxxxxx'),
        ('a <!-- {{s}} --> b', 'a .............. b'),
        ('{{x|{{s}}}}', 'xxxxxxxxxxx'),
        ('[[User:A|A]] <s>b</s>', '[[User:A|A]] <s>b</s>'),
    ],
)
def test_text(surface: Surfaces, source: str, expected: str) -> None:
    """It should leave a person's own words at the offsets of the page."""
    made = surface(source)
    assert made.text.replace(BLANK, '.').replace(OPAQUE, 'x') == expected
    assert len(made.text) == len(source)
    assert made.source == source


def test_templates(surface: Surfaces) -> None:
    """It should keep the calls that a reader sees as one, and those in wrappers."""
    made = surface('{{a|{{b}}}} {{small|{{c}}}} {{d}}')
    assert [template.name for template in made.templates] == ['a', 'c', 'd']
    assert [template.name for template in made.templates_in(0, 12)] == ['a']
    assert [template.name for template in made.templates_in(1, 21)] == ['c']
    assert made.templates_in(5, 5) == ()


@pytest.mark.parametrize(
    ('source', 'struck'),
    [
        ('a<s>b</s>c', 'b'),
        ('a{{struck|b}}c', 'b'),
        ('a<!-- <s> -->b</s>c', ''),
        ('<nowiki><s></nowiki>b</s>', ''),
        ('a<s>b', 'b'),
    ],
)
def test_is_struck(surface: Surfaces, source: str, struck: str) -> None:
    """It should tell of each letter whether it is struck."""
    made = surface(source)
    assert ''.join(c for at, c in enumerate(source) if made.is_struck(at) and made.text[at] == c) == struck
