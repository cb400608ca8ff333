"""Which account a link names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from globalban_bot.model.dialect import Dialect
from globalban_bot.wikitext.accounts import (
    AccountLinks,
    account_of,
    is_address,
    is_unregistered,
    normal_account,
)


@pytest.mark.parametrize(
    ('target', 'account'),
    [
        ('User:Ada', 'Ada'),
        ('user:ada', 'Ada'),
        ('User talk:Ada', 'Ada'),
        ('User_talk:Ada_Quill', 'Ada Quill'),
        (' User : Ada ', 'Ada'),
        (':User:Ada', 'Ada'),
        ('User:Ada/sig', 'Ada'),
        ('User:Ada#top', 'Ada'),
        ('Benutzer:Ada', 'Ada'),
        (':de:Benutzer:Ada', 'Ada'),
        (':w:de:Benutzer Diskussion:Ada', 'Ada'),
        ('w:en:User:Ada', 'Ada'),
        ('Commons:User:Ada', 'Ada'),
        ('Special:Contributions/Ada', 'Ada'),
        ('Special:Contributions/192.0.2.7', '192.0.2.7'),
        ('Special:CentralAuth/Ada', 'Ada'),
        ('Spezial:Beiträge/Ada', 'Ada'),
        ('User:O&#39;Quill', "O'Quill"),
        ('User:\u200eAda\u200e', 'Ada'),
        ('User:*Ada', '*Ada'),
        ('Участник:Ада', 'Ада'),
        ('User:A:B', 'A:B'),
        ('Ada', None),
        ('', None),
        (':', None),
        ('User:', None),
        ('User:/sub', None),
        ('User:#top', None),
        ('Project:User:Ada', None),
        ('Talk:Ada', None),
        ('Special:RecentChanges', None),
        ('Special:BlockIP/Ada', None),
        ('Category:User:Ada', None),
        ('File:Ada.svg', None),
    ],
)
def test_account_of(dialect: Dialect, target: str, account: str | None) -> None:
    """It should name the account of user, talk and special pages, in any language."""
    assert account_of(target, dialect) == account


@pytest.mark.parametrize(
    ('written', 'account'),
    [
        ('ada', 'Ada'),
        ('  ada__quill ', 'Ada quill'),
        ('éda', 'Éda'),
        ('ßeta', 'ßeta'),
        ('&#119980;', '𝒬'),
        ('2001:db8::a', '2001:DB8::A'),
        ('~2027-1', '~2027-1'),
        ('', None),
        ('   ', None),
        ('a|b', None),
        ('a[b', None),
        ('a<b', None),
        ('a#b', None),
        ('a\ufffdb', None),
        ('x' * 235, 'X' + 'x' * 234),
        ('x' * 236, None),
        ('é' * 118, None),
    ],
)
def test_normal_account(dialect: Dialect, written: str, account: str | None) -> None:
    """It should write names as MediaWiki does, and refuse what cannot be one."""
    assert normal_account(written, dialect) == account


def test_small_first_letter(dialect: Dialect) -> None:
    """It should keep a small first letter where the wiki does."""
    assert normal_account('ada', replace(dialect, capital_first=False)) == 'ada'


@pytest.mark.parametrize(
    ('name', 'address', 'unregistered'),
    [
        ('192.0.2.7', True, True),
        ('2001:DB8::A', True, True),
        ('192.0.2', False, False),
        ('192.0.2.777', False, False),
        ('1234', False, False),
        ('~2027-1', False, True),
        ('~2027-12345-67', False, True),
        ('~2027', False, False),
        ('~ada', False, False),
        ('~2027-1x', False, False),
        ('Ada', False, False),
    ],
)
def test_unregistered(name: str, address: bool, unregistered: bool) -> None:
    """It should tell addresses and temporary accounts from accounts."""
    assert is_address(name) is address
    assert is_unregistered(name) is unregistered


def test_finds_links(dialect: Dialect) -> None:
    """It should find the links of accounts, in order, with their offsets."""
    text = '[[A]] [[User:Ada|[x]]] [[user talk:ada|t]] [[User:B'
    found = [*AccountLinks(dialect).find(text)]
    assert [(link.account, text[link.start : link.end]) for link in found] == [
        ('Ada', '[[User:Ada|[x]]]'),
        ('Ada', '[[user talk:ada|t]]'),
    ]
