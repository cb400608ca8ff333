"""What is struck out: ``<s>``, ``<del>``, ``<strike>`` and their templates."""

from __future__ import annotations

import re
from collections.abc import Iterable

Span = tuple[int, int]

_TOKEN = re.compile(r'<(/?)(?:s|del|strike)(?:\s[^<>]*)?>|^={1,6}[^\n]*=', re.IGNORECASE | re.MULTILINE)


def struck_spans(text: str, more: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Find the struck spans of a page, in order and merged.

    A strike may reach over list items (``*<s>… ⏎ **…</s>``), but not over a heading; one that is
    never closed ends with its line.

    :param text: surface of a page
    :param more: spans struck by templates
    """
    spans = list(more)
    opened: int | None = None
    for token in _TOKEN.finditer(text):
        closing = token[1] == '/'
        if closing:
            if opened is not None:
                spans.append((opened, token.start()))
            opened = None
        elif token[1] is None:
            spans += _unclosed(text, opened)
            opened = None
        elif opened is None:
            opened = token.end()
    return _merged([*spans, *_unclosed(text, opened)])


def _unclosed(text: str, opened: int | None) -> list[Span]:
    if opened is None:
        return []
    end = text.find('\n', opened)
    return [(opened, end if end >= 0 else len(text))]


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
