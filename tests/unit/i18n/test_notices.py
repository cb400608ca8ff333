"""The texts of notices."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import globalban_bot
from globalban_bot.errors import InternalError, UserError
from globalban_bot.i18n.languages import direction_of, fallback_of, tag_of
from globalban_bot.i18n.notice_form import LONGEST, LONGEST_HEADING, problem_in
from globalban_bot.i18n.notice_override import LONGEST_PAGE, with_override, with_override_or_without
from globalban_bot.i18n.notices import load_notice_texts

FOLDER = Path(globalban_bot.__file__).parent / 'i18n' / 'notices'
TEXTS = load_notice_texts()
EN = TEXTS.by_language['en'].texts
LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'he', 'hi', 'ja', 'ru', 'tr', 'zh-hans']
HEADING = {'community-heading': 'Pedido de comentários no Meta-Wiki'}


def page(**languages: object) -> str:
    return json.dumps(languages)


def test_languages() -> None:
    """It should have English and ten drafts."""
    assert sorted(TEXTS.by_language) == LANGUAGES


@pytest.mark.parametrize('language', LANGUAGES)
def test_same_messages(language: str) -> None:
    """It should have all messages in each language, in one order and form, with the same parameters."""
    found = TEXTS.by_language[language]
    assert [*found.texts] == [*EN]
    assert {key: problem for key, text in found.texts.items() if (problem := problem_in(key, text, EN))} == {}
    assert set(re.findall(r'\$\d', str([*found.texts.values()]))) == {f'${n}' for n in range(1, 7)}


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


def test_languages_of_mediawiki() -> None:
    """It should know chain, direction and tag of languages that have no texts, too."""
    assert fallback_of('zh-hk') == ('zh-hant', 'zh-tw', 'zh', 'zh-hans', 'en')
    assert fallback_of('en') == ('en',)
    assert [direction_of(code) for code in ('ckb', 'ur', 'de', 'xyz')] == ['rtl', 'rtl', 'ltr', 'ltr']
    assert [tag_of(code) for code in ('sr-ec', 'de', 'simple')] == ['sr-Cyrl', 'de', 'en-simple']


def test_parameters_are_filled_in_once() -> None:
    """It should fill in each parameter as it is, and know its own keys."""
    assert TEXTS.by_language['en'].get('sent', ['', '', '$1 \\1']).endswith('approved by $1 \\1.')
    with pytest.raises(InternalError, match="no text 'x'"):
        TEXTS.by_language['en'].get('x')


def test_vouching() -> None:
    """It should take the word of the account that saved the page for the drafts that it names."""
    found = with_override(TEXTS, page(de={'reviewed': True}), 'Ann')
    assert found.by_language['de'].reviewed_by == 'Ann'
    assert found.by_language['de'].texts == TEXTS.by_language['de'].texts
    assert found.choose('de-at', reviewed_only=True).language == 'de'
    assert not found.by_language['fr'].reviewed
    assert found.by_language['en'] == TEXTS.by_language['en']


def test_replacing() -> None:
    """It should replace texts of a language, which then counts as reviewed only if the page says so."""
    english = {'why': 'Why is this here?'}
    found = with_override(TEXTS, page(en=english, de={**english, 'reviewed': True}), 'Ann').by_language
    assert found['en'].get('why') == found['de'].get('why') == 'Why is this here?'
    assert found['de'].texts['sent'] == TEXTS.by_language['de'].texts['sent']
    assert (found['en'].reviewed, found['de'].reviewed_by) == (False, 'Ann')


def test_withdrawing() -> None:
    """It should take a review back where the page says so, and keep it where the page says nothing."""
    assert not with_override(TEXTS, page(en={'reviewed': False}), 'Ann').by_language['en'].reviewed
    assert with_override(TEXTS, page(en={}), 'Ann').by_language['en'].reviewed


def test_another_language() -> None:
    """It should take a language that comes with no texts, if the page has all of them."""
    found = with_override(TEXTS, page(ur={**EN, 'reviewed': True}), 'Ann').choose('ur')
    assert (found.language, found.direction, found.reviewed) == ('ur', 'rtl', True)
    with pytest.raises(UserError, match=r'pt: there is no text community-body, subject-heading'):
        with_override(TEXTS, page(pt=HEADING), 'Ann')


#: Broken pages, and what is said of them.
BROKEN: list[tuple[str, str]] = [
    ('', 'is no JSON'),
    ('{"de": ', 'is no JSON'),
    ('[' * 100_000, 'nested too deeply|is no JSON'),
    ('[]', 'must be an object'),
    ('{"de": {"why": "a", "why": "b"}}', 'stands twice'),
    ('{"de": {"why": NaN}}', 'NaN'),
    (' ' * (LONGEST_PAGE + 1), 'longer than'),
    (page(de=[]), 'de: its texts must be an object'),
    (page(de={'reviewed': 1}), '"reviewed" must be true or false'),
    (page(de={'why': 1}), 'why: it is no text'),
    (page(de={'hwy': 'x'}), "'hwy' is none of community-heading"),
    (page(**{'DE de': {}}), "'DE de' is no language code"),
    (page(de={'why': ''}), 'why: it is empty'),
]


@pytest.mark.parametrize(('text', 'said'), BROKEN)
def test_broken_page(text: str, said: str) -> None:
    """It should keep the texts that it had, and say what is wrong."""
    found, problem = with_override_or_without(TEXTS, text, 'Ann')
    assert found is TEXTS
    assert problem is not None
    assert re.search(said, problem)


def test_whole_page() -> None:
    """It should say of a good page that nothing is wrong; of a page with one bad text, nothing counts."""
    good = {'reviewed': True}
    assert with_override_or_without(TEXTS, page(de=good), 'Ann')[1] is None
    found, problem = with_override_or_without(TEXTS, page(de=good, fr={'why': '[[x]]'}), 'Ann')
    assert (found, problem is None) == (TEXTS, False)


BODY = EN['community-body']
#: Texts that must not be posted.
BAD_TEXTS: list[tuple[str, str]] = [
    ('community-body', BODY.replace('[[$1|', '[[$2|')),
    ('community-body', BODY.replace('[[$1|request for comment]]', 'request')),
    ('community-body', BODY.replace('request for comment', ' ')),
    ('community-body', BODY + ' [[User:A]]'),
    ('community-body', BODY + ' [[Category:A|b]]'),
    ('community-body', BODY + ' $3'),
    ('community-body', BODY + ' $7'),
    ('community-body', BODY + ' {{delete}}'),
    ('community-body', BODY + ' <b>x</b>'),
    ('community-body', BODY + ' <!-- globalban-notice 1 -->'),
    ('community-body', BODY + " ''x''"),
    ('community-body', BODY + ' ~~~~'),
    ('community-body', BODY + ' __NOTOC__'),
    ('community-body', BODY + ' -{x}-'),
    ('community-body', BODY + ' https://evil.example'),
    ('community-body', BODY + ' //evil.example'),
    ('community-body', BODY + ' mailto:a@evil.example'),
    ('community-body', BODY + ' &lt;'),
    ('community-body', BODY + ' RFC 1234'),
    ('community-body', BODY + '\n== x =='),
    ('community-body', BODY + ' \u202e'),
    ('community-body', BODY + ' \ud800'),
    ('community-body', '* ' + BODY),
    ('community-body', BODY + 'x' * LONGEST),
    ('sent', 'Sent.'),
    ('sent', 'Sent, $3, $3.'),
    ('why', ' Why'),
    ('why', 'Why|not'),
    ('community-heading', 'a = b'),
    ('community-heading', '[[$1|a]]'),
    ('community-heading', 'x' * (LONGEST_HEADING + 1)),
]


@pytest.mark.parametrize(('key', 'text'), BAD_TEXTS)
def test_bad_text(key: str, text: str) -> None:
    """It should refuse a text with anything but words and the links that it must have."""
    assert problem_in(key, text, EN) is not None
    with pytest.raises(UserError, match=f'de, {key}: '):
        with_override(TEXTS, page(de={key: text}), 'Ann')


def test_good_texts() -> None:
    """It should take texts in which parameters stand in another order, and all sorts of punctuation."""
    turned = 'Politik: [[$2|b]] – (c) „d“; [[$1|a]]! 50 %, a/b, e-f, « g » ?'
    assert problem_in('community-body', turned, EN) is None
