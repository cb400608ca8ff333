"""What a reader of the page sees, at the offsets of the page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.opaque import BLANK, OPAQUE, fill, hide
from globalban_bot.wikitext.strikes import Span, struck_spans
from globalban_bot.wikitext.templates import Template, find_templates

_FIRST_ARGUMENT = re.compile(r'\s*1\s*=\s*')


@dataclass(frozen=True)
class Surface:
    """Page text in which hidden text, template calls and their line breaks are overwritten.

    ``# {{s}} {{small|per nom}} <!-- x -->`` becomes ``# ····· ········per nom·· ··········``.

    :param source: the wikitext of the page
    :param text: the same length; only a person's own words, links and tags are left
    :param templates: the calls that stand in no other, in order
    :param strikes: spans that are struck out, in order
    """

    source: str
    text: str
    templates: tuple[Template, ...]
    strikes: tuple[Span, ...]

    def templates_in(self, start: int, end: int) -> tuple[Template, ...]:
        """Return the calls that start between two offsets."""
        return self.templates[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def _starts(self) -> list[int]:
        return [template.start for template in self.templates]

    @cached_property
    def _strike_starts(self) -> list[int]:
        return [start for start, _ in self.strikes]

    def is_struck(self, offset: int) -> bool:
        """Tell whether the character at an offset is struck out."""
        at = bisect_right(self._strike_starts, offset) - 1
        return at >= 0 and self.strikes[at][1] > offset

    def unstruck(self, start: int, end: int) -> str:
        """Return the text between two offsets without what is struck out."""
        parts: list[str] = []
        at = max(0, bisect_right(self._strike_starts, start) - 1)
        for spot, stop in self.strikes[at : bisect_left(self._strike_starts, end)]:
            if stop > start:
                parts.append(self.text[start : max(start, spot)])
                start = min(stop, end)
        return ' '.join([*parts, self.text[start:end]]) if parts else self.text[start:end]


def surface_of(source: str, lexicon: Lexicon) -> Surface:
    """Compute the surface of a page in time linear in its length."""
    hidden = hide(source)
    kept: list[Template] = []
    struck: list[Span] = []
    fills: list[tuple[int, int, str]] = []
    reached = 0
    for template in find_templates(hidden, source):
        if template.start < reached:
            continue
        if template.name in lexicon.wrappers or template.name in lexicon.strike_templates:
            if template.name in lexicon.strike_templates:
                struck.append((template.start, template.end))
            fills += _delimiters(hidden, template)
            continue
        kept.append(template)
        reached = template.end
        fills.append((template.start, template.end, OPAQUE))
    text = fill(hidden, fills)
    return Surface(source, text, tuple(kept), struck_spans(text, struck))


def _delimiters(hidden: str, template: Template) -> list[tuple[int, int, str]]:
    """Return the braces and the name of a call whose argument is the person's own text."""
    bar = hidden.find('|', template.start, template.end)
    if bar < 0:
        return [(template.start, template.end, OPAQUE)]
    number = _FIRST_ARGUMENT.match(hidden, bar + 1)
    begin = number.end() if number else bar + 1
    return [(template.start, begin, BLANK), (template.end - 2, template.end, BLANK)]
