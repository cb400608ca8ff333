"""Which messages were sent from the lists of targets, by the log of the wiki with the requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from globalban_bot.model.settling import Send
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    first_second,
    flag_at,
    log_params,
    mapping_at,
    mappings_at,
    number_at,
    optional_mappings,
    optional_text,
    text_at,
    time_at,
)
from globalban_bot.wiki.queries import Queries

_LOG = {
    'list': 'logevents',
    'leaction': 'massmessage/send',
    'leprop': 'title|user|timestamp|comment|details',
    'lelimit': 'max',
}
_TEXTS = {'prop': 'revisions', 'rvprop': 'ids|user|content', 'rvslots': 'main'}
#: Revisions by one request, without special rights.
_AT_A_TIME = 50
#: Host and page of each target of a list; None where they cannot be told.
Targets = frozenset[tuple[str, str]] | None


@dataclass(frozen=True)
class SendLine:
    """A line of the log.

    :param page: title of the list
    :param revision: the revision of the list that was sent
    :param user: who sent it; None where the name is hidden
    :param subject: the heading; None where it is hidden
    """

    page: str
    revision: int
    user: str | None
    at: datetime
    subject: str | None


def read_send_lines(wikis: Queries, since: datetime) -> tuple[SendLine, ...]:
    """Return all messages that were sent since a moment, oldest first. One request for each 500.

    :raises WikiError: the wiki does not tell
    """
    question = {**_LOG, 'leend': first_second(since)}
    with understood(wikis.home):
        lines = [
            _line(line)
            for part in wikis.query(wikis.home, **question)
            for line in mappings_at(part, 'query', 'logevents')
            # Of a line that is hidden nothing is known.
            if not flag_at(line, 'actionhidden') and log_params(line)
        ]
    return tuple(sorted(lines, key=lambda line: line.at))


def _line(line: Mapping[str, Any]) -> SendLine:
    return SendLine(
        text_at(line, 'title'),
        number_at(log_params(line), 'revid'),
        None if flag_at(line, 'userhidden') else optional_text(line, 'user'),
        time_at(line, 'timestamp'),
        None if flag_at(line, 'commenthidden') else optional_text(line, 'comment'),
    )


def read_sends(
    wikis: Queries,
    lines: Iterable[SendLine],
    bot: str,
    targets_in: Callable[[str], Iterable[tuple[str, str]] | None],
) -> tuple[Send, ...]:
    """Return what was sent by some lines of the log, with the targets of the revision of the list.

    One request for each 50 revisions; none where nothing was sent.

    :param bot: name of the bot's account
    :param targets_in: reads a list of targets
    :raises WikiError: the wiki does not tell
    """
    lines = [*lines]
    numbers = sorted({line.revision for line in lines})
    lists = {
        number: found
        for at in range(0, len(numbers), _AT_A_TIME)
        for number, found in _lists(wikis, numbers[at : at + _AT_A_TIME], bot, targets_in)
    }
    unknown: tuple[Targets, bool] = (None, False)
    return tuple(
        Send(line.page, line.revision, line.user, line.at, line.subject, *lists.get(line.revision, unknown))
        for line in lines
    )


def _lists(
    wikis: Queries,
    numbers: Sequence[int],
    bot: str,
    targets_in: Callable[[str], Iterable[tuple[str, str]] | None],
) -> Iterator[tuple[int, tuple[Targets, bool]]]:
    """Yield revisions of lists with their targets, and whether the bot saved them."""
    question = {**_TEXTS, 'revids': '|'.join(map(str, numbers))}
    with understood(wikis.home):
        for part in wikis.query(wikis.home, **question):
            for page in optional_mappings(mapping_at(part, 'query'), 'pages'):
                for one in optional_mappings(page, 'revisions'):
                    text = optional_text(mapping_at(one, 'slots', 'main'), 'content')
                    targets = None if text is None else targets_in(text)
                    by_bot = optional_text(one, 'user') == bot
                    yield number_at(one, 'revid'), (None if targets is None else frozenset(targets), by_bot)
