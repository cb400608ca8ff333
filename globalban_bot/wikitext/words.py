"""Split text into words, in any script."""

from __future__ import annotations

import re

#: Marks that belong to the letter before them, which ``\w`` leaves out: accents, vowel signs of
#: the scripts of South and South-East Asia, points of Hebrew and Arabic, joiners.
_MARKS = (
    '\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670'
    '\u0900-\u0963\u0970-\u0dff\u0e31\u0e34-\u0e4e\u0eb1-\u0ecd\u0f18-\u0fbc\u102b-\u103e\u17b4-\u17d3\u200c\u200d'
)
_LETTER = r'[^\W\d_]'
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[{_MARKS}]|[’'-](?={_LETTER}))*")


def words_in(text: str) -> list[str]:
    """Return the words of a text, in lower case, without digits and punctuation."""
    return _WORD.findall(text.lower())
