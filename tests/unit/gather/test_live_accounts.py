"""Many names, divided into questions that a wiki and a server take."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.gather.live_accounts import _LONGEST_QUESTION, _NAMES_AT_ONCE, LiveAccounts, _portions
from globalban_bot.model.account import Account
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.gather.asked import Asked

NOW = datetime(2027, 5, 3, 14, tzinfo=UTC)

NAMES = st.lists(
    st.text(st.characters(codec='utf-8', exclude_characters='|'), min_size=1, max_size=85), max_size=130
)


@given(NAMES)
def test_portions(names: list[str]) -> None:
    """It should keep all names in their order, in portions of no more names and letters than are taken."""
    found = [*_portions(names)]
    assert [name for some in found for name in some] == names
    for some in found:
        assert 0 < len(some) <= _NAMES_AT_ONCE
        assert len(quote(''.join(some))) <= _LONGEST_QUESTION or len(some) == 1


@pytest.mark.parametrize(
    ('name', 'number', 'sizes'),
    [
        ('Ada', 0, []),
        ('Ada', 50, [50]),
        ('Ada', 101, [50, 50, 1]),
        # 85 letters of nine signs each in an address.
        ('\u4e00' * 85, 14, [6, 6, 2]),
    ],
)
def test_no_more_portions_than_needed(name: str, number: int, sizes: list[int]) -> None:
    """It should fill each portion."""
    assert [len(some) for some in _portions([name] * number)] == sizes


def test_a_name_that_is_too_long() -> None:
    """It should ask for a name alone that is too long, rather than leave it out."""
    long = 'x' * (_LONGEST_QUESTION + 1)
    assert [*_portions(['Ada', long, 'Bel'])] == [('Ada',), (long,), ('Bel',)]


def account(*, locked: bool = False, blocked: bool = False) -> Account:
    return Account('Ada', None, 5, (), locked=locked, globally_blocked=blocked, asked=NOW)


@pytest.mark.parametrize(('locked', 'blocked'), [(True, False), (False, True)])
def test_lock_log_under_an_old_name(locked: bool, blocked: bool) -> None:
    """It should not say that nothing happened to an account that is shut out now: it was renamed."""
    source = LiveAccounts(Asked(lambda *_: {'query': {'logevents': []}}), NOW)
    assert source.locks(account(locked=locked, blocked=blocked)) == Unknown(Gap.NO_LOG)
    assert source.locks(account()) == ()


@pytest.mark.parametrize('name', ['ada_Lovelace', ' Ada  Lovelace', 'Ada Lovelace'])
def test_name_as_it_is_stored(name: str) -> None:
    """It should ask for global blocks by the name as MediaWiki stores it, and for a rename."""
    wiki = Asked(lambda *_: None)
    LiveAccounts(wiki, NOW).account(name)
    ((_, question),) = wiki.questions
    assert (question['bgtargets'], question['grsuser']) == ('Ada Lovelace', name)
