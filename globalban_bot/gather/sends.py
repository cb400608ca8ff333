"""Which messages were sent from the lists of targets, by the log of the wiki with the requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from globalban_bot.model.settling import Send
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask, portions
from globalban_bot.wiki.api_values import first_second

_LOG = {
    'list': 'logevents',
    'leaction': 'massmessage/send',
    'leprop': 'title|user|timestamp|comment|details',
    'lelimit': 'max',
}
_TEXTS = {'prop': 'revisions', 'rvprop': 'ids|user|content', 'rvslots': 'main'}
#: Revisions by one request, without special rights.
_AT_A_TIME = 50


def read_send_lines(wikis: Queries, since: datetime) -> tuple[Send, ...]:
    """Return all messages that were sent since a moment, oldest first, without their targets.

    One request for each 500.
    """
    sends = [
        _send(line, params)
        for part in ask(wikis, wikis.home, leend=first_second(since), **_LOG)
        for line in part.objects('query', 'logevents')
        # Of a line that is hidden nothing is known.
        if (params := line.log_params()) is not None and params.value
    ]
    return tuple(sorted(sends, key=lambda send: send.at))


def _send(line: ApiAnswer, params: ApiAnswer) -> Send:
    return Send(
        line.text('title'),
        params.number('revid'),
        line.user(),
        line.time('timestamp'),
        None if line.flag('commenthidden') else line.text_if_any('comment'),
    )


def read_sends(
    wikis: Queries,
    sends: Iterable[Send],
    bot: str,
    targets_in: Callable[[str], Iterable[tuple[str, str]] | None],
) -> tuple[Send, ...]:
    """Return messages with the targets of the revision of the list.

    One request for each 50 revisions; none where nothing was sent.
    """
    sends = [*sends]
    revisions = {
        revision.number('revid'): revision
        for some in portions(sorted({send.revision for send in sends}), _AT_A_TIME)
        for part in ask(wikis, wikis.home, revids='|'.join(map(str, some)), **_TEXTS)
        for revision in part.revisions()
    }
    return tuple(_with_targets(send, revisions.get(send.revision), bot, targets_in) for send in sends)


def _with_targets(
    send: Send,
    revision: ApiAnswer | None,
    bot: str,
    targets_in: Callable[[str], Iterable[tuple[str, str]] | None],
) -> Send:
    if revision is None:
        return send
    text = revision.content()
    targets = None if text is None else targets_in(text)
    by_bot = revision.text_if_any('user') == bot
    return replace(send, targets=None if targets is None else frozenset(targets), by_bot=by_bot)
