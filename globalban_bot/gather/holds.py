"""Whether people hold a page of the bot's.

Anybody holds it by any revision, move or deletion that is not the bot's. Taking that back does not lift the
hold: a revision stays in the history. Only a later edit of the bot's with :data:`REARMED` at the end of its
summary does, which the operator asks for by ``-rearm``. What cannot be read counts as not known.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.model.gate import Hold
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    OddValueError,
    mapping_at,
    mappings_at,
    number_at,
    optional_mappings,
    time_at,
)
from globalban_bot.wiki.queries import Queries

_log = logging.getLogger(__name__)
#: The end of the summary by which the operator lifts a hold.
REARMED = '(globalban-rearm)'
#: Log entries that change what stands under a title; None where the type is hidden.
_CHANGES = {'delete', 'import', 'merge', 'move', 'suppress', None}
_QUESTION = {
    'prop': 'revisions',
    'rvprop': 'ids|timestamp|user|comment',
    'rvlimit': 'max',
    'list': 'logevents',
    'leprop': 'ids|type|timestamp|user',
    'lelimit': 'max',
    'curtimestamp': '1',
}


@dataclass(frozen=True)
class HoldReading:
    """What was read of a page.

    :param at: the moment of the answer, by the clock of the wiki (UTC); None where it did not answer
    :param change: title of the special page that shows the newest change by which people hold the page, as
        ``Special:Diff/123``; None where nobody does, or the wiki gives it no number
    """

    hold: Hold
    at: datetime | None
    change: str | None = None


def read_hold(wikis: Queries, title: str, bot: str) -> HoldReading:
    """Tell whether people hold a page; one that was never made is not held.

    One request, and one more for each 500 revisions.

    :param title: its title on the wiki with the requests
    :param bot: name of the bot's account
    """
    try:
        with understood(wikis.home):
            return _read(wikis, title, bot)
    except WikiError as error:
        _log.warning('%s: it is not known whether people hold it: %s', title, error)
        return HoldReading(Hold.NOT_KNOWN, None)


def _read(wikis: Queries, title: str, bot: str) -> HoldReading:
    parts = [*wikis.query(wikis.home, titles=title, letitle=title, **_QUESTION)]
    queries = [mapping_at(part, 'query') for part in parts]
    # What the first part leaves out was not answered; a later one has only what is still to come.
    pages, events = mappings_at(queries[0], 'pages'), mappings_at(queries[0], 'logevents')
    for query in queries[1:]:
        pages += optional_mappings(query, 'pages')
        events += optional_mappings(query, 'logevents')
    revisions = [one for page in pages for one in optional_mappings(page, 'revisions')]
    if not revisions and not any(page.get('missing') for page in pages):
        raise OddValueError(['query', 'pages'], 'lack the history')
    rearmed = max((time_at(one, 'timestamp') for one in revisions if _rearms(one, bot)), default=None)
    changes = [*_since(revisions, bot, rearmed), *_others(events, bot, rearmed)]
    shown = next(filter(None, map(_shown_by, changes)), None)
    return HoldReading(Hold.HELD if changes else Hold.NONE, time_at(parts[0], 'curtimestamp'), shown)


def _shown_by(change: Mapping[str, Any]) -> str | None:
    """Return the title of the special page that shows a revision or a log entry, with who made it and why."""
    for key, special in (('revid', 'Special:Diff'), ('logid', 'Special:Redirect/logid')):
        if change.get(key):
            return f'{special}/{number_at(change, key)}'
    return None


def _rearms(revision: Mapping[str, Any], bot: str) -> bool:
    return revision.get('user') == bot and str(revision.get('comment', '')).endswith(REARMED)


def _since(
    revisions: Sequence[Mapping[str, Any]], bot: str, rearmed: datetime | None
) -> Iterator[Mapping[str, Any]]:
    """Yield the revisions that are not the bot's, newest first, up to the one that lifted a hold."""
    for one in revisions:
        if rearmed is not None and _rearms(one, bot):
            return
        # A hidden name may be anybody's.
        if one.get('user') != bot:
            yield one


def _others(
    events: Sequence[Mapping[str, Any]], bot: str, rearmed: datetime | None
) -> Iterator[Mapping[str, Any]]:
    for one in events:
        changes = one.get('type') in _CHANGES and one.get('user') != bot
        if changes and (rearmed is None or time_at(one, 'timestamp') >= rearmed):
            yield one
