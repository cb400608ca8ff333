"""Which sitelinks of an item are less than a day old.

Anybody can edit an item of Wikidata, and a notice follows its sitelinks. So a sitelink counts once it has
stood for a day without a break; until then it is for people. What the item's history does not tell counts as
young.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from globalban_bot.errors import WikiError
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import mapping_at, optional_mappings, text_at
from globalban_bot.wiki.queries import Queries

_log = logging.getLogger(__name__)
#: So long a sitelink has to stand.
LEAST_AGE = timedelta(days=1)
_QUESTION = {'prop': 'revisions', 'rvprop': 'content', 'rvslots': 'main'}
#: An item that is edited more often within a day is left to people.
_MOST = '20'


def young_sitelinks(
    wikis: Queries, server: str, item: str, links: Mapping[str, str], at: datetime
) -> frozenset[str]:
    """Return the wikis whose sitelink was another one, or none, at some time of the last day. Two requests.

    :param server: address of the wiki with the item
    :param links: the sitelinks as they stand, by database name
    :param at: the moment by the clock of that wiki (UTC)
    """
    day_ago = f'{at - LEAST_AGE:%Y-%m-%dT%H:%M:%SZ}'
    try:
        with understood(server):
            first = next(wikis.query(server, titles=item, rvstart=day_ago, rvlimit='1', **_QUESTION))
            since = next(wikis.query(server, titles=item, rvend=day_ago, rvlimit=_MOST, **_QUESTION))
            # An item that was made since had no sitelinks a day ago.
            then = [*_sitelinks_in(first)] or [{}]
            then += [{}] if 'continue' in since else [*_sitelinks_in(since)]
    except WikiError as error:
        _log.warning('%s: the age of its sitelinks is not known (%s)', item, error)
        then = [{}]
    return frozenset(wiki for wiki, title in links.items() if any(one.get(wiki) != title for one in then))


def _sitelinks_in(answer: Mapping[str, object]) -> Iterator[dict[str, str]]:
    """Yield the sitelinks in the content of each revision: ``{"sitelinks": {"dewiki": {"title": …}}}``."""
    for revision in optional_mappings(mapping_at(answer, 'query', 'pages', 0), 'revisions'):
        entity = json.loads(text_at(revision, 'slots', 'main', 'content'))
        # PHP writes an empty map as a list.
        links = mapping_at(entity, 'sitelinks') if entity.get('sitelinks') else {}
        yield {wiki: text_at(links, wiki, 'title') for wiki in links}
