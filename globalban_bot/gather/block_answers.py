"""Read what a wiki's API answers about blocks: ``list=blocks`` and the block log.

Written to MediaWiki's ``ApiQueryBlocks`` and ``BlockLogFormatter::formatParametersForApi``
(``formatversion=2``). Reasons are neither asked for nor read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from globalban_bot.model.block import Action, Block, BlockEvent
from globalban_bot.wiki.api_values import (
    flag_at,
    log_params,
    number_at,
    optional_text,
    parse_expiry,
    time_at,
    words_of,
)

#: The question that these answers belong to, without the account's name.
QUESTION = {
    'list': 'blocks|logevents',
    'bkprop': 'id|timestamp|expiry|flags',
    'bklimit': 'max',
    'letype': 'block',
    'leprop': 'ids|type|timestamp|details',
    'ledir': 'newer',
    'lelimit': 'max',
}
_ACTIONS = {action.value: action for action in Action}


def standing_blocks(items: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Return the blocks that stand now, oldest first.

    Autoblocks are of an address, not of the account.
    """
    found = [_standing(item) for item in items if not flag_at(item, 'automatic')]
    return tuple(sorted(found, key=lambda block: block.since))


def _standing(item: Mapping[str, Any]) -> Block:
    partial = flag_at(item, 'partial')
    return Block(
        time_at(item, 'timestamp'),
        parse_expiry(optional_text(item, 'expiry')),
        partial,
        partial or flag_at(item, 'allowusertalk'),
    )


@dataclass(frozen=True)
class Log:
    """A block log.

    :param events: its lines, oldest first
    :param whole: whether all could be read: a wiki hides some, and some have an end in words of no calendar
    """

    events: tuple[BlockEvent, ...]
    whole: bool


def block_log(items: Iterable[Mapping[str, Any]]) -> Log:
    """Return the block log."""
    found = [_event(item) for item in items]
    events = [event for event in found if event is not None]
    return Log(tuple(sorted(events, key=lambda event: (event.time, event.log_id))), len(events) == len(found))


def _event(item: Mapping[str, Any]) -> BlockEvent | None:
    action = _ACTIONS.get(optional_text(item, 'action') or '')
    parameters = log_params(item)
    if action is None or parameters is None:
        return None
    time = time_at(item, 'timestamp')
    left = number_at(parameters, 'finalTargetCount') if 'finalTargetCount' in parameters else None
    if action is Action.UNBLOCK:
        return BlockEvent(number_at(item, 'logid'), time, action, left=left)
    try:
        # An end in time is reckoned by the wiki; where it could not, the words of whoever blocked are left.
        expiry = parse_expiry(optional_text(parameters, 'expiry') or optional_text(parameters, 'duration'))
    except ValueError:
        return None
    partial = parameters.get('sitewide') is False
    block = Block(time, expiry, partial, _talk_open(parameters, partial))
    return BlockEvent(number_at(item, 'logid'), time, action, block, left)


def _talk_open(parameters: Mapping[str, Any], partial: bool) -> bool:
    """Tell whether the account's talk page is open.

    A partial block shuts it only by a restriction that names it, which is not looked at.
    """
    return partial or 'nousertalk' not in words_of(parameters.get('flags'))
