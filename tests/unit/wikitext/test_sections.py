"""The sections of a page, and what they mean."""

from __future__ import annotations

import pytest

from globalban_bot.model.vote import Stance
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.sections import Meaning, meaning_of
from tests.unit.wikitext.makers import SectionsOf


@pytest.mark.parametrize(
    ('name', 'meaning', 'side'),
    [
        ('Support', Meaning.SIDE, Stance.SUPPORT),
        ('support (12)', Meaning.SIDE, Stance.SUPPORT),
        ('Arguments in favor (Support)', Meaning.SIDE, Stance.SUPPORT),
        ('Users who support the ban', Meaning.SIDE, Stance.SUPPORT),
        ('Oppose', Meaning.SIDE, Stance.OPPOSE),
        ('Votes against', Meaning.SIDE, Stance.OPPOSE),
        ('Neutral', Meaning.SIDE, Stance.NEUTRAL),
        ('Abstain', Meaning.SIDE, Stance.NEUTRAL),
        ('Neutral/Recusal', Meaning.SIDE, Stance.NEUTRAL),
        ('Pour', Meaning.SIDE, Stance.SUPPORT),
        ('Proposal 2: Support', Meaning.SIDE, Stance.SUPPORT),
        ('Proposal 2 (Oppose)', Meaning.SIDE, Stance.OPPOSE),
        ('Proposal 2 – Support', Meaning.SIDE, Stance.SUPPORT),
        ('Proposal 2 (a) – Oppose', Meaning.SIDE, Stance.OPPOSE),
        ('Proposal 2: Notice – Support', Meaning.PROPOSAL, None),
        ('Proposal 2 – (Support) notice', Meaning.PROPOSAL, None),
        ('Proposal 2: Required notice', Meaning.PROPOSAL, None),
        ('Option A', Meaning.PROPOSAL, None),
        ('Comments', Meaning.COMMENTS, None),
        ('Discussion', Meaning.COMMENTS, None),
        ('General comments on it', Meaning.COMMENTS, None),
        ('Votes', Meaning.VOTES, None),
        ('Survey', Meaning.VOTES, None),
        ('Support and Oppose', Meaning.OTHER, None),
        ('Arbitrary break', Meaning.OTHER, None),
        ('Criteria', Meaning.OTHER, None),
        ('', Meaning.OTHER, None),
    ],
)
def test_meaning(lexicon: Lexicon, name: str, meaning: Meaning, side: Stance | None) -> None:
    """It should tell what a heading means for the votes below it."""
    assert meaning_of(name, lexicon) == (meaning, side)


def test_tree(sections: SectionsOf) -> None:
    """It should hang sections below others by their level, bold lines lowest."""
    found = sections("lead\n== A ==\n=== B ===\n'''Support'''\n# x\n== C ==\n==== D ====\n")
    assert [section.heading for section in found] == ['', 'A', 'B', 'Support', 'C', 'D']
    assert [section.level for section in found] == [0, 2, 3, 7, 2, 4]
    assert [section.parent.heading if section.parent else None for section in found] == [
        None, '', 'A', 'B', '', 'C',
    ]  # fmt: skip
    assert [section.line for section in found] == [1, 2, 3, 4, 6, 7]
    assert found[3].within(found[1])
    assert found[3].within(found[3])
    assert not found[4].within(found[1])


def test_inherits_its_side(sections: SectionsOf) -> None:
    """It should take the side of the section above, unless the heading says something else."""
    found = sections('== Support ==\n=== Break ===\n=== Comments ===\n=== Oppose ===\n== Later ==\n')
    support, oppose = Stance.SUPPORT, Stance.OPPOSE
    assert [section.side for section in found] == [None, support, support, None, oppose, None]


def test_lines(sections: SectionsOf) -> None:
    """It should give each line to one section, and headings to none."""
    found = sections('a\n\n== B ==\nb\nb\n=== C ===\nc\n')
    assert [len(section.lines) for section in found] == [1, 2, 1]


def test_proposals(sections: SectionsOf) -> None:
    """It should name the proposal that a heading opens."""
    found = sections('== Proposal 2: X ==\n== Discussion ==\n== Option A ==\n== Proposal ==\n')
    assert [section.proposal for section in found] == [None, 'proposal 2', None, 'option a', None]


def test_empty_page(sections: SectionsOf) -> None:
    """It should find the lead of an empty page."""
    (lead,) = sections('')
    assert (lead.heading, lead.level, lead.lines) == ('', 0, [])
