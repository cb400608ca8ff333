"""Find template calls."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from globalban_bot.wikitext.arguments import read_arguments
from globalban_bot.wikitext.opaque import BLANK, OPAQUE

_BRACES = re.compile(r'\{\{|\}\}')
_HEADING = re.compile(r'\n={1,6}[^\n]*=')
#: A call longer than this is taken for two stray pairs of braces far from each other.
LONGEST_CALL = 50_000


@dataclass(frozen=True)
class Template:
    """A template call, such as ``{{oppose|Weak oppose}}``.

    :param name: its name in lower case, blanks for underscores
    :param start: offset of the opening braces
    :param end: offset behind the closing braces
    :param page: text of the page; each call that stands in others would copy a part of it again
    """

    name: str
    start: int
    end: int
    page: str = field(repr=False)

    @property
    def source(self) -> str:
        """The call as written."""
        return self.page[self.start : self.end]

    def arguments(self) -> dict[str, str]:
        """Read the arguments, by name or by number (``'1'``), as stripped wikitext."""
        return read_arguments(self.source)


def normal_name(written: str) -> str:
    """Return a template name in the form in which names are compared here."""
    return ' '.join(written.replace('_', ' ').replace(BLANK, '').split()).lower()


def find_templates(hidden: str, source: str) -> list[Template]:
    """Find the calls, nested ones included, in the order of their start.

    Braces without a partner are text. A call does not reach over a heading: nobody votes
    with a template that holds sections, but a stray ``{{`` and a stray ``}}`` are common.

    :param hidden: page text in which comments and quotes are hidden
    :param source: page text of the same length
    """
    headings = [match.start() for match in _HEADING.finditer(hidden)]
    found = [
        Template(_name(hidden, start, end), start, end, source)
        for start, end in _pairs(hidden)
        if end - start <= LONGEST_CALL and not _reaches_over(start, end, headings)
    ]
    return sorted(found, key=lambda template: template.start)


def swallowed(hidden: str) -> list[tuple[int, int]]:
    """Find what stands between braces that are no call for :func:`find_templates`, but one for MediaWiki.

    :param hidden: page text in which comments and quotes are hidden
    :return: spans, in order and apart
    """
    headings = [match.start() for match in _HEADING.finditer(hidden)]
    spans: list[tuple[int, int]] = []
    for start, end in sorted(_pairs(hidden)):
        is_stray = end - start > LONGEST_CALL or _reaches_over(start, end, headings)
        if is_stray and (not spans or start >= spans[-1][1]):
            spans.append((start, end))
    return spans


def outermost(templates: list[Template]) -> Iterator[Template]:
    """Yield those of the sorted calls that stand in no other."""
    reached = 0
    for template in templates:
        if template.start >= reached:
            reached = template.end
            yield template


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for brace in _BRACES.finditer(text):
        if brace[0] == '{{':
            opened.append(brace.start())
        elif opened:
            yield opened.pop(), brace.end()


def _reaches_over(start: int, end: int, headings: list[int]) -> bool:
    at = bisect_left(headings, start)
    return at < len(headings) and headings[at] < end


def _name(text: str, start: int, end: int) -> str:
    stop = text.find('|', start, min(end, start + 200))
    written = text[start + 2 : stop if stop >= 0 else min(end - 2, start + 200)]
    return normal_name(written.replace(OPAQUE, ''))
