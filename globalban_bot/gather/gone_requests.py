"""Requests that are none any more, though the bot has a box for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from globalban_bot.gather.request_filter import classify_page
from globalban_bot.gather.subpages import pages_below
from globalban_bot.profiles.loader import Profile
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import flag_at, mappings_at, number_at, text_at
from globalban_bot.wiki.queries import Queries

#: So many pages are asked for at once, also without the rights of a bot.
_MOST_AT_ONCE = 50


def gone_requests(wikis: Queries, profile: Profile, known: Set[int]) -> frozenset[int]:
    """Return the page ids of boxes whose pages are no requests any more.

    A list of requests may leave a page out. So the wiki is asked for each page by its id.

    :param known: page ids of the requests that were found, and of those that are left alone on purpose
    :raises WikiError: the wiki does not tell
    """
    form = re.compile(re.escape(profile.box_page).replace(r'\{page_id\}', '([1-9][0-9]{0,17})'))
    root = profile.box_page.partition('{')[0]
    boxes = {int(number[1]) for title in pages_below(wikis, root) if (number := form.fullmatch(title))}
    with understood(wikis.home):
        pages = _pages(wikis, sorted(boxes - known))
        return frozenset(number_at(page, 'pageid') for page in pages if not _is_request(page, profile))


def _pages(wikis: Queries, page_ids: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    for start in range(0, len(page_ids), _MOST_AT_ONCE):
        some = '|'.join(map(str, page_ids[start : start + _MOST_AT_ONCE]))
        for part in wikis.query(wikis.home, prop='info', pageids=some):
            yield from mappings_at(part, 'query', 'pages')


def _is_request(page: Mapping[str, Any], profile: Profile) -> bool:
    if flag_at(page, 'missing'):
        return False
    title = text_at(page, 'title')
    return classify_page(profile, title, None, redirect=flag_at(page, 'redirect')).is_request
