"""Changes of a page's text, as its edits describe them.

An edit has a ``time`` (UTC), a ``user``, a ``comment`` if it needs one, and one change:

``start``               the whole text
``append`` + ``text``   text at the end of the section with that heading; ``Proposal 1/Support`` names
                        the section Support below Proposal 1; a bold line is a heading, too
``after`` + ``text``    text below the line that holds these words
``replace`` + ``with``  other words for words that stand on the page once
``undo``                takes back the edit before
``moved_from``          moves the page from that title to ``title``; a redirect with the page id
                        ``redirect_id`` is left behind

Four tildes become the user's signature and the time of the edit, as on a wiki.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tools.sample.users import SourceError, User

HEADING = re.compile(r"^(?:(?P<marks>=+)\s*(?P<title>.+?)\s*=+|:'''(?P<bold>[^']+)''')\s*$")
BOLD_LEVEL = 7  # a bold line ends at any heading
FOOTER = re.compile(r'^\[\[Category:')
NOWIKI = re.compile(r'(<nowiki>.*?</nowiki>)', re.DOTALL)
MONTHS = 'January February March April May June July August September October November December'.split()

Edit = Mapping[str, Any]


def insert(lines: list[str], at: int, text: str) -> str:
    """Put a text before a line, behind the last line before it that is not blank."""
    while at and not lines[at - 1].strip():
        at -= 1
    return '\n'.join([*lines[:at], text, *lines[at:]])


def append(text: str, section: str, addition: str) -> str:
    """Add to the end of a section, before its subsections and before categories."""
    lines = text.split('\n')
    start = _find_section(lines, section)
    ends = (i for i in range(start + 1, len(lines)) if HEADING.match(lines[i]) or FOOTER.match(lines[i]))
    return insert(lines, next(ends, len(lines)), addition)


def _find_section(lines: list[str], section: str) -> int:
    found = [i for i, path in _headings(lines) if path == section or path.endswith(f'/{section}')]
    if len(found) != 1:
        raise SourceError(f'{len(found)} sections {section!r}; name it with those above, as A/B')
    return found[0]


def _headings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield line number and path ('A/B') of each heading."""
    above: list[tuple[int, str]] = []
    for i, line in enumerate(lines):
        if match := HEADING.match(line):
            level = len(match['marks']) if match['marks'] else BOLD_LEVEL
            above = [(at, title) for at, title in above if at < level]
            above.append((level, match['title'] or match['bold']))
            yield i, '/'.join(title for _, title in above)


def add_after(text: str, words: str, addition: str) -> str:
    """Add below the line that holds some words."""
    lines = text.split('\n')
    found = [i for i, line in enumerate(lines) if words in line]
    if len(found) != 1:
        raise SourceError(f'{len(found)} lines hold {words!r}; it must be one')
    return insert(lines, found[0] + 1, addition)


def replace(text: str, old: str, new: str) -> str:
    """Replace words that stand on the page once."""
    if text.count(old) != 1:
        raise SourceError(f'{old!r} stands on the page {text.count(old)} times; it must be once')
    return text.replace(old, new)


def sign(text: str, user: User, time: datetime) -> str:
    """Replace four tildes by signature and time, except in nowiki."""
    stamp = f'{time:%H:%M}, {time.day} {MONTHS[time.month - 1]} {time.year} (UTC)'
    parts = NOWIKI.split(text)
    parts[::2] = [part.replace('~~~~', f'{user.signature} {stamp}') for part in parts[::2]]
    return ''.join(parts)


def _clean(value: object) -> str:
    return str(value).rstrip('\n')


CHANGES: dict[str, Callable[[str, Edit], str]] = {
    'start': lambda _text, edit: _clean(edit['start']),
    'append': lambda text, edit: append(text, edit['append'], _clean(edit['text'])),
    'after': lambda text, edit: add_after(text, edit['after'], _clean(edit['text'])),
    'replace': lambda text, edit: replace(text, _clean(edit['replace']), _clean(edit['with'])),
    'moved_from': lambda text, _edit: text,
}
WITH = {'append': {'text'}, 'after': {'text'}, 'replace': {'with'}, 'moved_from': {'redirect_id'}}
