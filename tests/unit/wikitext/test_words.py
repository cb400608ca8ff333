"""Words in any script."""

from __future__ import annotations

import pytest

from globalban_bot.wikitext.words import words_in


@pytest.mark.parametrize(
    ('text', 'words'),
    [
        ('', []),
        ('Strong Support!', ['strong', 'support']),
        ("D'accord, 3 fois", ["d'accord", 'fois']),
        ('e-mail - no', ['e-mail', 'no']),
        ('a_b', ['a', 'b']),
        ('समर्थन करें', ['समर्थन', 'करें']),
        ('За', ['за']),
        ('賛成', ['賛成']),
        ('12:00', []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """It should keep vowel signs and apostrophes in a word, and leave out digits."""
    assert words_in(text) == words
