"""By which interwiki prefixes a wiki leads to the wiki with the requests (``siprop=interwikimap``)."""

from __future__ import annotations

import logging
import re
from datetime import datetime
from pathlib import Path

from globalban_bot.errors import WikiError
from globalban_bot.gather.file_cache import load_kept, store_kept
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import mappings_at, text_at
from globalban_bot.wiki.queries import Queries

_log = logging.getLogger(__name__)
#: Those of Wikimedia's wikis; the bot's own notices use the first.
USUAL = ('m', 'meta')
_PREFIX = re.compile(r'[^\s:|\[\]{}<>]{1,40}')


def read_prefixes(wikis: Queries, server: str, folder: Path | None, now: datetime) -> tuple[str, ...]:
    """Return the prefixes, the usual ones first. One request a wiki, kept for some days.

    :param server: address of the wiki whose links are read
    :param folder: where the answer is kept; None where it is not
    :param now: the moment of the run (UTC)
    """
    path = folder / f'interwiki-{server.partition("://")[2]}.json' if folder is not None else None
    known = load_kept(path, server, now)
    if not isinstance(known, list) or not all(isinstance(one, str) for one in known):
        try:
            known = _prefixes(wikis, server)
        except WikiError as error:
            _log.warning('%s: its interwiki prefixes are not known (%s)', server, error)
            return USUAL
        store_kept(path, server, now, known)
    return tuple(dict.fromkeys([*USUAL, *known]))


def _prefixes(wikis: Queries, server: str) -> list[str]:
    answer = next(wikis.query(server, meta='siteinfo', siprop='interwikimap'))
    home = wikis.home.partition('://')[2]
    with understood(server):
        lines = mappings_at(answer, 'query', 'interwikimap')
        leads = (text_at(line, 'prefix') for line in lines if _leads(text_at(line, 'url'), home))
        return sorted(prefix.lower() for prefix in leads if _PREFIX.fullmatch(prefix))


def _leads(address: str, home: str) -> bool:
    return re.fullmatch(rf'(?:https?:)?//{re.escape(home)}/wiki/\$1', address) is not None
