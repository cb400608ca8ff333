"""What MediaWiki knows of its languages: what is read instead, the direction, the name in HTML.

``data/mediawiki.json`` was taken from MediaWiki 1.43 by ``meta=languageinfo``; a test of the farm asks
again and compares. A wiki that was asked itself (``siteinfo``, ``fallback``) knows its own chain better.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: Every chain ends here.
LAST = 'en'


@dataclass(frozen=True)
class _Languages:
    """Tables by language code."""

    fallbacks: Mapping[str, str]
    rtl: frozenset[str]
    tags: Mapping[str, str]


def fallback_of(language: str) -> tuple[str, ...]:
    """Return which languages are read instead of one, the nearest first, English last."""
    chain = _languages().fallbacks.get(language, '').split()
    return tuple(dict.fromkeys((*chain, LAST)))


def languages_with_fallback() -> tuple[str, ...]:
    """Return the languages for which MediaWiki names others that are read instead."""
    return tuple(_languages().fallbacks)


def direction_of(language: str) -> str:
    """Return in which direction a language is written: ``ltr`` or ``rtl``."""
    return 'rtl' if language in _languages().rtl else 'ltr'


def tag_of(language: str) -> str:
    """Return the tag of a language in HTML; for most it is MediaWiki's own code."""
    return _languages().tags.get(language, language)


@cache
def _languages() -> _Languages:
    found = json.loads((files('globalban_bot.i18n') / 'data' / 'mediawiki.json').read_text('utf-8'))
    return _Languages(found['fallbacks'], frozenset(found['rtl'].split()), found['tags'])
