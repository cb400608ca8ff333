"""Facts about accounts from a file; that the wikis are asked is tested against a real MediaWiki."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from globalban_bot.errors import UserError
from globalban_bot.gather.recorded import RecordedAccounts
from globalban_bot.jobs.accounts import MOST_AGE, check_age
from tests.unit.jobs.made import after

FACTS = """
accounts:
  Ada: {asked: '2027-05-03T12:00:00Z', registered: null, edits: 1}
  Bel: {asked: '2027-05-04T12:00:00Z', registered: null, edits: 1}
  Cid: not shown
"""
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize('age', [timedelta(0), MOST_AGE, -SECOND])
def test_recorded_lately(age: timedelta) -> None:
    """It should take facts that were recorded within a day."""
    check_age(RecordedAccounts(FACTS, 'facts.yaml'), Path('facts.yaml'), after(0) + age)


def test_recorded_long_ago() -> None:
    """It should refuse facts of which some were recorded more than a day ago, and say what to do."""
    message = 'facts.yaml: recorded on 2027-05-03; a box tells what is known today: record it anew'
    with pytest.raises(UserError) as found:
        check_age(RecordedAccounts(FACTS, 'facts.yaml'), Path('facts.yaml'), after(24) + SECOND)
    assert str(found.value) == message


def test_nothing_recorded() -> None:
    """It should take a file that tells of no account, whenever it was made."""
    empty = RecordedAccounts('accounts: {Cid: not shown}', 'facts.yaml')
    check_age(empty, Path('facts.yaml'), after(9999))
