"""Which signatures of a line are not its author's: a clerk's, a quoted one, one in a report.

.. code-block:: wikitext

   # {{s}} [[User:A|A]] 12:00, 1 May 2027 (UTC) <small>(struck by [[User:B|B]])</small>
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from globalban_bot.wikitext.opaque import BLANK

#: What a reader does not see, or sees as something else.
MARKUP = re.compile(r"<[^<>\n]{0,300}>|'{2,}|\[\[[^\[\]\n]{0,300}\]\]|" + f'[{BLANK}]')
#: What closes behind a signature that is not the author's of the line: a clerk's, a quoted one.
_OPENING = {')': '(', ']': '[', '"': '"', '”': '“', '“': '„', '»': '«', '›': '‹', '」': '「'}
_CLOSING = re.compile(r"[\s.'’]*([)\]\"”“»›」])")
#: Somebody else's signature is told or quoted: "as was said by A at 12:00 …", "struck by A 12:00 …".
_TOLD = re.compile(r'\bby(?:\s+user)?[\s@:]*\Z', re.IGNORECASE)
_SMALL = re.compile(r'<(/?)small\b[^<>]*>', re.IGNORECASE)
_SMALL_ENDS = re.compile(r"[\s.'’)]*</small", re.IGNORECASE)
_MARK = re.compile('[\n' + re.escape(''.join({*_OPENING, *_OPENING.values()})) + ']')
#: So many characters before and behind a signature are looked at.
_NEAR = 80


class Asides:
    """Tells which signatures of a page stand in small print, brackets, quotes, or behind the word "by".

    It notes the places of all brackets once, because each signature is asked about all of its line before it.

    :param text: surface of the page
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks = _places(text)
        self._small = [(tag.start(), tag[1] == '') for tag in _SMALL.finditer(text)]

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a signature is an aside.

        :param start: offset of the signature
        :param end: offset behind it
        """
        begin = self._last_break(start) + 1
        if _TOLD.search(MARKUP.sub('', self._text[max(begin, start - _NEAR) : start])):
            return True
        behind = self._text[end : end + _NEAR]
        closing = _CLOSING.match(behind)
        if closing is not None:
            return self._is_open(closing[1], begin, start)
        return self._is_small(begin, start) and _SMALL_ENDS.match(behind) is not None

    def _last_break(self, offset: int) -> int:
        breaks = self._marks.get('\n', [])
        at = bisect_left(breaks, offset)
        return breaks[at - 1] if at else -1

    def _is_open(self, closer: str, begin: int, end: int) -> bool:
        """Tell whether what a mark closes was opened between two offsets."""
        opener = _OPENING[closer]
        if opener == closer:
            return self._count(closer, begin, end) % 2 == 1
        return self._count(opener, begin, end) > self._count(closer, begin, end)

    def _count(self, mark: str, begin: int, end: int) -> int:
        places = self._marks.get(mark, [])
        return bisect_left(places, end) - bisect_left(places, begin)

    def _is_small(self, begin: int, end: int) -> bool:
        at = bisect_left(self._small, (end, False))
        return at > 0 and self._small[at - 1][0] >= begin and self._small[at - 1][1]


def _places(text: str) -> Mapping[str, list[int]]:
    """Return the offsets of line breaks and of all marks that open or close."""
    places: dict[str, list[int]] = {}
    for mark in _MARK.finditer(text):
        places.setdefault(mark[0], []).append(mark.start())
    return places
