"""Who approved a delivery, and whether that counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from globalban_bot.model.approval import Barrier, Gate, Standing
from tests.unit.made_accounts import NOW

#: How long a right is held, None for not at all, and whether it was held at the moment in question.
HELD: list[tuple[timedelta | None, bool]] = [
    (timedelta(days=1), True),
    (timedelta(), True),
    (timedelta(seconds=-1), False),
    (None, False),
]


@pytest.mark.parametrize(('held', 'may'), HELD)
def test_standing(held: timedelta | None, may: bool) -> None:
    """It should tell what somebody might do at a moment by the right for it alone."""
    since = None if held is None else NOW - held
    assert (Standing(sends_since=since).may_send(NOW), Standing(settles_since=since).may_settle(NOW)) == (
        may,
        may,
    )
    assert not Standing(settles_since=since).may_send(NOW)
    assert not Standing(sends_since=since).may_settle(NOW)


def test_gate() -> None:
    """It should be open where nothing stands in the way, and shut by each barrier alone."""
    assert Gate(()).open
    assert not any(Gate((barrier,), approver='Ann', revision=7).open for barrier in Barrier)
