"""Read who approved, waived, held or settled a delivery, from the history of the page where people say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from globalban_bot.model.approval import Said, Word
from globalban_bot.model.revision import Revision
from globalban_bot.wikitext.sayings import LONGEST_LINE, Form, Line, read_sayings

_NO_PART = re.compile(
    r'<!--.*?(?:-->|\Z)|<(?:nowiki|pre)\b[^<>]*/>'
    r'|<(nowiki|pre|blockquote|q|s|del|strike)\b[^<>]*>.*?(?:</\1\s*>|\Z)',
    re.DOTALL | re.IGNORECASE,
)
#: Stands for what is shown, but says nothing.
_SHOWN = '\0'
#: What may take words apart, or hide them.
_MARKUP = re.compile(r'<!--.*?(?:-->|\Z)|</?[a-z][^<>]*>', re.DOTALL | re.IGNORECASE)
_LINE = re.compile(
    r"[*#:;\s']*(approve|waive|hold|settle)\b(?:[\s':]+([0-9a-f]{12})\b)?", re.IGNORECASE | re.ASCII
)
#: The same anywhere in a line.
_ANYWHERE = re.compile(_LINE.pattern.replace("[*#:;\\s']*", r'\b'), re.IGNORECASE | re.ASCII)


def read_approvals(
    revisions: Sequence[Revision], signer: Callable[[str], str | None] = lambda _: None
) -> tuple[Said, ...]:
    """Return what was said on the page for approvals, oldest first; people need not sign there.

    :param revisions: of the page, oldest first
    :param signer: returns who has signed a text; None where that is nobody
    """
    return read_sayings(revisions, Form(_shown, signer, _written))


def _shown(text: str) -> Iterator[Line]:
    """Yield the lines that say something: not in comments, nowiki or quotes, and not struck."""
    for line in _NO_PART.sub(lambda found: _SHOWN if found[1] else '', text).split('\n'):
        found = _LINE.match(line)
        if found is not None:
            yield from _line(found, line.strip())


def _written(text: str) -> Iterator[Line]:
    """Yield all that would say something, were nothing hidden, struck or taken apart."""
    for one in {text, _MARKUP.sub('', text)}:
        for line in one.split('\n'):
            written = line.strip()[:LONGEST_LINE]
            for found in _ANYWHERE.finditer(line):
                yield from _line(found, written)


def _line(found: re.Match[str], written: str) -> Iterator[Line]:
    word, digest = Word(found[1].lower()), (found[2] or '').lower()
    if bool(digest) == (word is Word.APPROVE):
        tail = found.string[found.start(1) : found.start(1) + LONGEST_LINE].strip()
        yield Line(word, digest, written[:LONGEST_LINE], tail)
