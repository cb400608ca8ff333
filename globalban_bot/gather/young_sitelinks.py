"""Which sitelinks of an item are less than a day old.

Anybody can edit an item of Wikidata, and a notice follows its sitelinks. So a sitelink counts once it has
stood for a day; until then it is for people. What the item's history does not tell counts as young.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from globalban_bot.errors import WikiError
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import mapping_at, optional_mappings, text_at
from globalban_bot.wiki.queries import Queries

_log = logging.getLogger(__name__)
#: So long a sitelink has to stand.
LEAST_AGE = timedelta(days=1)
_QUESTION = {'prop': 'revisions', 'rvprop': 'content', 'rvslots': 'main', 'rvlimit': '1'}


def young_sitelinks(
    wikis: Queries, server: str, item: str, links: Mapping[str, str], at: datetime
) -> frozenset[str]:
    """Return the wikis whose sitelink was another one, or none, a day ago. One request.

    :param server: address of the wiki with the item
    :param links: the sitelinks as they stand, by database name
    :param at: the moment by the clock of that wiki (UTC)
    """
    start = f'{at - LEAST_AGE:%Y-%m-%dT%H:%M:%SZ}'
    try:
        with understood(server):
            answer = next(wikis.query(server, titles=item, rvstart=start, **_QUESTION))
            before = _sitelinks_then(answer)
    except WikiError as error:
        _log.warning('%s: the age of its sitelinks is not known (%s)', item, error)
        before = {}
    return frozenset(wiki for wiki, title in links.items() if before.get(wiki) != title)


def _sitelinks_then(answer: Mapping[str, object]) -> dict[str, str]:
    """Return the sitelinks in the content of a revision: ``{"sitelinks": {"dewiki": {"title": …}}}``."""
    page = mapping_at(answer, 'query', 'pages', 0)
    revisions = optional_mappings(page, 'revisions')
    if not revisions:
        return {}
    entity = json.loads(text_at(revisions[0], 'slots', 'main', 'content'))
    # PHP writes an empty map as a list.
    links = mapping_at(entity, 'sitelinks') if entity.get('sitelinks') else {}
    return {wiki: text_at(links, wiki, 'title') for wiki in links}
