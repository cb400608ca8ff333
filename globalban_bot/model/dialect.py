"""What the reader must know of a wiki: names, months, prefixes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Dialect:
    """The names by which wikitext calls things; all in lower case, with blanks.

    For a live wiki it is built from its siteinfo; otherwise from ``data/dialect.json``, which
    ``tools/make_dialect.py`` generates from MediaWiki's message files and CLDR, so that links
    pasted from any Wikimedia wiki are understood.

    :param user: names of the user namespace
    :param user_talk: names of the user talk namespace
    :param special: names of the special namespace
    :param file: names of the file namespace
    :param category: names of the category namespace
    :param account_pages: special pages whose subpage names an account
    :param months: month names and abbreviations, without a final dot, with their number
    :param prefixes: interwiki prefixes
    :param zones: abbreviations of time zones with minutes east of UTC
    :param language_names: names of languages, in the language itself and in English
    :param capital_first: the first letter of a user name is always a capital
    """

    user: frozenset[str]
    user_talk: frozenset[str]
    special: frozenset[str]
    file: frozenset[str]
    category: frozenset[str]
    account_pages: frozenset[str]
    months: Mapping[str, int]
    prefixes: frozenset[str]
    zones: Mapping[str, int]
    language_names: frozenset[str]
    capital_first: bool = True
