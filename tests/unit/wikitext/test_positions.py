"""Where a line takes a side."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from globalban_bot.model.vote import Form, Stance
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.position import Position
from globalban_bot.wikitext.positions import Positions
from tests.unit.wikitext.makers import Surfaces

Find = Callable[[str], list[Position]]
T, B, W = Form.TEMPLATE, Form.BOLD, Form.WORD
S, N = Stance.SUPPORT, Stance.NEUTRAL
OPPOSE = Stance.OPPOSE


@pytest.fixture
def find(surface: Surfaces, lexicon: Lexicon) -> Find:
    """Return what finds the positions of a line."""
    return lambda line: Positions(surface(line), lexicon).within(0, len(line))


@pytest.mark.parametrize(
    ('line', 'expected'),
    [
        ('', []),
        ('Per nom.', []),
        ('{{s}}', [(S, T)]),
        ('{{o}} {{s}}', [(OPPOSE, T), (S, T)]),
        ("'''Support'''", [(S, B)]),
        ("''Oppose'' per nom", [(OPPOSE, B)]),
        ("'''strong support'''", [(S, B)]),
        ("'''a long bold sentence with support in it'''", []),
        ("'''Neutral''' {{s}}", [(N, B), (S, T)]),
        ('Support per nom', [(S, W)]),
        ('I oppose this', [(OPPOSE, W)]),
        ('Strongly oppose', [(OPPOSE, W)]),
        ('Much support was had', []),
        ('no idea', []),
        ("'''no'''", [(OPPOSE, B)]),
        ('{{tlx|s}}', []),
        ('<nowiki>{{s}}</nowiki>', []),
        ('<!-- {{s}} -->', []),
        ('{{s}} Oppose', [(S, T)]),
        ('supportive words', []),
    ],
)
def test_finds(find: Find, line: str, expected: list[tuple[Stance, Form]]) -> None:
    """It should find templates and bold words, and a leading word where neither leads."""
    assert [(position.stance, position.form) for position in find(line)] == expected


@pytest.mark.parametrize(
    ('line', 'leading', 'asserted'),
    [
        ('{{s}} per nom', True, True),
        ('Strongly {{s}}', True, True),
        ("'''Weak''' {{o}}", True, True),
        ('[[File:A.svg]] {{s}}', True, True),
        ('I {{s}} this', False, True),
        ('Therefore, I hereby {{s}} this', False, True),
        ('It is done. {{s}}.', False, True),
        ('It is all done here {{s}}', False, True),
        ('your {{s}} is odd', False, False),
        ('what is this {{s}}', False, False),
        ("'''Support'''", True, True),
        ("so I '''support'''", False, True),
        ("your '''support''' is odd", False, False),
    ],
)
def test_takes(find: Find, line: str, leading: bool, asserted: bool) -> None:
    """It should tell a side that is taken from one that is spoken of."""
    (found,) = find(line)
    assert (found.leading, found.asserted) == (leading, asserted)


@pytest.mark.parametrize(
    ('line', 'strength'),
    [
        ('{{s}}', None),
        ('{{strong support}}', 'strong'),
        ('{{s|Weak support}}', 'weak'),
        ('{{s|1=Moderate}}', 'Moderate'),
        ('{{s|}}', None),
        ('weak {{s}}', 'weak'),
        ("'''Strong support'''", 'strong'),
        ('Strongly support', 'strong'),
    ],
)
def test_strength(find: Find, line: str, strength: str | None) -> None:
    """It should read the strength in the name, in the argument, or in words before."""
    assert find(line)[0].strength == strength


@pytest.mark.parametrize(
    ('line', 'conditional'),
    [
        ("'''Support''' per nom", False),
        ("Leaning '''support'''", True),
        ("'''Support''' if others agree", True),
        ('Perhaps oppose', True),
        ('Oppose unless proven', True),
        ('Oppose. The rest I do not know, if I may say so', False),
        ('{{s}} if others agree', False),
    ],
)
def test_conditional(find: Find, line: str, conditional: bool) -> None:
    """It should see conditions beside words, and none beside templates."""
    assert find(line)[0].conditional is conditional


@pytest.mark.parametrize(
    ('line', 'struck'),
    [
        ('<s>{{s}}</s>', True),
        ("<s>'''Support'''</s>", True),
        ("'''<s>Support</s>'''", True),
        ('<del>Support</del> x', True),
        ('<s>x</s> {{s}}', False),
    ],
)
def test_struck(find: Find, line: str, struck: bool) -> None:
    """It should tell whether the expression itself is struck out."""
    assert find(line)[0].struck is struck


@pytest.mark.parametrize(
    ('line', 'partial', 'tentative'),
    [
        ('{{s}} the ban', False, False),
        ('{{s}} the global ban', False, False),
        ('{{s}} the card', True, False),
        ('{{s}} this request', False, False),
        ('I will {{s}} when it comes', False, True),
    ],
)
def test_template_in_a_sentence(find: Find, line: str, partial: bool, tentative: bool) -> None:
    """It should see an object of its own, and a wish."""
    (found,) = find(line)
    assert (found.partial, found.tentative) == (partial, tentative)


@pytest.mark.parametrize(
    ('line', 'comment'),
    [
        ('{{comment}} a', True),
        ("'''Comment''': a", True),
        ('Question: a', True),
        ('a {{comment}}', False),
        ("a '''Comment'''", False),
        ('{{s}} a: b', False),
        ('', False),
        ('12:00 a', False),
    ],
)
def test_is_comment(surface: Surfaces, lexicon: Lexicon, line: str, comment: bool) -> None:
    """It should see the label of a comment at the start only."""
    assert Positions(surface(line), lexicon).is_comment(0, len(line)) is comment


@pytest.mark.parametrize(
    ('line', 'change'),
    [
        ('changing from {{O}} to {{S}}', True),
        ('{{O}} to {{S}}', False),
        ('from {{O}} and {{S}}', False),
    ],
)
def test_is_change(surface: Surfaces, lexicon: Lexicon, line: str, change: bool) -> None:
    """It should tell a change of mind from two positions."""
    positions = Positions(surface(line), lexicon)
    first, second = positions.within(0, len(line))
    assert positions.is_change(first, second) is change


def test_offsets(find: Find) -> None:
    """It should keep where the expression stands."""
    line = 'It is. {{s}} and so on'
    (found,) = find(line)
    assert line[found.start : found.end] == '{{s}}'
