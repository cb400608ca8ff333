"""Which lines belong to one entry."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from globalban_bot.model.dialect import Dialect
from globalban_bot.wikitext.drafts import Draft, Drafts, Place
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.lines import lines_of
from globalban_bot.wikitext.positions import Positions
from globalban_bot.wikitext.sections import sections_of
from globalban_bot.wikitext.signatures import Signatures
from tests.unit.wikitext.makers import Surfaces

ADA = '[[User:Ada|Ada]] 12:00, 1 May 2027 (UTC)'
BRUN = '[[User:Brun|Brun]] 12:01, 1 May 2027 (UTC)'
Gather = Callable[..., list[Draft]]


@pytest.fixture
def gather(surface: Surfaces, lexicon: Lexicon, dialect: Dialect) -> Gather:
    """Return what gathers the entries of a text without headings."""

    def gather(*lines: str, mixed: bool = False) -> list[Draft]:
        source = '\n'.join(lines)
        made = surface(source)
        (section,) = sections_of(made.text, [*lines_of(made.text, source)], lexicon)
        drafts = Drafts(made, Positions(made, lexicon), Signatures(made, lexicon, dialect), lexicon)
        return [*drafts.of_section(section, mixed=mixed)]

    return gather


def numbers(drafts: list[Draft]) -> list[list[int]]:
    """Return the line numbers of entries."""
    return [[line.number for line in draft.lines] for draft in drafts]


@pytest.mark.parametrize(
    ('lines', 'expected'),
    [
        ([f'# {ADA}', f'# {BRUN}'], [[1], [2]]),
        (['# {{s}}', f'## {ADA}', f'# {BRUN}'], [[1, 2], [3]]),
        (['# {{s}} a', '', f'b {ADA}', f'# {BRUN}'], [[1, 3], [4]]),
        (['# {{s}} a', f'#: {ADA}', f'#: {BRUN}'], [[1, 2]]),
        ([f'# {ADA}', f'#: why? {BRUN}'], [[1]]),
        ([f'# {ADA}', f'#: {{{{o}}}} {BRUN}'], [[1], [2]]),
        (['# a', f'# {BRUN}'], [[1], [2]]),
        (['# a', f'#: @Ada: sign, please. {BRUN}'], [[1]]),
        (['hint', f'# {ADA}'], [[1], [2]]),
    ],
)
def test_vote_section(gather: Gather, lines: list[str], expected: list[list[int]]) -> None:
    """It should gather the lines of an entry up to the one that is signed."""
    assert numbers(gather(*lines)) == expected


@pytest.mark.parametrize(
    ('lines', 'expected'),
    [
        ([f'* {{{{s}}}} {ADA}', f'* {{{{o}}}} {BRUN}'], [[1], [2]]),
        (['* {{s}} as:', '* one', f'* two {ADA}', f'* {{{{o}}}} {BRUN}'], [[1, 2, 3], [4]]),
        (['* {{s}}', f'* {{{{o}}}} {BRUN}'], [[1], [2]]),
        (['* {{s}} as:', '** one', f'So it is. {ADA}'], [[1, 2, 3]]),
    ],
)
def test_mixed_list(gather: Gather, lines: list[str], expected: list[list[int]]) -> None:
    """It should go on below an unsigned position in a list of all sides."""
    assert numbers(gather(*lines, mixed=True)) == expected


def test_places(gather: Gather) -> None:
    """It should tell items, replies and paragraphs apart."""
    found = gather('hint', f'# {ADA}', f'#: {{{{o}}}} {BRUN}')
    assert [draft.place for draft in found] == [Place.PARAGRAPH, Place.LISTED, Place.REPLY]


def test_leads(gather: Gather) -> None:
    """It should know whether an entry starts with a position, also when it goes on below."""
    first, second = gather('# {{s}} a', f'## I {{{{o}}}} b {ADA}', f'# b {{{{s}}}} is odd {BRUN}')
    assert first.leads
    assert [position.leading for position in first.positions] == [True, False]
    assert not second.leads


def test_words_of_others(gather: Gather) -> None:
    """It should leave out what somebody else added behind the signature."""
    (found,) = gather(f'# {{{{s}}}} {ADA} {{{{o}}}} no, no. {BRUN}')
    assert found.signature is not None
    assert found.signature.account == 'Ada'
    assert len(found.positions) == 1


def test_comment(gather: Gather) -> None:
    """It should know a comment by its label."""
    found = gather(f'# {{{{comment}}}} a {ADA}', f'# {{{{s}}}} {BRUN}')
    assert [draft.comment for draft in found] == [True, False]


@pytest.mark.parametrize(('lines', 'places'), [(['* a', '# b'], [Place.LISTED]), ([': a'], [Place.LISTED])])
def test_own_marker(gather: Gather, lines: list[str], places: list[Place]) -> None:
    """It should take numbers, else stars, else colons for the section's own list."""
    listed = [draft.place for draft in gather(*lines) if draft.place is Place.LISTED]
    assert listed == places
