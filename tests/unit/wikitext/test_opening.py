"""The opening statement."""

from __future__ import annotations

import pytest

from globalban_bot.model.dialect import Dialect
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.opening import read_nominator, read_opening
from globalban_bot.wikitext.signatures import Signatures
from tests.unit.wikitext.makers import SectionsOf, Surfaces, When

ADA = '[[User:Ada|Ada]] 12:00, 1 May 2027 (UTC)'
BRUN = '[[User:Brun|Brun]] 12:01, 1 May 2027 (UTC)'


@pytest.mark.parametrize(
    ('page', 'nominator'),
    [
        (f'Please. {ADA}\n{BRUN}', 'Ada'),
        (f'== Statement ==\nPlease.\n\nReally. {ADA}\n== Support ==\n# {BRUN}', 'Ada'),
        (f'Please.\n:Why? {BRUN}\nSo. {ADA}', 'Ada'),
        (f'Please <small>(moved by {BRUN})</small>. {ADA}', 'Ada'),
        (f'* Please. {ADA}', 'Ada'),
        (f'== Support ==\n# {ADA}', None),
        ('Please. [[User:Ada|Ada]]', None),
        ('Please. 12:00, 1 May 2027 (UTC)', None),
        ('Please. [[Special:Contributions/192.0.2.7|192.0.2.7]] 12:00, 1 May 2027 (UTC)', None),
        ('Please. [[User:~2027-1-2|~2027-1-2]] 12:00, 1 May 2027 (UTC)', None),
        ('', None),
    ],
)
def test_nominator(
    surface: Surfaces,
    sections: SectionsOf,
    lexicon: Lexicon,
    dialect: Dialect,
    page: str,
    nominator: str | None,
) -> None:
    """It should name who signed the statement, and leave what is doubtful to people."""
    opening = read_opening(sections(page), Signatures(surface(page), lexicon, dialect))
    assert read_nominator(opening) == nominator


def test_time_of_an_unregistered_opener(
    surface: Surfaces, sections: SectionsOf, lexicon: Lexicon, dialect: Dialect, when: When
) -> None:
    """It should still tell when an unregistered person opened the request."""
    page = 'Please. [[User:192.0.2.7]] 12:00, 1 May 2027 (UTC)'
    opening = read_opening(sections(page), Signatures(surface(page), lexicon, dialect))
    assert opening is not None
    assert opening.time == when('2027-05-01 12:00')
