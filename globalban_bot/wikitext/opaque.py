"""Hide what the parser of MediaWiki would not read as wikitext of the page.

Comments vanish; ``<nowiki>``, ``<pre>``, ``<blockquote>`` … stay visible but are not read. Hidden
text is overwritten character by character, so that every offset stays that of the page.
"""

from __future__ import annotations

import re

#: Stands for a character that a reader of the page does not see (comments, markup).
BLANK = '\ue000'
#: Stands for a character that a reader sees but that is nobody's position (nowiki, quotes).
OPAQUE = '\ue001'

_QUOTING = 'nowiki|pre|syntaxhighlight|source|math|gallery|ref|blockquote|q|templatedata'
_TOKEN = re.compile(rf'<!--|-->|<(/?)({_QUOTING})\b[^<>]*>', re.IGNORECASE)
_SURROGATE = re.compile('[\ud800-\udfff]')
#: Blanks written as entities; replaced by as many blanks, so that times and words stay apart.
_BLANK_ENTITY = re.compile(r'&(?:nbsp|thinsp|ensp|emsp|#160|#xa0|#32|#x20|zwnj|zwj|lrm|rlm);', re.IGNORECASE)


def without_surrogates(text: str) -> str:
    """Return the text with lone surrogates, which no wiki stores, as U+FFFD."""
    return _SURROGATE.sub('\ufffd', text)


def hide(text: str) -> str:
    """Return the text with comments blanked and quoting elements made opaque.

    An element that is never closed is text, as in MediaWiki; a comment that is never closed
    hides the rest. Time is linear in the length of the text.

    :param text: wikitext
    :return: text of the same length
    """
    spaced = _BLANK_ENTITY.sub(lambda found: ' ' * len(found[0]), text)
    parts: list[str] = []
    done = 0
    for start, end, filler in _spans(spaced):
        parts += [spaced[done:start], filler * (end - start)]
        done = end
    return ''.join([*parts, spaced[done:]])


def _spans(text: str) -> list[tuple[int, int, str]]:
    """Find the hidden spans, in order and not overlapping."""
    tokens = [(t.start(), t.end(), (t[2] or t[0]).lower(), t[1] == '/') for t in _TOKEN.finditer(text)]
    last_close = {name: start for start, _, name, closing in tokens if closing}
    spans: list[tuple[int, int, str]] = []
    opened: tuple[int, str] | None = None
    for start, end, name, closing in tokens:
        if opened is None:
            if name == '<!--':
                opened = (start, name)
            elif name != '-->' and not closing:
                if text[end - 2] == '/':
                    spans.append((start, end, BLANK))
                elif last_close.get(name, -1) > start:
                    opened = (start, name)
        elif opened[1] == '<!--':
            if name == '-->':
                spans.append((opened[0], end, BLANK))
                opened = None
        elif closing and name == opened[1]:
            spans.append((opened[0], end, OPAQUE))
            opened = None
    if opened is not None and opened[1] == '<!--':
        spans.append((opened[0], len(text), BLANK))
    return spans
