"""Tell from its summary whether a revision may be the trace of a move."""

from __future__ import annotations

import re

#: MediaWiki, message ``1movedto2``: ``Ada moved page [[Old]] to [[New]]``, in the language of the wiki.
_TWO_LINKS = re.compile(r'\[\[[^\[\]]{1,255}\]\][^\[\]]{1,80}\[\[[^\[\]]{1,255}\]\]')


def tells_of_move(summary: str | None) -> bool:
    """Tell whether a summary links two pages, as that of a move does.

    Anybody can write such a summary. Only a revision that changes nothing can be a move.

    :param summary: None where it is hidden
    """
    return _TWO_LINKS.search(summary or '') is not None
