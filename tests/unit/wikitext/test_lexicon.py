"""What words and template names mean."""

from __future__ import annotations

import pytest

from globalban_bot.model.vote import Stance
from globalban_bot.wikitext.lexicon import Lexicon, wikimedia_lexicon

PRO, CON, NEITHER = Stance.SUPPORT, Stance.OPPOSE, Stance.NEUTRAL


@pytest.mark.parametrize(
    ('name', 'stance', 'strength'),
    [
        ('s', PRO, None),
        ('support', PRO, None),
        ('o', CON, None),
        ('oppose', CON, None),
        ('neutral', NEITHER, None),
        ('abstain', NEITHER, None),
        ('pour', PRO, None),
        ('ss', PRO, 'strong'),
        ('strong support', PRO, 'strong'),
        ('so', CON, 'strong'),
        ('strong oppose', CON, 'strong'),
        ('ws', PRO, 'weak'),
        ('weak support', PRO, 'weak'),
        ('wo', CON, 'weak'),
        ('weakest oppose', CON, 'weak'),
    ],
)
def test_template(lexicon: Lexicon, name: str, stance: Stance, strength: str | None) -> None:
    """It should know side and strength of the templates that people vote with."""
    assert lexicon.template(name) == (stance, strength)


@pytest.mark.parametrize('name', ['', 'tl', 'tlx', 'strong', 'strong tl', 'comment', 'unsigned', 'Support'])
def test_no_template(lexicon: Lexicon, name: str) -> None:
    """It should take no other template for a vote; names come in lower case."""
    assert lexicon.template(name) is None


@pytest.mark.parametrize(
    ('words', 'strength'),
    [([], None), (['support'], None), (['strongly', 'support'], 'strong'), (['very', 'weak'], 'weak')],
)
def test_strength(lexicon: Lexicon, words: list[str], strength: str | None) -> None:
    """It should read the strength in words."""
    assert lexicon.strength(words) == strength


def test_words_have_one_side(lexicon: Lexicon) -> None:
    """It should never know a name as a vote and as a comment, a strike or a label."""
    helpers = (
        lexicon.comment_templates | lexicon.labels | lexicon.wrappers | lexicon.strike_templates
        | lexicon.unsigned | lexicon.undated | lexicon.removed
    )  # fmt: skip
    assert lexicon.templates.keys() & helpers == set()
    assert lexicon.words.keys() & lexicon.comment_words == set()
    assert lexicon.headings.keys() & (lexicon.comment_headings | lexicon.votes_headings) == set()


def test_lower_case(lexicon: Lexicon) -> None:
    """It should hold all in lower case, with single blanks."""
    for names in (lexicon.templates, lexicon.words, lexicon.headings, lexicon.comment_words, lexicon.labels):
        assert [name for name in names if name != name.lower() or name != ' '.join(name.split())] == []


def test_loaded_once() -> None:
    """It should be read from its file once."""
    assert wikimedia_lexicon() is wikimedia_lexicon()
