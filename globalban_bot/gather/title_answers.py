"""What a wiki has told of titles that it was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from globalban_bot.gather.titles import is_title
from globalban_bot.wiki.api_values import OddValueError, flag_at, number_at, optional_mappings, text_at

#: Redirects behind each other; MediaWiki itself makes none of more than one.
_MOST_STEPS = 5


@dataclass(frozen=True)
class TitleAnswers:
    """What a wiki has told of titles: those that exist, and where redirects lead.

    :param written: titles as MediaWiki writes them, by what was asked for
    :param redirects: where redirects lead
    :param pages: pages that exist, by title
    :param told: titles of all pages, those that are missing too
    """

    written: Mapping[str, str]
    redirects: Mapping[str, str]
    pages: Mapping[str, Mapping[str, Any]]
    told: frozenset[str]

    @classmethod
    def of(cls, queries: Sequence[Mapping[str, Any]]) -> TitleAnswers:
        """Read the parts of an answer."""
        pages: dict[str, Mapping[str, Any]] = {}
        told: set[str] = set()
        for page in _lines(queries, 'pages'):
            title = text_at(page, 'title')
            told.add(title)
            if _exists(page):
                # A later part tells more of the same page.
                pages[title] = {**pages.get(title, {}), **page}
        told |= {text_at(line, 'title') for line in _lines(queries, 'interwiki')}
        return cls(_ends(queries, 'normalized'), _ends(queries, 'redirects'), pages, frozenset(told))

    def check_told(self, title: str) -> None:
        """Return if the answer tells of a title: otherwise a page would be taken for missing.

        :raises OddValueError: it does not
        """
        name = self.name(title)
        if name not in self.told and name not in self.redirects:
            raise OddValueError(['pages'], 'lacks a title that was asked for')

    def name(self, title: str) -> str:
        """Return a title as MediaWiki writes it."""
        return self.written.get(title, title)

    def redirects_of(self, title: str) -> tuple[str, ...]:
        """Return the redirects that a title passes through, itself included."""
        passed: list[str] = []
        last = self.name(title)
        while last in self.redirects and last not in passed:
            passed.append(last)
            last = self.redirects[last]
        return tuple(passed)

    def page(self, title: str) -> Mapping[str, Any] | None:
        """Return the page that a title leads to; None where there is none, or where it is on another wiki."""
        last = self.name(title)
        for _ in range(_MOST_STEPS):
            if last not in self.redirects:
                return self.pages.get(last)
            last = self.redirects[last]
        return None


def _lines(queries: Sequence[Mapping[str, Any]], kind: str) -> Iterator[Mapping[str, Any]]:
    for query in queries:
        yield from optional_mappings(query, kind)


def _ends(queries: Sequence[Mapping[str, Any]], kind: str) -> dict[str, str]:
    return {text_at(line, 'from'): text_at(line, 'to') for line in _lines(queries, kind)}


def _exists(page: Mapping[str, Any]) -> bool:
    """Return whether there is a page that can be written to: no missing, impossible or special one."""
    absent = any(flag_at(page, flag) for flag in ('missing', 'invalid', 'special'))
    return not absent and number_at(page, 'ns') >= 0 and is_title(page.get('title'))
