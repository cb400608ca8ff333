"""The texts of notices."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import globalban_bot
from globalban_bot.errors import InternalError
from globalban_bot.i18n.notice_form import problem_in
from globalban_bot.i18n.notices import load_notice_texts

FOLDER = Path(globalban_bot.__file__).parent / 'i18n' / 'notices'
TEXTS = load_notice_texts()
EN = TEXTS.by_language['en'].texts
LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'he', 'hi', 'ja', 'ru', 'tr', 'zh-hans']


def test_languages() -> None:
    """It should have English and ten drafts."""
    assert sorted(TEXTS.by_language) == LANGUAGES


@pytest.mark.parametrize('language', LANGUAGES)
def test_same_messages(language: str) -> None:
    """It should have all messages in each language, in one order and form, with the same parameters."""
    found = TEXTS.by_language[language]
    assert [*found.texts] == [*EN]
    assert {key: problem for key, text in found.texts.items() if (problem := problem_in(key, text, EN))} == {}
    assert set(re.findall(r'\$\d', str([*found.texts.values()]))) == {'$1', '$2', '$3', '$5', '$6'}


@pytest.mark.parametrize('language', LANGUAGES)
def test_who_reviewed(language: str) -> None:
    """It should call nothing reviewed but English, and say of every file who has reviewed it."""
    about = json.loads((FOLDER / f'{language}.json').read_text('utf-8'))['@metadata']
    assert about['reviewed'] is (language == 'en')
    assert (about['reviewed-by'] is None) is (language != 'en')
    assert TEXTS.by_language[language].reviewed is (language == 'en')


def test_documentation() -> None:
    """It should document each message, with the parameters that it has."""
    documented = json.loads((FOLDER / 'qqq.json').read_text('utf-8'))
    del documented['@metadata']
    assert [*documented] == [*EN]
    for key, text in EN.items():
        assert set(re.findall(r'\$\d', documented[key])) == set(re.findall(r'\$\d', text))


@pytest.mark.parametrize('name', [*LANGUAGES, 'qqq'])
def test_form_of_the_files(name: str) -> None:
    """It should write the files as translatewiki.net does."""
    source = (FOLDER / f'{name}.json').read_text('utf-8')
    assert source == json.dumps(json.loads(source), ensure_ascii=False, indent='\t') + '\n'


#: A wiki's language, what it says of its fallbacks, whether drafts are passed over, what is found.
CHOICES: list[tuple[str, tuple[str, ...] | None, bool, str]] = [
    ('de', None, False, 'de'),
    ('de', None, True, 'en'),
    ('de-at', None, False, 'de'),
    ('yi', None, False, 'he'),
    ('arz', None, False, 'ar'),
    ('mhr', None, False, 'ru'),
    ('zh', None, False, 'zh-hans'),
    ('zh-tw', None, False, 'zh-hans'),
    ('fi', None, False, 'en'),
    ('xyz', None, False, 'en'),
    ('', None, False, 'en'),
    ('fi', ('sv', 'fr', 'de', 'en'), False, 'fr'),
    ('de-at', (), False, 'en'),
    ('en', ('de',), False, 'en'),
]


@pytest.mark.parametrize(('language', 'fallback', 'reviewed_only', 'found'), CHOICES)
def test_choice(language: str, fallback: tuple[str, ...] | None, reviewed_only: bool, found: str) -> None:
    """It should take the wiki's own chain, or MediaWiki's where it was not asked, and English in the end."""
    assert TEXTS.choose(language, fallback, reviewed_only=reviewed_only).language == found


def test_parameters_are_filled_in_once() -> None:
    """It should fill in each parameter as it is, and know its own keys."""
    assert TEXTS.by_language['en'].get('community-heading', ['', '', '$1 \\1']).endswith('(no. $1 \\1)')
    with pytest.raises(InternalError, match="no text 'x'"):
        TEXTS.by_language['en'].get('x')
