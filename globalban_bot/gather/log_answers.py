"""Read what wikis answer about blocks, locks and groups: ``list=blocks``, and lines of logs.

Written to MediaWiki's ``ApiQueryBlocks``, ``BlockLogFormatter::formatParametersForApi`` (``formatversion=2``)
and ``RightsLogFormatter``, CentralAuth's ``ChangeStatusLogFormatter`` (log type ``globalauth``) and
``GroupMembershipChangeLogFormatter`` (``gblrights``), and GlobalBlocking's ``GlobalBlockLogFormatter``
(``gblblock``). Reasons are neither asked for nor read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import itemgetter

from globalban_bot.model.account import GroupHeld, LockEvent
from globalban_bot.model.block import Action, Block, BlockEvent
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.wiki.answers import ApiAnswer
from globalban_bot.wiki.api_errors import NoAnswerError
from globalban_bot.wiki.api_values import parse_expiry

#: A question for lines of a log, without the log, the title and the direction.
_LOG = {'list': 'logevents', 'leprop': 'ids|type|timestamp|details', 'lelimit': 'max'}
#: The question for blocks, without the account's name.
BLOCKS = {
    **_LOG,
    'list': 'blocks|logevents',
    'bkprop': 'id|timestamp|expiry|flags',
    'bklimit': 'max',
    'letype': 'block',
    'ledir': 'newer',
}
#: The questions for the logs of locks and of global blocks, without the title.
LOCKS = {**_LOG, 'letype': 'globalauth', 'ledir': 'newer'}
GLOBAL_BLOCKS = {**_LOG, 'letype': 'gblblock', 'ledir': 'newer'}
#: The questions for groups of one wiki and for global groups, without the title.
RIGHTS = {**_LOG, 'letype': 'rights', 'ledir': 'older'}
GLOBAL_RIGHTS = {**RIGHTS, 'letype': 'gblrights'}
_ACTIONS = {action.value: action for action in Action}
#: Actions on locks of the time before one action set all (2008).
_EARLY = {'lock': True, 'lockandhid': True, 'unlock': False}
_LOCK = 'locked'


def standing_blocks(items: Iterable[ApiAnswer]) -> tuple[Block, ...]:
    """Return the blocks that are in force now, oldest first.

    Autoblocks are of an address, not of the account.
    """
    blocks = [_standing(item) for item in items if not item.flag('automatic')]
    return tuple(sorted(blocks, key=lambda block: block.since))


def _standing(item: ApiAnswer) -> Block:
    partial = item.flag('partial')
    return Block(item.time('timestamp'), item.expiry(), partial, partial or item.flag('allowusertalk'))


def block_log(items: Iterable[ApiAnswer]) -> tuple[tuple[BlockEvent, ...], bool]:
    """Return the lines of a block log, oldest first, and whether all could be read.

    A wiki hides some, and some have an end in words of no calendar.
    """
    lines = [_event(item) for item in items]
    events = [event for event in lines if event is not None]
    events.sort(key=lambda event: (event.time, event.log_id))
    return tuple(events), len(events) == len(lines)


def _event(item: ApiAnswer) -> BlockEvent | None:
    action = _ACTIONS.get(item.text_if_any('action') or '')
    params = item.log_params()
    if action is None or params is None:
        return None
    log_id, time = item.number('logid'), item.time('timestamp')
    left = params.number('finalTargetCount') if 'finalTargetCount' in params else None
    if action is Action.UNBLOCK:
        return BlockEvent(log_id, time, action, left=left)
    try:
        # An end in time is reckoned by the wiki; where it could not, the words of whoever blocked are left.
        expiry = params.expiry('expiry' if params.text_if_any('expiry') else 'duration')
    except NoAnswerError:
        return None
    # A partial block shuts the account's talk page only by a restriction that names it, which is not read.
    partial = params.value.get('sitewide') is False
    block = Block(time, expiry, partial, partial or 'nousertalk' not in params.words('flags'))
    return BlockEvent(log_id, time, action, block, left)


#: A moment, whether it is about a global block or a lock, and whether that holds from then on.
_Change = tuple[datetime, bool, bool]


def lock_events(
    locks: Iterable[ApiAnswer], blocks: Iterable[ApiAnswer], now: datetime
) -> tuple[LockEvent, ...]:
    """Return when an account was shut out by a lock or a global block, and when not any more, oldest first.

    :param now: ends of blocks up to here are changes, too
    """
    holds = {False: False, True: False}
    events: list[LockEvent] = []
    for time, by_block, begins in sorted([*_locks(locks), *_blocks(blocks, now)], key=itemgetter(0)):
        holds[by_block] = begins
        events.append(LockEvent(time, any(holds.values())))
    return tuple(events)


def _shown(lines: Iterable[ApiAnswer]) -> list[tuple[datetime, str, ApiAnswer]]:
    """Return time, action and details of the lines that the wiki does not hide, oldest first."""
    oldest_first = sorted(lines, key=lambda line: (line.time('timestamp'), line.number('logid')))
    return [
        (line.time('timestamp'), line.text('action'), params)
        for line in oldest_first
        if (params := line.log_params()) is not None
    ]


def _locks(lines: Iterable[ApiAnswer]) -> Iterator[_Change]:
    for time, action, params in _shown(lines):
        holds = _set(params) if action == 'setstatus' else _EARLY.get(action)
        if holds is not None:
            yield time, False, holds


def _set(params: ApiAnswer) -> bool | None:
    """Tell what a line set; None where it was not about the lock.

    The older form has what was added and what was removed as two numbered texts.
    """
    if _LOCK in params.words('added', '0'):
        return True
    return False if _LOCK in params.words('removed', '1') else None


def _blocks(lines: Iterable[ApiAnswer], now: datetime) -> Iterator[_Change]:
    """Yield the changes by global blocks, a block's own end among them."""
    until: datetime | None = None
    for time, action, params in _shown(lines):
        if until is not None and until <= time:
            yield until, True, False
        if action == 'gunblock':
            until = None
            yield time, True, False
        elif action in {'gblock', 'gblock2', 'modify'}:
            until = _until(params)
            yield time, True, True
    if until is not None and until <= now:
        yield until, True, False


def _until(params: ApiAnswer) -> datetime | None:
    """Read when a global block ends; accounts can be blocked since there is the form with names (2024)."""
    text = params.text_if_any('expiry')
    try:
        return parse_expiry(text)
    except ValueError:
        return None


def held_since(lines: Iterable[ApiAnswer], group: str) -> GroupHeld | Unknown:
    """Return since when a group is held that is held now.

    :param lines: the log of rights, newest first; no more of it is taken than needed
    """
    for line in lines:
        params = line.log_params()
        if params is None:
            continue
        # MediaWiki and CentralAuth spell the names differently; old lines have two numbered texts.
        if group not in params.words('newgroups', 'newGroups', '1'):
            break  # It is held again, and no line says since when.
        if group not in params.words('oldgroups', 'oldGroups', '0'):
            return GroupHeld(line.time('timestamp'))
    return Unknown(Gap.NO_LOG)
