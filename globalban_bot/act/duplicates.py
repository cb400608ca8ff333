"""Take repeated notices out of a text, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence


def without_repeats(text: str, marker: str, blocks: Sequence[str]) -> str:
    """Return a text without the bot's notices that stand below another notice.

    Where all that the bot appended is there letter by letter, the first of it stays, as anybody can have
    written a marker above. Else somebody has changed a notice of the bot's: it stays, and the bot's own below
    it go. What people wrote around and between notices stays as it is.

    :param text: wikitext of a page
    :param marker: what each notice of the request contains
    :param blocks: what the bot's edits appended, letter by letter; one that is there twice is its own twice
    """
    own = sorted(_own(text, marker, blocks))
    if len(own) == sum(marker in block for block in blocks):
        own = own[1:]
    for start, end in reversed(own):
        if marker in text[:start]:
            text = text[:start] + text[end:]
    return text


def _own(text: str, marker: str, blocks: Iterable[str]) -> Iterable[tuple[int, int]]:
    for block, most in Counter(one for one in blocks if marker in one).items():
        starts = [found.start() for found in re.finditer(re.escape(block), text)]
        yield from ((start, start + len(block)) for start in starts[:most])
