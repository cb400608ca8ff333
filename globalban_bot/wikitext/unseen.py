"""Blank what a page holds and no reader of it sees.

.. code-block:: wikitext

   <span style="display:none">* {{user|Ada}}</span>
   <includeonly>* {{user|Bel}}</includeonly>
"""

from __future__ import annotations

import re

from globalban_bot.wikitext.opaque import BLANK, hide, unescape

_TAG = re.compile(r'<(/?)([a-z]+)\b([^<>]*)>', re.IGNORECASE)
_HIDING = re.compile(r'display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)', re.IGNORECASE)
_CSS_COMMENT = re.compile(r'/\*[^*/]*\*/')


def without_unseen(text: str) -> str | None:
    """Return a text of the same length without what no reader sees; time is linear in the length of the text.

    An element that is never closed hides all that follows.

    :param text: wikitext
    :return: None where something is hidden by other means than an element, as by the style of a table
    """
    hidden = hide(text)
    parts: list[str] = []
    done = 0
    for start, end in _spans(hidden):
        parts += [hidden[done:start], _blank(hidden[start:end])]
        done = end
    seen = ''.join([*parts, hidden[done:]])
    return None if _hides(_TAG.sub('', seen)) else seen


def _spans(text: str) -> list[tuple[int, int]]:
    """Find the elements that are not shown, in order and not overlapping."""
    spans: list[tuple[int, int]] = []
    begin, name, depth = 0, '', 0
    for tag in _TAG.finditer(text):
        closing, here, attributes = tag[1] == '/', tag[2].lower(), tag[3]
        if attributes.rstrip().endswith('/'):
            continue
        if not depth:
            if not closing and (here == 'includeonly' or _hides(attributes)):
                begin, name, depth = tag.start(), here, 1
        elif here == name:
            depth += -1 if closing else 1
            if not depth:
                spans.append((begin, tag.end()))
    return [*spans, (begin, len(text))] if depth else spans


def _hides(style: str) -> bool:
    return _HIDING.search(_CSS_COMMENT.sub('', unescape(style))) is not None


def _blank(text: str) -> str:
    return ''.join(char if char == '\n' else BLANK for char in text)
