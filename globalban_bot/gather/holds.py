"""Whether people hold a page of the bot's.

Anybody holds it by any revision, move or deletion that is not the bot's. Taking that back does not lift the
hold: a revision stays in the history. Only a later edit of the bot's with :data:`REARMED` at the end of its
summary does, which the operator asks for by ``-rearm``. What cannot be read counts as not known.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from globalban_bot.errors import WikiError
from globalban_bot.model.gate import Hold
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask

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
    """
    try:
        return _read(wikis, title, bot)
    except WikiError as error:
        _log.warning('%s: it is not known whether people hold it: %s', title, error)
        return HoldReading(Hold.NOT_KNOWN, None)


def _read(wikis: Queries, title: str, bot: str) -> HoldReading:
    parts = [*ask(wikis, wikis.home, 'pages', 'logevents', titles=title, letitle=title, **_QUESTION)]
    pages = [page for part in parts for page in part.lines('query', 'pages')]
    events = [event for part in parts for event in part.lines('query', 'logevents')]
    revisions = [revision for page in pages for revision in page.lines('revisions')]
    if not revisions and not any(page.flag('missing') for page in pages):
        raise WikiError(f'{wikis.home} does not tell the history')
    rearmed = max((edit.time('timestamp') for edit in revisions if _rearms(edit, bot)), default=None)
    changes = [*_since(revisions, bot, rearmed), *_others(events, bot, rearmed)]
    shown = next(filter(None, map(_shown_by, changes)), None)
    return HoldReading(Hold.HELD if changes else Hold.NONE, parts[0].time('curtimestamp'), shown)


def _shown_by(change: ApiAnswer) -> str | None:
    """Return the title of the special page that shows a revision or a log entry, with who made it and why."""
    for key, special in (('revid', 'Special:Diff'), ('logid', 'Special:Redirect/logid')):
        if change.value.get(key):
            return f'{special}/{change.number(key)}'
    return None


def _rearms(revision: ApiAnswer, bot: str) -> bool:
    return revision.user() == bot and (revision.text_if_any('comment') or '').endswith(REARMED)


def _since(revisions: Sequence[ApiAnswer], bot: str, rearmed: datetime | None) -> Iterator[ApiAnswer]:
    """Yield the revisions that are not the bot's, newest first, up to the one that lifted a hold."""
    for revision in revisions:
        if rearmed is not None and _rearms(revision, bot):
            return
        # A hidden name may be anybody's.
        if revision.user() != bot:
            yield revision


def _others(events: Sequence[ApiAnswer], bot: str, rearmed: datetime | None) -> Iterator[ApiAnswer]:
    for event in events:
        changes = event.text_if_any('type') in _CHANGES and event.user() != bot
        if changes and (rearmed is None or event.time('timestamp') >= rearmed):
            yield event
