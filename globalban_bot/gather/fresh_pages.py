"""Pages of the wiki with the requests as they stand at this moment, and their revisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from globalban_bot.gather.moves import titles_of_move
from globalban_bot.model.revision import Revision
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    flag_at,
    mapping_at,
    mappings_at,
    number_at,
    optional_mappings,
    optional_text,
    text_at,
    time_at,
)
from globalban_bot.wiki.queries import Queries

_LIVE = {'prop': 'revisions|contributors', 'rvprop': 'ids|content', 'rvslots': 'main', 'pclimit': 'max'}
_HISTORY = {
    'prop': 'revisions',
    'rvprop': 'ids|timestamp|user|content',
    'rvslots': 'main',
    'rvdir': 'older',
    'rvlimit': '50',
}
#: So many parts of a history are read, each of 50 revisions, or of 8 MB of text.
_MOST_PARTS = 10
_STOOD = {'prop': 'revisions', 'rvprop': 'ids', 'rvdir': 'older', 'rvlimit': '1'}


@dataclass(frozen=True)
class FreshPage:
    """A page as it stands.

    :param page_id: page id; None for a page that is missing
    :param revision: id of the newest revision; None for a page that is missing
    :param text: its text; None where it is hidden, or the page missing
    :param editors: accounts that have edited it
    """

    page_id: int | None = None
    revision: int | None = None
    text: str | None = None
    editors: frozenset[str] = frozenset()


def read_fresh(wikis: Queries, titles: Sequence[str]) -> Mapping[str, FreshPage]:
    """Return pages as they stand, by the titles that were asked for, never from a cache.

    One request, and one more for each 500 accounts that have edited them.

    :raises WikiError: the wiki does not tell
    """
    found: dict[str, FreshPage] = {title: FreshPage() for title in titles}
    with understood(wikis.home):
        for part in wikis.query(wikis.home, titles='|'.join(titles), **_LIVE):
            query = mapping_at(part, 'query')
            names = {
                text_at(one, 'from'): text_at(one, 'to') for one in optional_mappings(query, 'normalized')
            }
            pages = {text_at(page, 'title'): page for page in mappings_at(query, 'pages')}
            for title, before in found.items():
                found[title] = _joined(before, pages[names.get(title, title)])
    return found


def read_revisions(wikis: Queries, title: str, since: datetime | None = None) -> tuple[Revision, ...]:
    """Return the revisions of a page, oldest first; none of a page that is missing.

    Of a very long history only the newest are read, or a page could be made deaf by editing it often.

    :param since: begins with the revision that stood at this moment (UTC), as by it alone one knows what the
        next one added; None for all
    :raises WikiError: the wiki does not tell
    """
    with understood(wikis.home):
        oldest = {} if since is None else _standing_at(wikis, title, since)
        return tuple(reversed([*_revisions(wikis, title, oldest)]))


def _standing_at(wikis: Queries, title: str, at: datetime) -> Mapping[str, str]:
    """Return how far back to read; nothing where there was no such page yet."""
    part = next(wikis.query(wikis.home, titles=title, rvstart=f'{at:%Y-%m-%dT%H:%M:%SZ}', **_STOOD))
    stood = optional_mappings(mapping_at(part, 'query', 'pages', 0), 'revisions')
    return {'rvendid': str(number_at(stood[0], 'revid'))} if stood else {}


def _revisions(wikis: Queries, title: str, oldest: Mapping[str, str]) -> Iterator[Revision]:
    """Yield the revisions of a page, newest first."""
    for part in islice(wikis.query(wikis.home, titles=title, **_HISTORY, **oldest), _MOST_PARTS):
        page = mapping_at(part, 'query', 'pages', 0)
        yield from (revision_of(one) for one in optional_mappings(page, 'revisions'))


def revision_of(item: Mapping[str, Any]) -> Revision:
    """Read a revision of an answer; a hidden name or text becomes None.

    :raises OddValueError: it is none
    """
    return replace(outline_of(item), text=text_of(item))


def outline_of(item: Mapping[str, Any]) -> Revision:
    """Read a revision of an answer, without its text.

    :raises OddValueError: it is none
    """
    hides_summary = flag_at(item, 'commenthidden')
    return Revision(
        number_at(item, 'revid'),
        time_at(item, 'timestamp'),
        None if flag_at(item, 'userhidden') else optional_text(item, 'user'),
        None,
        is_first='parentid' not in item or number_at(item, 'parentid') == 0,
        move=None if hides_summary else titles_of_move(optional_text(item, 'comment')),
        hides_summary=hides_summary,
    )


def _joined(before: FreshPage, page: Mapping[str, Any]) -> FreshPage:
    """Add what a part of the answer tells of a page."""
    editors = before.editors | {text_at(one, 'name') for one in optional_mappings(page, 'contributors')}
    revisions = optional_mappings(page, 'revisions')
    if not revisions:
        return replace(before, editors=editors)
    return FreshPage(
        number_at(page, 'pageid'), number_at(revisions[0], 'revid'), text_of(revisions[0]), editors
    )


def text_of(revision: Mapping[str, Any]) -> str | None:
    """Return the text of a revision of an answer; None where it is hidden.

    :raises OddValueError: there is neither
    """
    return optional_text(mapping_at(revision, 'slots', 'main'), 'content')
