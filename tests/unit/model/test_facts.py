"""What was learnt about the accounts of a request."""

from __future__ import annotations

from datetime import timedelta

from globalban_bot.model.facts import Moments
from tests.unit.made_accounts import NOW


def test_decisive_moment() -> None:
    """It should look at blocks as they were at the closing, while the request is open as they are now."""
    closing = NOW - timedelta(days=1)
    assert Moments(None, closing, NOW).decisive == closing
    assert Moments(closing, None, NOW).decisive == NOW
