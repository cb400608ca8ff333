"""What a wiki farm tells of an account."""

from __future__ import annotations

import pytest

from tests.unit.made_accounts import account, local

EN, DE, FR = local('enwiki', 9), local('dewiki', 0), local('frwiki', 1)


@pytest.mark.parametrize(('wiki', 'found'), [('enwiki', EN), ('dewiki', DE), ('en', None), ('', None)])
def test_on(wiki: str, found: object) -> None:
    """It should give the account on a wiki, with edits or without."""
    assert account(EN, DE, FR).on(wiki) == found


def test_edited() -> None:
    """It should give the attached accounts with edits, in their order."""
    assert account(EN, DE, FR).edited == (EN, FR)
    assert account(DE).edited == account().edited == ()
