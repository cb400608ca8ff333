"""Status words."""

from __future__ import annotations

import pytest

from globalban_bot.model.request import Head
from globalban_bot.model.state import Status


@pytest.mark.parametrize('status', Status)
def test_closed(status: Status) -> None:
    """It should take every known word but that of an open request for a close."""
    assert status.closed is (status not in {Status.OPEN, Status.UNKNOWN})


def test_no_head() -> None:
    """It should stand for an open request where there is no head."""
    assert Head().status is Status.OPEN
    assert (Head().date, Head().signed, Head().exact) == (None, None, False)
