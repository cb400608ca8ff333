"""Values of a file, with the place where they stand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.errors import UserError
from globalban_bot.gather.place import FileNode
from globalban_bot.model.unknown import Gap, Unknown


def test_values() -> None:
    """It should give values of the kind that is asked for."""
    assert FileNode('a', '').text() == 'a'
    assert FileNode(0, '').number() == 0
    assert FileNode(False, '').flag() is False
    assert FileNode('2025-05-03T16:05:00+02:00', '').time() == datetime(2025, 5, 3, 14, 5, tzinfo=UTC)
    assert FileNode(None, '').time_or_none() is None


@pytest.mark.parametrize('gap', Gap)
def test_gap(gap: Gap) -> None:
    """It should know each gap by its text, and nothing else."""
    assert FileNode(gap.value, '').gap() == Unknown(gap)
    others: tuple[Any, ...] = ('unknown', None, 0, [], {})
    for other in others:
        assert FileNode(other, '').gap() is None


def test_where() -> None:
    """It should say of a value deep inside by which keys one gets there."""
    (item,) = FileNode({'one': [{'two': 'x'}]}, 'file').fields(('one',))['one'].items()
    with pytest.raises(UserError, match=r'^file: one: 1: two: write a whole number'):
        item.fields(('two',))['two'].number()


@pytest.mark.parametrize(
    ('kind', 'value'),
    [
        ('text', 1), ('number', True), ('number', -1), ('number', 1.5), ('flag', 0), ('items', 'a'),
        ('entries', []), ('time', '2025'), ('time', datetime(2025, 1, 1, tzinfo=UTC)),
        ('time', '0001-01-01T00:00:00+05:00'), ('time_or_none', ''),
    ],
)  # fmt: skip
def test_wrong(kind: str, value: Any) -> None:
    """It should refuse a value of another kind, and say what to write."""
    with pytest.raises(UserError, match=r'^file: write '):
        getattr(FileNode(value, 'file'), kind)()
