"""Read who approved, waived, held or settled a delivery, from the history of the page where people say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from globalban_bot.model.approval import Said, Word
from globalban_bot.model.revision import Revision

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
    """Return what was said, oldest first.

    A line counts for who saved the revision that added it. A line that was taken out is not said any more,
    nor is any other of the same words, as nothing tells them apart; who puts it back says it anew. A revision
    whose text is hidden takes out all.

    :param revisions: of the page, oldest first
    """
    said: list[Said] = []
    before: Counter[str] = Counter()
    known = True
    for revision in revisions:
        lines = Counter(_lines(revision.text or ''))
        gone = before - lines
        said = [replace(one, stands=one.stands and _line_of(one) not in gone) for one in said]
        # What stands there after a hidden text may have stood in it: it is nobody's.
        by = revision if known else replace(revision, user=None)
        said += [_said(line, by) for line in (lines - before).elements()]
        before, known = lines, revision.text is not None
    return tuple(said)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that say something, in one form: ``approve 0123456789ab``."""
    for line in _NO_PART.sub(lambda found: _SHOWN if found[1] else '', text).split('\n'):
        found = _LINE.match(line)
        if found is not None and bool(found[2]) == (found[1].lower() == Word.APPROVE.value):
            yield ' '.join(filter(None, (found[1].lower(), (found[2] or '').lower())))


def _line_of(said: Said) -> str:
    return f'{said.word.value} {said.digest}'.rstrip()


def _said(line: str, revision: Revision) -> Said:
    word, _, digest = line.partition(' ')
    return Said(Word(word), digest, revision.user, revision.time, revision.id, stands=True)
