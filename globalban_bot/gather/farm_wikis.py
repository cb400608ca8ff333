"""Which wikis a farm has, which of them cannot be told, and how they link to the wiki with the requests.

The list is written to SiteMatrix' ``ApiSiteMatrix`` (``action=sitematrix``). Beside the number of wikis
(``count``) it has groups by language under numbers, each with its ``site`` list, and wikis without a language
under ``specials``. Only those tell whether they are private or fishbowls; any can be closed. The language of
a wiki comes as an IETF tag (``lang``), and from versions of the extension that do not know it as the code in
the wiki's address.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.gather.cache import load_kept, store_kept
from globalban_bot.model.target import Unreachable, WikiState
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask_once
from globalban_bot.wiki.api_errors import NoAnswerError
from globalban_bot.wiki.api_values import DATABASE, SERVER

_log = logging.getLogger(__name__)
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
#: Prefixes of Wikimedia's wikis; the bot's own notices use the first.
USUAL_PREFIXES = ('m', 'meta')
_PREFIX = re.compile(r'[^\s:|\[\]{}<>]{1,40}')


def read_wikis(wikis: Queries, folder: Path | None, now: datetime) -> Mapping[str, WikiState]:
    """Return the wikis of a farm by database name: one request, or none where they are kept.

    :raises UserError: the folder cannot be written
    """
    path = None if folder is None else folder / 'wikis.json'
    states = _from_plain(load_kept(path, wikis.home, now))
    if states is None:
        states = _whole(ApiAnswer(wikis.home, wikis.action(wikis.home, 'sitematrix', **_QUESTION)))
        store_kept(path, wikis.home, now, [_plain(state) for state in states.values()])
    return states


def wiki_states(answer: ApiAnswer) -> dict[str, WikiState]:
    """Return the wikis of an answer by database name; what cannot be read is left out."""
    states: dict[str, WikiState] = {}
    for code, site in _sites(answer.at('sitematrix')):
        try:
            state = _state(code, site)
        except NoAnswerError:
            continue
        states[state.wiki] = state
    return states


def _whole(answer: ApiAnswer) -> dict[str, WikiState]:
    states = wiki_states(answer)
    if not states or 'continue' in answer or 'query-continue' in answer:
        # A part of the list would make the others "not listed" for days.
        raise WikiError('the list of wikis is not whole')
    count = answer.at('sitematrix').value.get('count')
    if count != len(states):
        _log.warning('the list of wikis says %s and has %s that can be read', count, len(states))
    return states


def _sites(matrix: ApiAnswer) -> Iterator[tuple[str, ApiAnswer]]:
    """Yield the wikis, each with the code of its group."""
    for key, group in matrix.fields().items():
        if key == 'specials':
            yield from (('', site) for site in group.items())
        elif key != 'count':
            code = group.text('code')
            yield from ((code, site) for site in group.items('site'))


def _state(code: str, site: ApiAnswer) -> WikiState:
    return WikiState(
        wiki=site.fitting(DATABASE, 'dbname'),
        url=site.fitting(SERVER, 'url'),
        language=_language(site.text_if_any('lang') or code),
        # Without formatversion=2 a flag is an empty text.
        lack=next((lack for flag, lack in _LACKS if site.flag(flag)), None),
    )


def _language(code: str) -> str:
    small = code.lower().replace('_', '-')
    language = _CODES.get(small, small)
    return language if _LANGUAGE.fullmatch(language) else _PLAIN


def _plain(state: WikiState) -> list[str | None]:
    return [state.wiki, state.url, state.language, None if state.lack is None else state.lack.value]


def _from_plain(kept: Any) -> dict[str, WikiState] | None:
    try:
        rows = [row for row in kept if DATABASE.fullmatch(row[0]) and SERVER.fullmatch(row[1])]
        states = [
            WikiState(wiki, url, language, None if lack is None else Unreachable(lack))
            for wiki, url, language, lack in rows
            if _LANGUAGE.fullmatch(language)
        ]
    except (TypeError, ValueError, LookupError):
        return None
    return {state.wiki: state for state in states} if states and len(states) == len(kept) else None


def read_prefixes(wikis: Queries, server: str, folder: Path | None, now: datetime) -> tuple[str, ...]:
    """Return by which interwiki prefixes a wiki leads to the wiki with the requests, the usual ones first.

    One request a wiki, kept for some days.
    """
    path = None if folder is None else folder / f'interwiki-{server.partition("://")[2]}.json'
    known = load_kept(path, server, now)
    if not isinstance(known, list) or not all(isinstance(prefix, str) for prefix in known):
        try:
            known = _prefixes(wikis, server)
        except WikiError as error:
            _log.warning('%s: its interwiki prefixes are not known (%s)', server, error)
            return USUAL_PREFIXES
        store_kept(path, server, now, known)
    return tuple(dict.fromkeys([*USUAL_PREFIXES, *known]))


def _prefixes(wikis: Queries, server: str) -> list[str]:
    answer = ask_once(wikis, server, meta='siteinfo', siprop='interwikimap')
    home = re.compile(rf'(?:https?:)?//{re.escape(wikis.home.partition("://")[2])}/wiki/\$1')
    lines = answer.objects('query', 'interwikimap')
    prefixes = [line.text('prefix') for line in lines if home.fullmatch(line.text('url'))]
    return sorted(prefix.lower() for prefix in prefixes if _PREFIX.fullmatch(prefix))
