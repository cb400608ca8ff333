"""Finding template calls."""

from __future__ import annotations

import pytest

from globalban_bot.wikitext.opaque import hide
from globalban_bot.wikitext.templates import (
    LONGEST_CALL,
    Template,
    find_templates,
    normal_name,
    outermost,
    swallowed,
)


def found(text: str) -> list[Template]:
    """Return the calls in a text."""
    return find_templates(hide(text), text)


@pytest.mark.parametrize(
    ('text', 'names'),
    [
        ('', []),
        ('{{s}}', ['s']),
        ('{{ S }} {{Strong_support|1=x}}', ['s', 'strong support']),
        ('{{a|{{b}}|{{c|{{d}}}}}}', ['a', 'b', 'c', 'd']),
        ('{{a', []),
        ('a}}', []),
        ('}}{{a}}{{', ['a']),
        ('{{a\n|b\n}}', ['a']),
        ('<!-- {{a}} --> {{b}}', ['b']),
        ('<nowiki>{{a}}</nowiki>', []),
        ('{{a<!-- x -->|b}}', ['a']),
        ('{{User:A/Signature}}', ['user:a/signature']),
        ('{{stray\n== Heading ==\ntext}}', []),
        ('{{stray\n== Heading ==\n{{s}}', ['s']),
        ('{{}}', ['']),
    ],
)
def test_finds(text: str, names: list[str]) -> None:
    """It should find the calls, nested ones too, and leave stray braces alone."""
    assert [template.name for template in found(text)] == names


def test_offsets() -> None:
    """It should keep where a call stands, and its text as written."""
    text = 'ab {{s|x}} c'
    assert found(text) == [Template('s', 3, 10, text)]
    assert found(text)[0].source == '{{s|x}}'
    assert text[3:10] == '{{s|x}}'


def test_the_longest_call() -> None:
    """It should take braces too far from each other for stray ones."""
    assert found('{{a|' + 'x' * LONGEST_CALL + '}}') == []
    assert len(found('{{a|' + 'x' * (LONGEST_CALL - 6) + '}}')) == 1


@pytest.mark.parametrize(
    ('text', 'arguments'),
    [
        ('{{s}}', {}),
        ('{{s|}}', {'1': ''}),
        ('{{s|a|b}}', {'1': 'a', '2': 'b'}),
        ('{{s|1= a }}', {'1': 'a'}),
        ('{{s|status = x\n|date=\n}}', {'status': 'x', 'date': ''}),
        ('{{s|[[A|b]]|{{t|u}}}}', {'1': '[[A|b]]', '2': '{{t|u}}'}),
        ("{{s|''a}}", {'1': "''a"}),
    ],
)
def test_arguments(text: str, arguments: dict[str, str]) -> None:
    """It should read the arguments by name or number."""
    assert found(text)[0].arguments() == arguments


@pytest.mark.parametrize(
    ('written', 'name'),
    [('Support', 'support'), (' strong_support\n', 'strong support'), ('A  B', 'a b'), ('', '')],
)
def test_normal_name(written: str, name: str) -> None:
    """It should compare names without regard to capitals, blanks and underscores."""
    assert normal_name(written) == name


def test_outermost() -> None:
    """It should leave out the calls that stand in others."""
    assert [template.name for template in outermost(found('{{a|{{b}}}}{{c}}'))] == ['a', 'c']


def test_very_many_tags() -> None:
    """It should read arguments with more tags than it looks for as they are written."""
    text = '<ref ' * 200
    assert found(f'{{{{s|{text}|b=<b>}}}}')[0].arguments() == {'1': text.strip(), 'b': '<b>'}


def test_swallowed() -> None:
    """It should find what a call over a heading, or a very long one, takes in."""
    text = 'a {{x|\n== H ==\nb}} c }} {{ d {{y|{{z}}}}'
    assert [text[start:end] for start, end in swallowed(text)] == ['{{x|\n== H ==\nb}}']
    long = f'{{{{x|{"a" * 60_000}}}}}'
    assert swallowed(f'{long}{long}') == [(0, len(long)), (len(long), 2 * len(long))]
