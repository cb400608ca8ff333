"""Take repeated notices out of a text, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence


def without_repeats(text: str, marker: str, blocks: Sequence[str]) -> str:
    """Return a text without the bot's notices that stand below another notice.

    The first notice stays, whoever wrote it, so that never none is left. A notice that somebody has changed
    is theirs, too: it stays. What people wrote around and between notices stays as it is.

    :param text: wikitext of a page
    :param marker: what each notice of the request contains
    :param blocks: what the bot's edits appended, letter by letter; one that is there twice is its own twice
    """
    for start, end in sorted(_own(text, marker, blocks), reverse=True):
        if marker in text[:start]:
            text = text[:start] + text[end:]
    return text


def _own(text: str, marker: str, blocks: Iterable[str]) -> Iterable[tuple[int, int]]:
    for block, most in Counter(one for one in blocks if marker in one).items():
        starts = [found.start() for found in re.finditer(re.escape(block), text)]
        yield from ((start, start + len(block)) for start in starts[:most])
