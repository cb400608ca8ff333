"""The blocks of an account on a wiki, as a file of recorded facts has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from globalban_bot.gather.place import FileNode
from globalban_bot.model.account import LocalAccount
from globalban_bot.model.block import Action, Block, BlockEvent, WikiBlocks
from globalban_bot.model.unknown import Gap, Unknown

_BLOCK = ('expiry', 'partial', 'talk-open')
_ACTIONS = {action.value: action for action in Action}


def read_blocks(place: FileNode | None, local: LocalAccount, at: datetime) -> WikiBlocks | Unknown:
    """Read the blocks of an account on a wiki.

    :param place: where they stand; None where the file does not tell: no block stands then, and none did,
        unless the account is flagged as blocked
    :param at: when the wiki was asked, unless the file tells (UTC)
    :raises UserError: they are malformed
    """
    if place is None:
        return Unknown(Gap.NOT_ASKED) if local.blocked else _of(local, (), (), at)
    gap = place.gap()
    if gap is not None:
        return gap
    fields = place.fields(('standing', 'log', 'asked', 'whole'))
    standing = [_standing(item) for item in fields['standing'].items()] if 'standing' in fields else []
    log = [_event(item) for item in fields['log'].items()] if 'log' in fields else []
    found = _of(local, tuple(standing), tuple(log), fields['asked'].time() if 'asked' in fields else at)
    return replace(found, whole=fields['whole'].flag() if 'whole' in fields else True)


def _of(
    local: LocalAccount, standing: tuple[Block, ...], log: tuple[BlockEvent, ...], at: datetime
) -> WikiBlocks:
    return WikiBlocks(local.wiki, local.url, local.edits, standing, log, at)


def _standing(place: FileNode) -> Block:
    fields = place.fields(('since', *_BLOCK), required=('since',))
    return _block(fields, fields['since'].time())


def _block(fields: Mapping[str, FileNode], since: datetime) -> Block:
    return Block(
        since,
        fields['expiry'].time_or_none() if 'expiry' in fields else None,
        fields['partial'].flag() if 'partial' in fields else False,
        fields['talk-open'].flag() if 'talk-open' in fields else True,
    )


def _event(place: FileNode) -> BlockEvent:
    fields = place.fields(('id', 'time', 'action', 'left', *_BLOCK), required=('id', 'time', 'action'))
    action = _ACTIONS.get(fields['action'].text())
    if action is None:
        fields['action'].wrong(f'no such action; write one of {", ".join(_ACTIONS)}')
    time = fields['time'].time()
    block = None if action is Action.UNBLOCK else _block(fields, time)
    left = fields['left'].number() if 'left' in fields else None
    return BlockEvent(fields['id'].number(), time, action, block, left)


def written_blocks(blocks: WikiBlocks, written: Any) -> dict[str, Any]:
    """Write blocks as the file has them.

    :param written: writes a moment, or None
    """
    return {
        'asked': written(blocks.asked),
        **({} if blocks.whole else {'whole': False}),
        'standing': [{'since': written(one.since), **_written(one, written)} for one in blocks.standing],
        'log': [
            {
                'id': event.log_id,
                'time': written(event.time),
                'action': event.action.value,
                **({} if event.left is None else {'left': event.left}),
                **({} if event.block is None else _written(event.block, written)),
            }
            for event in blocks.log
        ],
    }


def _written(block: Block, written: Any) -> dict[str, Any]:
    return {'expiry': written(block.expiry), 'partial': block.partial, 'talk-open': block.talk_open}
