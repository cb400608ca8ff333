"""Read from its summary which pages a revision may have moved."""

from __future__ import annotations

import re

#: MediaWiki, message ``1movedto2``: ``Ada moved page [[Old]] to [[New]]``, in the language of the wiki.
_TWO_LINKS = re.compile(r'\[\[([^\[\]]{1,255})\]\][^\[\]]{1,80}\[\[([^\[\]]{1,255})\]\]')


def titles_of_move(summary: str | None) -> tuple[str, str] | None:
    """Return the old and the new title that a summary links, as that of a move does; None where it does not.

    Anybody can write such a summary. Only a revision that changes nothing can be a move.

    :param summary: None where it is hidden
    """
    links = _TWO_LINKS.search(summary or '')
    return None if links is None else (_plain(links[1]), _plain(links[2]))


def _plain(link: str) -> str:
    return link.replace('_', ' ').strip(' :')
