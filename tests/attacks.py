"""The attacks of ``tests/cases/attacks.yaml``, and the honest request that they are put into."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / 'cases' / 'attacks.yaml'
#: Where an attack stands.
PLACES = ('below', 'head')


def attacks(*, on_wiki: bool = False) -> dict[str, str]:
    """Return the texts by name.

    :param on_wiki: only those that a MediaWiki of the farm can save
    """
    rows = yaml.safe_load(_FILE.read_text('utf-8'))
    chosen = (one for one in rows if one.get('on_wiki', True) or not on_wiki)
    return {one['name']: ''.join(map(_piece, one['text'])) for one in chosen}


def _piece(piece: str | Sequence[str | int]) -> str:
    return piece if isinstance(piece, str) else str(piece[0]) * int(piece[1])


def request(votes: int, *, below: str = '', head: str = '') -> str:
    """Return a request with so many votes in support, and what somebody has put into it."""
    lines = (
        f'# {{{{support}}}} Enough. [[User:Voter {n}|Voter {n}]] ([[User talk:Voter {n}|talk]]) 10:00, '
        f'3 May 2025 (UTC)'
        for n in range(votes)
    )
    opening = 'They vandalise. [[User:Opener|Opener]] ([[User talk:Opener|talk]]) 09:00, 3 May 2025 (UTC)'
    body = '\n'.join(lines)
    return f'{{{{rfc subpage|status={head}}}}}\n{opening}\n\n== Support ==\n{body}\n{below}\n'


def attacked(place: str, attack: str) -> str:
    """Return a request with an attack at one of the places."""
    return request(3, **{place: attack})
