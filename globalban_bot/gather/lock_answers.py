"""Read the log of locks and the log of global blocks.

Written to CentralAuth's ``ChangeStatusLogFormatter`` (log type ``globalauth``) and GlobalBlocking's
``GlobalBlockLogFormatter`` (log type ``gblblock``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from globalban_bot.model.account import LockEvent
from globalban_bot.wiki.api_values import (
    log_params,
    number_at,
    optional_text,
    parse_expiry,
    text_at,
    time_at,
    words_of,
)

#: Log type and the title, by the account's name, of each log.
LOCKS = ('globalauth', 'User:{name}@global')
GLOBAL_BLOCKS = ('gblblock', 'User:{name}')
#: What the other parameters of the question are.
QUESTION = {
    'list': 'logevents',
    'leprop': 'ids|type|timestamp|details',
    'ledir': 'newer',
    'lelimit': 'max',
}
#: Actions of the time before one action set all (2008).
_EARLY = {'lock': True, 'lockandhid': True, 'unlock': False}
_LOCK = 'locked'


@dataclass(frozen=True)
class _Change:
    """A change of one of the two; the account is shut out if either holds."""

    time: datetime
    by_block: bool
    holds: bool


def lock_events(
    locks: Iterable[Mapping[str, Any]], blocks: Iterable[Mapping[str, Any]], now: datetime
) -> tuple[LockEvent, ...]:
    """Join the two logs: when the account was shut out, and when not any more, oldest first.

    :param locks: lines of the log of locks
    :param blocks: lines of the log of global blocks
    :param now: ends of blocks up to here are changes, too (UTC)
    """
    changes = [*_locks(locks), *_blocks(blocks, now)]
    lock = block = False
    found: list[LockEvent] = []
    for change in sorted(changes, key=lambda change: change.time):
        lock, block = (lock, change.holds) if change.by_block else (change.holds, block)
        found.append(LockEvent(change.time, lock or block))
    return tuple(found)


def _shown(lines: Iterable[Mapping[str, Any]]) -> list[tuple[datetime, str, Mapping[str, Any]]]:
    """Return time, action and details of the lines that the wiki does not hide, oldest first."""
    oldest_first = sorted(lines, key=lambda line: (time_at(line, 'timestamp'), number_at(line, 'logid')))
    return [
        (time_at(line, 'timestamp'), text_at(line, 'action'), found)
        for line in oldest_first
        if (found := log_params(line)) is not None
    ]


def _locks(lines: Iterable[Mapping[str, Any]]) -> Iterable[_Change]:
    for time, action, parameters in _shown(lines):
        holds = _set(parameters) if action == 'setstatus' else _EARLY.get(action)
        if holds is not None:
            yield _Change(time, by_block=False, holds=holds)


def _set(parameters: Mapping[str, Any]) -> bool | None:
    """Tell what a line set; None where it was not about the lock.

    The older form has what was added and what was removed as two numbered texts.
    """
    if _LOCK in words_of(parameters.get('added', parameters.get('0'))):
        return True
    return False if _LOCK in words_of(parameters.get('removed', parameters.get('1'))) else None


def _blocks(lines: Iterable[Mapping[str, Any]], now: datetime) -> Iterable[_Change]:
    """Yield the changes by global blocks, a block's own end among them."""
    until: datetime | None = None
    for time, action, parameters in _shown(lines):
        if until is not None and until <= time:
            yield _Change(until, by_block=True, holds=False)
        if action == 'gunblock':
            until = None
            yield _Change(time, by_block=True, holds=False)
        elif action in {'gblock', 'gblock2', 'modify'}:
            until = _until(parameters)
            yield _Change(time, by_block=True, holds=True)
    if until is not None and until <= now:
        yield _Change(until, by_block=True, holds=False)


def _until(parameters: Mapping[str, Any]) -> datetime | None:
    """Read when a global block ends; accounts can be blocked since there is the form with names (2024)."""
    text = optional_text(parameters, 'expiry')
    try:
        return parse_expiry(text)
    except ValueError:
        return None
