"""The lines of a page, with their list markers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from globalban_bot.wikitext.opaque import BLANK

_MARKER = re.compile(rf'(?:[ {BLANK}]|<(?:s|del|strike)\b[^<>]*>)*([#*:;]+)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as MediaWiki reads it: line breaks in comments and templates do not end it.

    :param number: line of the page on which it starts, from 1
    :param start: offset of its first character
    :param end: offset behind its last character
    :param marker: its list marker, such as ``#`` or ``*::``; empty for a paragraph
    :param body: offset behind the marker
    """

    number: int
    start: int
    end: int
    marker: str
    body: int


def lines_of(text: str, source: str) -> Iterator[Line]:
    """Yield the lines of a surface that are not empty.

    :param text: the surface
    :param source: the page text of the same length, for the line numbers
    """
    number = 1
    start = 0
    for content in text.split('\n'):
        end = start + len(content)
        if content.strip(' \t\r' + BLANK):
            marker = _MARKER.match(content)
            yield Line(
                number,
                start,
                end,
                marker[1] if marker else '',
                start + (marker.end() if marker else 0),
            )
        number += source.count('\n', start, end) + 1
        start = end + 1
