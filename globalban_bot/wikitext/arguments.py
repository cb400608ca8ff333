"""Read the arguments of a template call.

.. code-block:: wikitext

   {{unsigned|Ada|time={{small|12:00|1 May}} [[A|b]] <!-- | -->}}

has the arguments ``1`` and ``time``. As in MediaWiki, a bar or an equals sign within a call, a link, a
comment or ``<nowiki>`` belongs to the value. Time is linear in the length of the call, whatever is in it.
"""

from __future__ import annotations

import re

from globalban_bot.wikitext.opaque import BLANK, OPAQUE, fill, hide

_BRACKET = re.compile(r'\{\{|\}\}|\[\[|\]\]')
_OPENER = {'}}': '{{', ']]': '[['}


def read_arguments(source: str) -> dict[str, str]:
    """Return the arguments of a call by name or by number (``'1'``), as stripped wikitext.

    Of several arguments with one name the last counts.

    :param source: the call, braces included
    """
    written = source[2:-2]
    seen = _cover(hide(written))
    values: dict[str, str] = {}
    number = 0
    bar = seen.find('|')
    while bar >= 0:
        end = seen.find('|', bar + 1)
        stop = len(written) if end < 0 else end
        equals = seen.find('=', bar + 1, stop)
        if equals < 0:
            number += 1
        name = str(number) if equals < 0 else seen[bar + 1 : equals].replace(BLANK, '').strip()
        values[name] = written[(bar if equals < 0 else equals) + 1 : stop].strip()
        bar = end
    return values


def _cover(hidden: str) -> str:
    """Return the text with the calls and links in it made opaque; brackets without a partner are text."""
    opened: list[tuple[str, int]] = []
    waiting = {'{{': 0, '[[': 0}
    spans: list[tuple[int, int, str]] = []
    for bracket in _BRACKET.finditer(hidden):
        opener = _OPENER.get(bracket[0])
        if opener is None:
            opened.append((bracket[0], bracket.start()))
            waiting[bracket[0]] += 1
        elif waiting[opener]:
            start = _close(opener, opened, waiting)
            spans.append((start, bracket.end(), OPAQUE))
    return fill(hidden, spans)


def _close(opener: str, opened: list[tuple[str, int]], waiting: dict[str, int]) -> int:
    """Return the offset of the last open bracket of a kind; take it away, and what was opened behind it."""
    while True:
        kind, start = opened.pop()
        waiting[kind] -= 1
        if kind == opener:
            return start
