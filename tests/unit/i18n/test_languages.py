"""What MediaWiki knows of its languages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.i18n.languages import LAST, direction_of, fallback_of, languages_with_fallback, tag_of

#: Languages, what is read instead, the direction, and the tag.
KNOWN: list[tuple[str, tuple[str, ...], str, str]] = [
    ('zh-hk', ('zh-hant', 'zh-tw', 'zh', 'zh-hans', 'en'), 'ltr', 'zh-Hant-HK'),
    ('yi', ('he', 'en'), 'rtl', 'yi'),
    ('kk-arab', ('kk', 'kk-cyrl', 'en'), 'rtl', 'kk-arab'),
    ('ckb', ('en',), 'rtl', 'ckb'),
    ('ur', ('en',), 'rtl', 'ur'),
    ('sr-ec', ('sr-cyrl', 'sr', 'en'), 'ltr', 'sr-Cyrl'),
    ('simple', ('en',), 'ltr', 'en-simple'),
    ('en', ('en',), 'ltr', 'en'),
    ('xyz', ('en',), 'ltr', 'xyz'),
    ('', ('en',), 'ltr', ''),
]


@pytest.mark.parametrize(('language', 'fallback', 'direction', 'tag'), KNOWN)
def test_known(language: str, fallback: tuple[str, ...], direction: str, tag: str) -> None:
    """It should know chain, direction and tag, also of languages that have no texts, or that nobody knows."""
    assert (fallback_of(language), direction_of(language), tag_of(language)) == (fallback, direction, tag)


@given(st.sampled_from(languages_with_fallback()) | st.text(max_size=8))
def test_any_language(language: str) -> None:
    """It should give each language a chain that ends with English, names nothing twice and leads on."""
    chain = fallback_of(language)
    assert chain[-1] == LAST
    assert len({*chain}) == len(chain)
    assert language not in chain[:-1]
    assert direction_of(language) in {'ltr', 'rtl'}


@pytest.mark.parametrize('language', languages_with_fallback())
def test_tag(language: str) -> None:
    """It should give a tag of which HTML knows the form."""
    assert re.fullmatch('[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*', tag_of(language))
