"""Which sections ask which question."""

from __future__ import annotations

import pytest

from globalban_bot.wikitext.proposals import scopes_of
from tests.unit.wikitext.makers import SectionsOf

SIDES = '=== Support ===\n# a\n=== Oppose ===\n# b\n'


@pytest.mark.parametrize(
    ('page', 'headings'),
    [
        ('', [None]),
        ('== Support ==\n== Oppose ==\n', [None]),
        (f'== Votes ==\n{SIDES}', [None]),
        (f'== Proposal 1 ==\n{SIDES}', [None]),
        ('== Proposal 1 ==\n== Proposal 2 ==\n', ['Proposal 1', 'Proposal 2']),
        (f'== Proposal 1: X ==\n{SIDES}== Proposal 2: Y ==\n{SIDES}', ['Proposal 1: X', 'Proposal 2: Y']),
        ('== Option A ==\n== Option B ==\n', ['Option A', 'Option B']),
        (f'== X ==\n{SIDES}== Y ==\n{SIDES}', ['X', 'Y']),
        ('== Proposal 1: Support ==\n== Proposal 1: Oppose ==\n', [None]),
        (
            '== Proposal 1: Support ==\n== Proposal 1: Oppose ==\n== Proposal 2: Support ==\n',
            ['Proposal 1: Support', 'Proposal 2: Support'],
        ),
        ('== Support ==\n== Break ==\n== Support ==\n', [None]),
    ],
)
def test_questions(sections: SectionsOf, page: str, headings: list[str | None]) -> None:
    """It should find one question, or as many as there are proposals."""
    assert [scope.heading for scope in scopes_of(sections(page))] == headings


def test_members(sections: SectionsOf) -> None:
    """It should give each question its own sections, and general comments to none."""
    first, second = scopes_of(sections(f'lead\n== X ==\n{SIDES}== Y ==\n{SIDES}== Discussion ==\nc\n'))
    assert [section.heading for section in first.sections] == ['X', 'Support', 'Oppose']
    assert [section.heading for section in second.sections] == ['Y', 'Support', 'Oppose']


@pytest.mark.parametrize(
    ('page', 'has_sides'), [('', False), ('== Comments ==\n', False), ('== Oppose ==\n', True)]
)
def test_has_sides(sections: SectionsOf, page: str, has_sides: bool) -> None:
    """It should know whether there are sections for sides, be they empty."""
    (scope,) = scopes_of(sections(page))
    assert scope.has_sides is has_sides


def test_two_languages(sections: SectionsOf) -> None:
    """It should ask one question where the sides stand once for each language."""
    found = sections(f'== English ==\n{SIDES}== Deutsch ==\n{SIDES}')
    assert len(scopes_of(found, frozenset({'english', 'deutsch'}))) == 1
