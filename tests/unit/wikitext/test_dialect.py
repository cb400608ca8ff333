"""The dialect of all Wikimedia wikis together."""

from __future__ import annotations

import pytest

from globalban_bot.model.dialect import Dialect
from globalban_bot.wikitext.dialect import wikimedia_dialect


@pytest.mark.parametrize(
    'name',
    [
        'user',
        'benutzer',
        'benutzerin',
        'utilisateur',
        'utilisatrice',
        'usuario',
        'участник',
        '利用者',
        'مستخدم',
    ],
)
def test_user(dialect: Dialect, name: str) -> None:
    """It should know the user namespace of many languages, in both genders."""
    assert name in dialect.user
    assert name not in dialect.user_talk


@pytest.mark.parametrize('name', ['user talk', 'benutzer diskussion', 'обсуждение участника', '利用者‐会話'])
def test_user_talk(dialect: Dialect, name: str) -> None:
    """It should know the user talk namespace of many languages."""
    assert name in dialect.user_talk


@pytest.mark.parametrize(
    ('field', 'name'),
    [
        ('special', 'special'),
        ('special', 'spezial'),
        ('file', 'file'),
        ('file', 'datei'),
        ('category', 'category'),
        ('account_pages', 'contributions'),
        ('account_pages', 'beiträge'),
        ('prefixes', 'w'),
        ('prefixes', 'commons'),
        ('prefixes', 'de'),
    ],
)
def test_names(dialect: Dialect, field: str, name: str) -> None:
    """It should know special pages, files, categories and prefixes."""
    assert name in getattr(dialect, field)


@pytest.mark.parametrize(
    ('name', 'number'),
    [
        ('may', 5),
        ('january', 1),
        ('jan', 1),
        ('dec', 12),
        ('mai', 5),
        ('dezember', 12),
        ('мая', 5),
        ('août', 8),
    ],
)
def test_months(dialect: Dialect, name: str, number: int) -> None:
    """It should know months in full and short, nominative and genitive."""
    assert dialect.months[name] == number


def test_zones(dialect: Dialect) -> None:
    """It should know time zones by their distance from UTC, and none that is ambiguous."""
    assert (dialect.zones['UTC'], dialect.zones['CEST'], dialect.zones['PST']) == (0, 120, -480)
    assert all(-12 * 60 <= minutes <= 14 * 60 for minutes in dialect.zones.values())
    assert 'IST' not in dialect.zones


def test_form(dialect: Dialect) -> None:
    """It should hold names in lower case with blanks, and the numbers of months only."""
    for names in (dialect.user, dialect.user_talk, dialect.special, dialect.prefixes, dialect.account_pages):
        assert [name for name in names if name != name.lower() or '_' in name or name != name.strip()] == []
    assert set(dialect.months.values()) == set(range(1, 13))
    assert dialect.user & dialect.user_talk == set()
    assert wikimedia_dialect() is dialect
