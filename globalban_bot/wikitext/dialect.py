"""The dialect of all Wikimedia wikis together, from the data of the package."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from globalban_bot.model.dialect import Dialect


@cache
def wikimedia_dialect() -> Dialect:
    """Return the dialect of all Wikimedia wikis together, from the data of the package."""
    folder = files('globalban_bot.wikitext') / 'data'
    names: dict[str, Any] = json.loads((folder / 'dialect.json').read_text('utf-8'))
    hand: dict[str, Any] = yaml.load((folder / 'prefixes.yaml').read_text('utf-8'), yaml.CSafeLoader)
    spaces: dict[str, dict[str, list[str]]] = names['namespaces']
    pages: dict[str, dict[str, list[str]]] = names['special_pages']
    return Dialect(
        user=_lower([*spaces['user'].values(), hand['user_namespaces']['user']]),
        user_talk=_lower([*spaces['user_talk'].values(), hand['user_namespaces']['user_talk']]),
        special=_lower(spaces['special'].values()),
        file=_lower(spaces['file'].values()),
        category=_lower(spaces['category'].values()),
        account_pages=_lower(
            [hand['account_pages']['names'], *(n for p in pages.values() for n in p.values())]
        ),
        months=_months(names['months']),
        prefixes=_lower([names['languages'], *(group['names'] for group in hand['prefixes'].values())]),
        language_names=_lower([names['language_names']]),
        zones={name: int(minutes) for name, minutes in hand['zones'].items()},
    )


@cache
def substitution_words() -> frozenset[str]:
    """Return the magic words of all languages that substitute a template, such as ``SUBST:``."""
    data = (files('globalban_bot.wikitext') / 'data' / 'dialect.json').read_text('utf-8')
    return frozenset(json.loads(data)['substitution'])


def _lower(groups: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(name.replace('_', ' ').lower() for group in groups for name in group)


def _months(languages: Mapping[str, list[list[str]]]) -> dict[str, int]:
    """Merge the month names.

    A name that means two months in two languages means what it means in most of them; English,
    the language of Meta-Wiki's own signatures, always wins.
    """
    meanings: dict[str, Counter[int]] = {}
    for names_of_year in languages.values():
        for number, names in enumerate(names_of_year, 1):
            for name in {_plain(name) for name in names}:
                meanings.setdefault(name, Counter())[number] += 1
    english = {_plain(name): number for number, names in enumerate(languages['en'], 1) for name in names}
    return {**{name: found.most_common(1)[0][0] for name, found in meanings.items()}, **english}


def _plain(name: str) -> str:
    return name.strip().rstrip('.').lower()
