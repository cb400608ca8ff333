"""Answers about blocks, in the form of MediaWiki's ``ApiQueryBlocks`` and ``BlockLogFormatter``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.gather.log_answers import BLOCKS, block_log, standing_blocks
from globalban_bot.model.block import Action, Block, BlockEvent
from tests.unit.gather.asked import answers_of

TIME = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
END = datetime(2025, 2, 2, tzinfo=UTC)


def line(number: int = 7, action: str = 'block', **more: Any) -> dict[str, Any]:
    return {'logid': number, 'type': 'block', 'action': action, 'timestamp': '2025-01-02T03:04:05Z', **more}


def block_of(parameters: Any) -> Block | None:
    (event,), whole = block_log(answers_of([line(params=parameters)]))
    assert whole
    return event.block


def test_never_reasons() -> None:
    """It should not ask for reasons or comments."""
    assert not {'reason', 'comment', 'parsedcomment', 'by'} & set('|'.join(BLOCKS.values()).split('|'))


def test_standing() -> None:
    """It should read blocks that stand, the oldest first, autoblocks left out."""
    plain = {
        'timestamp': '2025-01-02T03:04:05Z',
        'expiry': 'infinity',
        'partial': False,
        'allowusertalk': False,
    }
    items = [
        {
            **plain,
            'timestamp': '2025-01-03T00:00:00Z',
            'expiry': '2025-02-02T00:00:00Z',
            'allowusertalk': True,
        },
        {**plain, 'automatic': True},
        plain,
        {**plain, 'timestamp': '2025-01-04T00:00:00Z', 'partial': True},
    ]
    assert standing_blocks(answers_of(items)) == (
        Block(TIME, None, partial=False, talk_open=False),
        Block(datetime(2025, 1, 3, tzinfo=UTC), END, partial=False, talk_open=True),
        Block(datetime(2025, 1, 4, tzinfo=UTC), None, partial=True, talk_open=True),
    )


@pytest.mark.parametrize(
    ('parameters', 'expiry', 'partial', 'talk_open'),
    [
        ({'duration': 'infinity', 'flags': ['nocreate'], 'sitewide': True}, None, False, True),
        (
            {'duration': '1 month', 'flags': [], 'sitewide': True, 'expiry': '2025-02-02T00:00:00Z'},
            END,
            False,
            True,
        ),
        ({'duration': 'infinite', 'flags': ['nousertalk'], 'sitewide': False}, None, True, True),
        ({'duration': 'indefinite', 'flags': ['noautoblock', 'nousertalk']}, None, False, False),
        ({'duration': 'never', 'flags': 'nocreate,nousertalk'}, None, False, False),
        ({}, None, False, True),
        ([], None, False, True),
    ],
)
def test_log(parameters: Any, expiry: datetime | None, partial: bool, talk_open: bool) -> None:
    """It should read the end, whether it is partial and whether the talk page is open, in old lines too."""
    assert block_of(parameters) == Block(TIME, expiry, partial, talk_open)


def test_log_order() -> None:
    """It should put the oldest line first, and tell what each did."""
    lines = [line(9, 'unblock', params={}), line(8, 'reblock', params={'duration': 'infinity'})]
    (first, second), whole = block_log(answers_of(lines))
    assert whole
    assert (first.log_id, first.action) == (8, Action.REBLOCK)
    assert second == BlockEvent(9, TIME, Action.UNBLOCK)


#: Lines that cannot be read.
LEFT_OUT = {
    'hidden': line(1, actionhidden=True),
    'hidden, with details': line(1, actionhidden=True, params={'duration': 'infinity'}),
    'without details': line(2),
    'an end in words': line(3, params={'duration': 'a long time'}),
    'an end in no calendar': line(3, params={'duration': '9999-12-31T23:59:59-05:00'}),
    'another action': line(4, 'other', params={}),
    'without an action': {'logid': 5, 'timestamp': '2025-01-02T03:04:05Z', 'params': {}},
}


@pytest.mark.parametrize('left_out', LEFT_OUT.values(), ids=LEFT_OUT)
def test_log_left_out(left_out: dict[str, Any]) -> None:
    """It should leave out what the wiki hides, and what cannot be read; the log is not whole then."""
    assert block_log(answers_of([left_out])) == ((), False)
    lift = line(9, 'unblock', params={})
    assert block_log(answers_of([lift, left_out])) == ((BlockEvent(9, TIME, Action.UNBLOCK),), False)


def test_empty_log() -> None:
    """It should take a log without lines for whole."""
    assert block_log([]) == ((), True)
