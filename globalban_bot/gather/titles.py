"""Titles that come from wikis: what can be one, and what a wiki has told of those that it was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from globalban_bot.wiki.answers import ApiAnswer

#: What no title has ($wgLegalTitleChars): these would end a link, or split a list of titles in a question.
_TITLE = re.compile(r'(?![:\s])[^\x00-\x1f\x7f|#<>\[\]{}\ufffd\ud800-\udfff]+')
#: A title is at most this long without its namespace, in bytes; the names of namespaces are short.
_LONGEST = 255 + 100
#: Redirects behind each other; MediaWiki itself makes none of more than one.
_MOST_STEPS = 5


def is_title(text: object) -> bool:
    """Return whether a text can be a title, and stand in a question or a link as it is."""
    return isinstance(text, str) and _TITLE.fullmatch(text) is not None and len(text.encode()) <= _LONGEST


def page_url(server: str, title: str) -> str:
    """Return the address of a page."""
    return f'{server}/wiki/{quote(title.replace(" ", "_"), safe="/:")}'


def revision_url(server: str, revision: int) -> str:
    """Return the address of a page as a revision left it."""
    return f'{server}/wiki/Special:Permalink/{revision}'


class TitleAnswers:
    """What a wiki has told of titles: those that exist, and where redirects lead.

    :param parts: the parts of an answer
    """

    def __init__(self, parts: Iterable[ApiAnswer]) -> None:
        self._written: dict[str, str] = {}
        self._redirects: dict[str, str] = {}
        self._pages: dict[str, ApiAnswer] = {}
        self._told: set[str] = set()
        for part in parts:
            self._written |= part.ends('normalized')
            self._redirects |= part.ends('redirects')
            self._told |= {line.text('title') for line in part.lines('query', 'interwiki')}
            for page in part.lines('query', 'pages'):
                self._add(page, page.text('title'))

    def _add(self, page: ApiAnswer, title: str) -> None:
        self._told.add(title)
        if _exists(page):
            # A later part tells more of the same page.
            page.value = {**(self._pages[title].value if title in self._pages else {}), **page.value}
            self._pages[title] = page

    def tells(self, title: str) -> bool:
        """Tell whether the answer tells of a title: otherwise a page would be taken for missing."""
        return self.name(title) in self._told | self._redirects.keys()

    def name(self, title: str) -> str:
        """Return a title as MediaWiki writes it."""
        return self._written.get(title, title)

    def redirects_of(self, title: str) -> tuple[str, ...]:
        """Return the redirects that a title passes through, itself included."""
        passed: list[str] = []
        last = self.name(title)
        while last in self._redirects and last not in passed:
            passed.append(last)
            last = self._redirects[last]
        return tuple(passed)

    def page(self, title: str) -> ApiAnswer | None:
        """Return the page that a title leads to; None where there is none, or where it is on another wiki."""
        passed = self.redirects_of(title)
        last = self._redirects[passed[-1]] if passed else self.name(title)
        return self._pages.get(last) if len(passed) < _MOST_STEPS and last not in passed else None


def _exists(page: ApiAnswer) -> bool:
    """Tell whether there is a page that can be written to: no missing, impossible or special one."""
    absent = any(page.flag(flag) for flag in ('missing', 'invalid', 'special'))
    return not absent and page.number('ns') >= 0 and is_title(page.text('title'))
