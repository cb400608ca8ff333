"""Whether a policy page is newer than the data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from globalban_bot.policy.freshness import is_newer
from globalban_bot.policy.loader import load_policy

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(('revision', 'newer'), [(99, False), (100, False), (101, True)])
def test_compared_with_a_revision(revision: int, newer: bool) -> None:
    """It should go by the id of the revision where one was compared, whenever it was written."""
    policy = replace(load_policy('global-bans'), revision=100, checked_on=date(2026, 11, 22))
    assert is_newer(policy, revision, LONG_AGO) is newer


#: A moment, and whether a revision of that moment is newer than a comparison on 22 November.
WRITTEN = [
    (datetime(2026, 11, 21, 12, tzinfo=UTC), False),
    (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), False),
    (datetime(2026, 11, 23, tzinfo=UTC), True),
    (datetime(2026, 11, 23, 1, tzinfo=timezone(timedelta(hours=2))), False),
]


@pytest.mark.parametrize(('written', 'newer'), WRITTEN)
def test_compared_with_quotations(written: datetime, newer: bool) -> None:
    """It should go by the day, in UTC, where only quotations were compared."""
    policy = replace(load_policy('global-bans'), revision=None, checked_on=date(2026, 11, 22))
    assert is_newer(policy, 1, written) is newer
