"""Read who approved, waived, held or settled a delivery, from the history of the page where people say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from globalban_bot.model.approval import Said, Word
from globalban_bot.model.revision import Revision
from globalban_bot.wikitext.sayings import LONGEST_LINE, Form, Line, read_sayings

_NO_PART = re.compile(
    r'<!--.*?(?:-->|\Z)|<(?:nowiki|pre)\b[^<>]*/>|<(nowiki|pre)\b[^<>]*>.*?(?:</\1\s*>|\Z)',
    re.DOTALL | re.IGNORECASE,
)
#: Stands for what is shown, but says nothing.
_SHOWN = '\0'
_LINE = re.compile(
    r"[*#:;\s']*(approve|waive|hold|settle)\b(?:[\s':]+([0-9a-f]{12})\b)?", re.IGNORECASE | re.ASCII
)
#: The same anywhere in a line, hidden or not.
_ANYWHERE = re.compile(_LINE.pattern.replace("[*#:;\\s']*", r'\b'), re.IGNORECASE | re.ASCII)


def read_approvals(
    revisions: Sequence[Revision], signer: Callable[[str], str | None] = lambda _: None
) -> tuple[Said, ...]:
    """Return what was said on the page for approvals, oldest first.

    :param revisions: of the page, oldest first
    :param signer: returns who has signed a line; None where that is nobody
    """
    return read_sayings(revisions, Form(_shown, _written, signer))


def _shown(text: str) -> Iterator[Line]:
    """Yield the lines that say something."""
    for line in _NO_PART.sub(lambda found: _SHOWN if found[1] else '', text).split('\n'):
        found = _LINE.match(line)
        if found is not None:
            yield from _line(found, line.strip()[:LONGEST_LINE])


def _written(text: str) -> Iterator[Line]:
    for line in text.split('\n'):
        written = line.strip()[:LONGEST_LINE]
        for found in _ANYWHERE.finditer(line):
            yield from _line(found, written)


def _line(found: re.Match[str], written: str) -> Iterator[Line]:
    word, digest = Word(found[1].lower()), (found[2] or '').lower()
    if bool(digest) == (word is Word.APPROVE):
        yield Line(word, digest, written)
