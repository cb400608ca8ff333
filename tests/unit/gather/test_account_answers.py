"""Answers about an account, in the form of CentralAuth's ``ApiQueryGlobalUserInfo``.

What real answers hold more, such as the reason of a block, is in the examples to be left unread.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.gather.account_answers import account_of
from globalban_bot.model.account import Account, LocalAccount
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.wiki.api_errors import NoAnswerError
from tests.unit.gather.asked import answer_of

NOW = datetime(2025, 5, 3, 14, 5, tzinfo=UTC)
URL = 'https://en.wikipedia.org'


def local(wiki: str = 'enwiki', **more: Any) -> dict[str, Any]:
    plain = {
        'wiki': wiki, 'url': URL, 'timestamp': '2012-01-05T10:00:00Z', 'method': 'login', 'editcount': 7,
        'registration': '2012-01-05T10:00:00Z',
    }  # fmt: skip
    return {**plain, **more}


def read(*merged: dict[str, Any], blocks: Any = (), **more: Any) -> Account | Unknown:
    info = {
        'home': 'enwiki', 'id': 7, 'registration': '2012-01-05T10:00:00Z', 'name': 'Ada', 'groups': [],
        'merged': [*merged], 'editcount': 7, **more,
    }  # fmt: skip
    query = {'globaluserinfo': info, **({} if blocks is None else {'globalblocks': [*blocks]})}
    return account_of(answer_of({'curtimestamp': '2025-05-03T14:05:00Z', 'query': query}), NOW)


def account(*merged: dict[str, Any], **more: Any) -> Account:
    found = read(*merged, **more)
    assert isinstance(found, Account)
    return found


def test_account() -> None:
    """It should take what the model has, sorted by edits, and nothing else."""
    small = local('dewiki', editcount=0, registration=None, groups=['sysop'])
    large = local(editcount=9, blocked={'expiry': 'infinity', 'reason': 'unread'})
    found = account(small, large, locked=True, groups=['steward'], editcount=9)
    first = datetime(2012, 1, 5, 10, tzinfo=UTC)
    assert found == Account(
        'Ada',
        first,
        9,
        (
            LocalAccount('enwiki', URL, 9, first, blocked=True),
            LocalAccount('dewiki', URL, 0, None, groups=frozenset({'sysop'})),
        ),
        locked=True,
        globally_blocked=False,
        asked=NOW,
        groups=frozenset({'steward'}),
    )
    assert 'unread' not in repr(found)


def test_registered() -> None:
    """It should take the earliest registration; the moment of asking stands for none."""
    asked = '2025-05-03T14:04:58Z'
    assert account(local(registration='2005-01-01T00:00:00Z')).registered == datetime(2005, 1, 1, tzinfo=UTC)
    assert account(local(registration=asked)).locals[0].registered is None
    for none in (None, asked):
        assert account(local(registration=none), registration=none).registered is None


def test_gaps() -> None:
    """It should not tell a hidden account from none, nor believe a count of 0 beside edits."""
    query = {'globaluserinfo': {'missing': True}, 'globalblocks': []}
    assert account_of(answer_of({'query': query}), NOW) == Unknown(Gap.NOT_SHOWN)
    assert read(local(), hidden=True) == Unknown(Gap.NOT_SHOWN)
    assert read(local(), editcount=0) == Unknown(Gap.BEING_RENAMED)
    assert account(local(editcount=0), editcount=0).edits == 0


@pytest.mark.parametrize('info', [{'missing': True}, {'name': 'Ada', 'merged': [], 'editcount': 0}])
def test_not_known_during_a_rename(info: dict[str, Any]) -> None:
    """It should take nothing for known while a rename is at work, whatever else is told meanwhile."""
    rename = {'Bel': {'from': 'Ada', 'to': 'Bel', 'status': {'dewiki': 'queued'}}}
    query = {'globaluserinfo': info, 'globalblocks': [], 'globalrenamestatus': rename}
    assert account_of(answer_of({'query': query}), NOW) == Unknown(Gap.BEING_RENAMED)


@pytest.mark.parametrize('none', [{}, []])
def test_no_rename(none: Any) -> None:
    """It should know an account where no rename is at work."""
    info = {'home': 'enwiki', 'name': 'Ada', 'merged': [local()], 'editcount': 7, 'groups': []}
    query = {'globaluserinfo': info, 'globalblocks': [], 'globalrenamestatus': none}
    assert isinstance(account_of(answer_of({'query': query}), NOW), Account)


def test_globally_blocked() -> None:
    """It should tell a block that stands from one that has ended, and from a wiki that cannot say."""
    assert account(local(), blocks=[{'id': 1, 'expiry': '2025-05-03T14:04:00Z'}]).globally_blocked is False
    assert account(local(), blocks=[{'id': 1, 'expiry': '2025-05-03T14:06:00Z'}]).globally_blocked is True
    assert account(local(), blocks=[{'id': 1, 'expiry': 'infinity'}]).globally_blocked is True
    assert account(local(), blocks=None).globally_blocked == Unknown(Gap.NOT_ASKED)


@pytest.mark.parametrize(('told', 'meant'), [(True, True), ('', True), (False, False)])
def test_flags(told: Any, meant: bool) -> None:
    """It should take a flag that is there for yes, unless it says no."""
    assert account(local(), locked=told).locked is meant
    for flag in ('missing', 'hidden'):
        found = read(local(), **{flag: told})
        assert (found == Unknown(Gap.NOT_SHOWN)) is meant


@pytest.mark.parametrize(
    'url', ['', 'http://en.wikipedia.org', '//en.wikipedia.org', f'{URL}/wiki', f'{URL}?x', 'https://[x]']
)
def test_odd_address(url: str) -> None:
    """It should keep an account on a wiki without an address that could be asked, without that address."""
    found = account(local('dewiki', editcount=9, url=url, blocked={'expiry': 'infinity'}), local())
    assert [(one.wiki, one.url, one.edits, one.blocked) for one in found.locals] == [
        ('dewiki', '', 9, True),
        ('enwiki', URL, 7, False),
    ]


def test_odd_name_of_a_wiki() -> None:
    """It should refuse a name of a database that could do something on a page."""
    with pytest.raises(NoAnswerError, match=r'query\.globaluserinfo\.merged\.0\.wiki has another form'):
        read(local('[[x]]'))


#: What is told while an account is renamed, or where it is not attached everywhere.
NOT_COMPLETE: dict[str, dict[str, Any]] = {
    'no home': {'home': None},
    'no wiki': {'merged': [], 'editcount': 0},
    'a wiki that is not attached': {'unattached': [{'wiki': 'frwiki', 'editcount': 3}]},
}


@pytest.mark.parametrize('more', NOT_COMPLETE.values(), ids=NOT_COMPLETE)
def test_not_complete(more: dict[str, Any]) -> None:
    """It should not take a part of an account for the whole: neither its edits nor its blocks are known."""
    merged = more.get('merged', [local()])
    assert read(*merged, **{key: value for key, value in more.items() if key != 'merged'}) == Unknown(
        Gap.BEING_RENAMED
    )


def test_being_renamed() -> None:
    """It should know nothing of an account while the wikis say that it is being renamed."""
    info = {'home': 'enwiki', 'name': 'Ada', 'merged': [local()], 'editcount': 7}
    status = {'Ada': {'from': 'Ada', 'to': 'Bel', 'status': {'dewiki': 'queued'}}}
    query = {'globaluserinfo': info, 'globalblocks': [], 'globalrenamestatus': status}
    assert account_of(answer_of({'query': query}), NOW) == Unknown(Gap.BEING_RENAMED)
    query['globalrenamestatus'] = {}
    assert isinstance(account_of(answer_of({'query': query}), NOW), Account)
