"""The generated ``dialect.json`` and the ``prefixes.yaml`` beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[4] / 'globalban_bot' / 'wikitext' / 'data'
TEXT = (FOLDER / 'dialect.json').read_text('utf-8')
DIALECT: dict[str, Any] = json.loads(TEXT)
BY_HAND: dict[str, Any] = yaml.safe_load((FOLDER / 'prefixes.yaml').read_text('utf-8'))


def test_form() -> None:
    """It should be written as ``tools/make_dialect.py`` writes it: sorted, so that changes show."""
    assert json.dumps(DIALECT, ensure_ascii=False, indent=1, sort_keys=True) + '\n' == TEXT


def test_keys() -> None:
    """It should name its sources and hold all parts."""
    names = {'namespaces', 'special_pages', 'substitution', 'months', 'digits', 'languages', 'language_names'}
    assert set(DIALECT) == {'schema', 'sources', *names}
    assert all(set(source) == {'what', 'from', 'version'} for source in DIALECT['sources'])
    assert set(DIALECT['namespaces']) == {'user', 'user_talk', 'special', 'file', 'category', 'template'}
    assert set(DIALECT['special_pages']) == {'contributions', 'log', 'emailuser'}


@pytest.mark.parametrize('group', ['namespaces', 'special_pages'])
def test_names(group: str) -> None:
    """It should hold names with blanks, each once, and English ones for everything."""
    for languages in DIALECT[group].values():
        assert languages['en']
        for names in languages.values():
            assert len(names) == len(set(names))
            assert all(name and '_' not in name and name == name.strip() for name in names)


@pytest.mark.parametrize(
    ('code', 'names'),
    [
        ('en', {'User'}),
        ('de', {'Benutzer', 'Benutzerin'}),
        ('ru', {'Участник', 'Участница'}),
        ('ar', {'مستخدم', 'مستخدمة'}),
        ('he', {'משתמש', 'משתמשת'}),
        ('fr', {'Utilisateur', 'Utilisatrice'}),
        ('es', {'Usuario', 'Usuaria'}),
        ('vi', {'Thành viên'}),
        ('ko', {'사용자'}),
        ('ja', {'利用者'}),
        ('hr', {'Suradnik', 'Suradnica'}),
        ('sr-ec', {'Корисник', 'Korisnik'}),
        ('zh-hans', {'用户'}),
    ],
)
def test_user_namespace(code: str, names: set[str]) -> None:
    """It should know the user namespace with its gender forms and aliases."""
    assert names <= set(DIALECT['namespaces']['user'][code])


def test_old_names() -> None:
    """It should know aliases: ``Image:`` and ``Bild:`` are files."""
    assert 'Image' in DIALECT['namespaces']['file']['en']
    assert 'Bild' in DIALECT['namespaces']['file']['de']


@pytest.mark.parametrize(
    ('page', 'code', 'name'),
    [
        ('contributions', 'en', 'Contribs'),
        ('contributions', 'de', 'Beiträge'),
        ('contributions', 'ru', 'Вклад'),
        ('log', 'de', 'Logbuch'),
        ('emailuser', 'de', 'E-Mail senden'),
    ],
)
def test_special_pages(page: str, code: str, name: str) -> None:
    """It should know the special pages that signatures link to."""
    assert name in DIALECT['special_pages'][page][code]


def test_months_are_whole_years() -> None:
    """It should have twelve months in each language, each with a name and no name twice."""
    for code, months in DIALECT['months'].items():
        assert len(months) == 12, code
        assert all(names and len(names) == len(set(names)) for names in months), code


@pytest.mark.parametrize(
    ('code', 'month', 'names'),
    [
        ('en', 9, {'September', 'Sep', 'Sept'}),
        ('en', 5, {'May'}),
        ('de', 1, {'Januar', 'Jan.'}),
        ('ru', 5, {'май', 'мая'}),
        ('pl', 10, {'październik', 'października', 'paź'}),
        ('hr', 10, {'listopad', 'listopada'}),
        ('fr', 2, {'février'}),
        ('vi', 1, {'tháng 1'}),
        ('ja', 12, {'12月'}),
        ('he', 3, {'במרץ'}),
    ],
)
def test_month(code: str, month: int, names: set[str]) -> None:
    """It should know nominative, genitive and abbreviation."""
    assert names <= set(DIALECT['months'][code][month - 1])


def test_digits() -> None:
    """It should give ten digits for each language that writes its own."""
    assert DIALECT['digits']['ar'] == '٠١٢٣٤٥٦٧٨٩'
    assert all(len(digits) == 10 and digits != '0123456789' for digits in DIALECT['digits'].values())


def test_language_codes() -> None:
    """It should hold the codes that serve as prefixes, old ones and odd ones included."""
    codes = DIALECT['languages']
    assert codes == sorted(set(codes))
    assert {'aa', 'de', 'en', 'simple', 'zh-min-nan', 'be-tarask', 'be-x-old', 'als', 'roa-rup'} <= set(codes)


def test_language_names() -> None:
    """It should know languages by their own and their English names, which head sections."""
    names = DIALECT['language_names']
    assert names == sorted(set(names))
    assert {'English', 'Deutsch', 'German'} <= set(names)
    assert {name.lower() for name in names} >= {
        'deutsch',
        'français',
        'русский',
        '中文',
        '日本語',
        'español',
        'العربية',
    }


def test_prefixes() -> None:
    """It should say where each group of prefixes comes from, and write them in small letters."""
    for group in BY_HAND['prefixes'].values():
        assert group['provenance']
        assert all(isinstance(name, str) and name == name.lower() for name in group['names'])
    names = [name for group in BY_HAND['prefixes'].values() for name in group['names']]
    assert len(names) == len(set(names))
    assert {'w', 'wikt', 'n', 'c', 'd', 'm', 'meta', 'commons', 'mw', 'species', 'wmf'} <= set(names)


def test_prefixes_are_no_namespaces() -> None:
    """It should not call a prefix what is the user namespace of some language."""
    prefixes = {name for group in BY_HAND['prefixes'].values() for name in group['names']}
    users = {name.lower() for names in DIALECT['namespaces']['user'].values() for name in names}
    assert prefixes & users == set()


def test_zones() -> None:
    """It should give minutes within the zones that exist, under names in capitals."""
    zones = BY_HAND['zones']
    assert all(name.isupper() and 2 <= len(name) <= 5 for name in zones)
    assert all(isinstance(minutes, int) and -720 <= minutes <= 840 for minutes in zones.values())
    assert (zones['UTC'], zones['CEST'], zones['MEZ'], zones['EST']) == (0, 120, 60, -300)


def test_account_pages() -> None:
    """It should know the special pages that every wiki has under their English names."""
    names = BY_HAND['account_pages']['names']
    assert {'contributions', 'contribs', 'centralauth', 'emailuser', 'log'} <= set(names)
    assert len(names) == len(set(names))


def test_substitution() -> None:
    """It should hold the words that substitute a template, in the languages that have their own."""
    words = DIALECT['substitution']
    assert words == sorted(set(words))
    assert {'SUBST:', 'SAFESUBST:', 'ERS:', 'ПОДСТ:', '替換:', 'ס:'} <= set(words)
