"""Read who approved, waived, held or settled a delivery, from the history of the page where people say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from globalban_bot.model.approval import Said, Word
from globalban_bot.model.revision import Revision
from globalban_bot.wikitext.additions import Added, additions

_NO_PART = re.compile(
    r'<!--.*?(?:-->|\Z)|<(?:nowiki|pre)\b[^<>]*/>|<(nowiki|pre)\b[^<>]*>.*?(?:</\1\s*>|\Z)',
    re.DOTALL | re.IGNORECASE,
)
#: Stands for what is shown, but says nothing.
_SHOWN = '\0'
_LINE = re.compile(
    r"[*#:;\s']*(approve|waive|hold|settle)\b(?:[\s':]+([0-9a-f]{12})\b)?", re.IGNORECASE | re.ASCII
)


def read_approvals(revisions: Sequence[Revision]) -> tuple[Said, ...]:
    """Return what was said on the page for approvals, oldest first.

    A line counts for who saved the revision that added it.

    :param revisions: of the page, oldest first
    """
    return tuple(_said(one) for one in additions(revisions, _lines))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that say something, in one form: ``approve 0123456789ab``."""
    for line in _NO_PART.sub(lambda found: _SHOWN if found[1] else '', text).split('\n'):
        found = _LINE.match(line)
        if found is not None and bool(found[2]) == (found[1].lower() == Word.APPROVE.value):
            yield ' '.join(filter(None, (found[1].lower(), (found[2] or '').lower())))


def _said(added: Added[str]) -> Said:
    word, _, digest = added.thing.partition(' ')
    revision = added.revision
    return Said(Word(word), digest, revision.user, revision.time, revision.id, added.stands)
