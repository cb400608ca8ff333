"""Hide what the parser of MediaWiki would not read as wikitext of the page.

Comments vanish; ``<nowiki>``, ``<pre>``, ``<blockquote>`` … stay visible but are not read. Hidden
text is overwritten character by character, so that every offset stays that of the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

#: Stands for a character that a reader of the page does not see (comments, markup).
BLANK = '\ue000'
#: Stands for a character that a reader sees but that is nobody's position (nowiki, quotes).
OPAQUE = '\ue001'

#: Elements that may stand in one another.
_NESTING = frozenset({'blockquote', 'q'})
_QUOTING = (
    'nowiki|pre|syntaxhighlight|source|math|chem|ce|gallery|ref|blockquote|q|templatedata|inputbox|timeline|score|'
    'hiero|graph|mapframe|maplink|imagemap'
)
#: An attribute may hold "<": MediaWiki looks for the next ">" alone (``Preprocessor_Hash``).
_TOKEN = re.compile(rf'<!--|-->|<(/?)({_QUOTING})\b[^>]{{0,1000}}>', re.IGNORECASE)
_COMMENT = re.compile(r'<!--.*?(?:-->|\Z)', re.DOTALL)
#: Python refuses to read numbers of more than 4300 digits.
_LONG_NUMBER = re.compile(r'&#[0-9]{100,};?')
_SURROGATE = re.compile('[\ud800-\udfff]')
#: Blanks written as entities; replaced by as many blanks, so that times and words stay apart.
_BLANK_ENTITY = re.compile(r'&(?:nbsp|thinsp|ensp|emsp|#160|#xa0|#32|#x20|zwnj|zwj|lrm|rlm);', re.IGNORECASE)


def without_surrogates(text: str) -> str:
    """Return the text with lone surrogates, which no wiki stores, as U+FFFD."""
    return _SURROGATE.sub('\ufffd', text)


def hide(text: str) -> str:
    """Return the text with comments blanked and quoting elements made opaque.

    An element that is never closed is text, as in MediaWiki; a comment that is never closed
    hides the rest. A quote ends where the one around it does. Time is linear in the length of the text.

    :param text: wikitext
    :return: text of the same length
    """
    spaced = _BLANK_ENTITY.sub(lambda match: ' ' * len(match[0]), text)
    return fill(spaced, _spans(spaced))


def fill(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Return the text with spans overwritten; one that begins within another is left out.

    :param spans: start, end, and the character to write
    """
    parts: list[str] = []
    done = 0
    for start, end, filler in sorted(spans):
        if start < done:
            continue
        parts += [text[done:start], filler * (end - start)]
        done = end
    return ''.join([*parts, text[done:]])


def unescape(text: str) -> str:
    """Return the text with entities resolved; a number that is far too long for a character is U+FFFD."""
    return html.unescape(_LONG_NUMBER.sub('\ufffd', text))


def without_comments(text: str) -> str:
    """Return the text without its comments; one that is never closed reaches to the end."""
    return _COMMENT.sub('', text)


def _spans(text: str) -> list[tuple[int, int, str]]:
    """Find the hidden spans, in order and not overlapping."""
    tokens = [(t.start(), t.end(), (t[2] or t[0]).lower(), t[1] == '/') for t in _TOKEN.finditer(text)]
    last_close = {name: start for start, _, name, closing in tokens if closing}
    spans: list[tuple[int, int, str]] = []
    opened: tuple[int, str] | None = None
    depth = 0
    for start, end, name, closing in tokens:
        if opened is None:
            opened, depth = _opened(text, (start, end, name, closing), last_close, spans), 1
        elif opened[1] == '<!--':
            if name == '-->':
                spans.append((opened[0], end, BLANK))
                opened = None
        elif name == opened[1]:
            depth += -1 if closing else name in _NESTING
            if depth == 0 or (closing and last_close[name] == start):
                spans.append((opened[0], end, OPAQUE))
                opened = None
    if opened is not None and opened[1] == '<!--':
        spans.append((opened[0], len(text), BLANK))
    return spans


def _opened(
    text: str,
    token: tuple[int, int, str, bool],
    last_close: Mapping[str, int],
    spans: list[tuple[int, int, str]],
) -> tuple[int, str] | None:
    """Return what a token opens, if anything; one that is empty is a span by itself."""
    start, end, name, closing = token
    if closing or name == '-->':
        return None
    if name != '<!--' and text[end - 2] == '/':
        spans.append((start, end, BLANK))
        return None
    return (start, name) if name == '<!--' or last_close.get(name, -1) > start else None
