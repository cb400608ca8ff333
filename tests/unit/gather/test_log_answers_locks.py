"""Logs of locks and of global blocks.

The forms are those of CentralAuth's ``ChangeStatusLogFormatter`` (``added`` and ``removed``; before, two
numbered texts; in 2008, an action each) and of GlobalBlocking's ``GlobalBlockLogFormatter`` (``expiry``).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from globalban_bot.gather.log_answers import lock_events
from tests.unit.gather.asked import answers_of

NOW = datetime(2025, 12, 1, tzinfo=UTC)


def line(month: int, action: str = 'setstatus', params: Any = (), **more: Any) -> dict[str, Any]:
    stamp = f'2025-{month:02}-01T00:00:00Z'
    return {'logid': month, 'action': action, 'timestamp': stamp, 'params': params or [], **more}


def told(locks: list[dict[str, Any]], blocks: list[dict[str, Any]]) -> list[tuple[int, bool]]:
    return [
        (event.time.month, event.locked) for event in lock_events(answers_of(locks), answers_of(blocks), NOW)
    ]


def test_locks() -> None:
    """It should read each form, and pass over changes that are not about the lock."""
    lines = [
        line(1, 'lock'),
        line(2, 'unlock'),
        line(3, params=['locked', '(none)']),
        line(4, params={'0': '(none)', '1': 'locked, hidden'}),
        line(5, params={'added': ['hidden'], 'removed': []}),
        line(6, params={'added': ['locked'], 'removed': []}),
        line(7, params={'added': [], 'removed': ['locked']}),
        line(8, 'delete'),
        line(9, params={'added': ['locked'], 'removed': []}, actionhidden=True),
    ]
    expected = [(1, True), (2, False), (3, True), (4, False), (6, True), (7, False)]
    assert told(lines, []) == expected
    assert told(lines[::-1], []) == expected


def test_blocks() -> None:
    """It should read global blocks, their changes and ends; one that is to end later holds."""
    lines = [
        line(1, 'gblock', {'expiry': '2025-02-01T00:00:00Z'}),
        line(3, 'gblock', {'expiry': 'infinity'}),
        line(4, 'modify', {'expiry': '20250601000000'}),
        line(5, 'gunblock'),
        line(6, 'whitelist'),
        line(7, 'gblock', {'expiry': '2025-08-01T00:00:00Z'}),
        line(9, 'gblock', {'expiry': '2026-01-01T00:00:00Z'}),
    ]
    assert told([], lines) == [
        (1, True), (2, False), (3, True), (4, True), (5, False), (7, True), (8, False), (9, True),
    ]  # fmt: skip


def test_both() -> None:
    """It should count an account as shut out as long as either holds."""
    locks = [line(2, params={'added': ['locked']}), line(4, params={'removed': ['locked']})]
    blocks = [line(1, 'gblock', {'expiry': 'infinity'}), line(3, 'gunblock')]
    assert told(locks, blocks) == [(1, True), (2, True), (3, True), (4, False)]
