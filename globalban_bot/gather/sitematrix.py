"""Which wikis a farm has, and which of them cannot be told (``action=sitematrix``).

Written to SiteMatrix' ``ApiSiteMatrix``: beside the number of wikis (``count``) stand groups by language
under numbers, each with its ``site`` list, and wikis without a language under ``specials``. Only those tell
whether they are private or fishbowls; any can be closed. The language of a wiki comes as an IETF tag
(``lang``), and from versions of the extension that do not know it as the code in the wiki's address.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.gather.file_cache import load_kept, store_kept
from globalban_bot.model.target import Unreachable, WikiState
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    DATABASE,
    SERVER,
    fitting,
    flag_at,
    list_at,
    mapping_at,
    optional_text,
    text_at,
)
from globalban_bot.wiki.queries import Queries

_log = logging.getLogger(__name__)
_FILE = 'wikis.json'
_QUESTION = {'action': 'sitematrix', 'smlangprop': 'code|site', 'smsiteprop': 'url|dbname|code|lang'}
#: The first that is said decides: that a wiki is closed will not change.
_LACKS = (
    ('closed', Unreachable.CLOSED),
    ('private', Unreachable.PRIVATE),
    ('fishbowl', Unreachable.FISHBOWL),
)
#: Codes in addresses, and tags, that MediaWiki has another code for. The former as in ``wgLanguageCode`` of
#: operations/mediawiki-config, the latter as in MediaWiki's ``LanguageCode`` (non-standard codes).
_CODES = {
    'als': 'gsw',
    'bat-smg': 'sgs',
    'be-x-old': 'be-tarask',
    'bh': 'bho',
    'cbk-zam': 'cbk',
    'fiu-vro': 'vro',
    'no': 'nb',
    'roa-rup': 'rup',
    'simple': 'en',
    'zh-classical': 'lzh',
    'zh-min-nan': 'nan',
    'zh-yue': 'yue',
    'egl': 'eml',
    'en-simple': 'en',
    'jv-x-bms': 'map-bms',
    'nap-x-tara': 'roa-tara',
    'nrf': 'nrm',
}
_LANGUAGE = re.compile(r'[a-z]{2,8}(-[a-z0-9]{1,8})*')
#: Of wikis without a language, unless they say otherwise.
_PLAIN = 'en'


def read_wikis(wikis: Queries, folder: Path | None, now: datetime) -> Mapping[str, WikiState]:
    """Return the wikis of a farm by database name: one request, or none where they are kept.

    :param folder: of the cache; None keeps nothing
    :param now: the moment of the run (UTC)
    :raises WikiError: the wiki with the requests does not tell
    :raises UserError: the folder cannot be written
    """
    path = None if folder is None else folder / _FILE
    found = _from_plain(load_kept(path, wikis.home, now))
    if found is None:
        with understood(wikis.home):
            found = _states(wikis.action(wikis.home, 'sitematrix', **_QUESTION))
        store_kept(path, wikis.home, now, [_plain(state) for state in found.values()])
    return found


def wiki_states(answer: Mapping[str, Any]) -> dict[str, WikiState]:
    """Return the wikis of an answer by database name; what cannot be read is left out."""
    found: dict[str, WikiState] = {}
    for code, site in _sites(mapping_at(answer, 'sitematrix')):
        try:
            state = _state(code, site)
        except ValueError:
            continue
        found[state.wiki] = state
    return found


def _states(answer: Mapping[str, Any]) -> dict[str, WikiState]:
    found = wiki_states(answer)
    if not found or 'continue' in answer or 'query-continue' in answer:
        # A part of the list would make the others "not listed" for days.
        raise WikiError('the list of wikis is not whole')
    count = answer['sitematrix'].get('count')
    if count != len(found):
        _log.warning('the list of wikis says %s and has %s that can be read', count, len(found))
    return found


def _sites(matrix: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the wikis, each with the code of its group."""
    for key in matrix:
        if key == 'specials':
            yield from (('', site) for site in list_at(matrix, key))
        elif key != 'count':
            code = text_at(matrix, key, 'code')
            yield from ((code, site) for site in list_at(matrix, key, 'site'))


def _state(code: str, site: Any) -> WikiState:
    return WikiState(
        wiki=fitting(DATABASE, text_at(site, 'dbname')),
        url=fitting(SERVER, text_at(site, 'url')),
        language=_language(optional_text(site, 'lang') or code),
        # Without formatversion=2 a flag is an empty text.
        lack=next((lack for flag, lack in _LACKS if flag_at(site, flag)), None),
    )


def _language(code: str) -> str:
    small = code.lower().replace('_', '-')
    found = _CODES.get(small, small)
    return found if _LANGUAGE.fullmatch(found) else _PLAIN


def _plain(state: WikiState) -> list[str | None]:
    return [state.wiki, state.url, state.language, None if state.lack is None else state.lack.value]


def _from_plain(plain: Any) -> dict[str, WikiState] | None:
    try:
        states = [
            WikiState(
                fitting(DATABASE, wiki),
                fitting(SERVER, url),
                fitting(_LANGUAGE, language),
                None if lack is None else Unreachable(lack),
            )
            for wiki, url, language, lack in plain
        ]
    except (TypeError, ValueError):
        return None
    return {state.wiki: state for state in states} or None
