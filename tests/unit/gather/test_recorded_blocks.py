"""Blocks in a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.errors import UserError
from globalban_bot.gather.place import FileNode
from globalban_bot.gather.recorded_blocks import read_blocks
from globalban_bot.model.account import LocalAccount
from globalban_bot.model.block import Action, Block, BlockEvent, WikiBlocks
from globalban_bot.model.unknown import Unknown

DAY = '2025-05-01T00:00:00Z'
TIME = datetime(2025, 5, 1, tzinfo=UTC)
LOCAL = LocalAccount('enwiki', 'https://en.wikipedia.org', 7, None, blocked=True)


def read(value: Any) -> WikiBlocks | Unknown:
    return read_blocks(FileNode(value, 'facts'), LOCAL, TIME)


def test_blocks() -> None:
    """It should read blocks and log; what is left out is a plain indefinite block with an open talk page."""
    log = [
        {'id': 76, 'time': DAY, 'action': 'block'},
        {'id': 77, 'time': DAY, 'action': 'reblock', 'expiry': DAY, 'partial': True, 'talk-open': False},
        {'id': 78, 'time': DAY, 'action': 'unblock'},
    ]
    plain = Block(TIME, None, partial=False, talk_open=True)
    found = read({'standing': [{'since': DAY}], 'log': log})
    assert isinstance(found, WikiBlocks)
    assert (found.standing, found.edits, found.asked) == ((plain,), 7, TIME)
    assert found.log == (
        BlockEvent(76, TIME, Action.BLOCK, plain),
        BlockEvent(77, TIME, Action.REBLOCK, Block(TIME, TIME, partial=True, talk_open=False)),
        BlockEvent(78, TIME, Action.UNBLOCK),
    )
    assert read({}) == WikiBlocks('enwiki', LOCAL.url, 7, (), (), TIME)


@pytest.mark.parametrize(
    ('value', 'message'),
    [
        ({'standing': [{}]}, "facts: standing: 1: the key 'since' is missing"),
        (
            {'log': [{'id': 1, 'time': DAY, 'action': 'ban'}]},
            'log: 1: action: no such action; write one of block',
        ),
        (
            {'log': [{'id': 1, 'time': DAY, 'action': 'block', 'reason': 'x'}]},
            "the key 'reason' is not known",
        ),
        ({'log': {}}, 'facts: log: write a list here'),
    ],
)
def test_malformed(value: Any, message: str) -> None:
    """It should say what is wrong, and where."""
    with pytest.raises(UserError, match=message):
        read(value)
