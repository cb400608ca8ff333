"""Texts of notices from a page on the wiki."""

from __future__ import annotations

import json

import pytest

from globalban_bot.errors import UserError
from globalban_bot.i18n.notice_override import LONGEST_PAGE, with_override
from globalban_bot.i18n.notices import load_notice_texts

TEXTS = load_notice_texts()
EN = TEXTS.by_language['en'].texts
HEADING = {'community-heading': 'Pedido de comentários no Meta-Wiki (n.º $3)'}


def page(**languages: object) -> str:
    return json.dumps(languages)


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
    (page(de={'why': ''}), 'page of texts, de, why: it is empty'),
    (page(de={'sent': '~~~~'}), r"page of texts, de, sent: '~' must not stand"),
]


@pytest.mark.parametrize(('text', 'said'), BROKEN)
def test_broken_page(text: str, said: str) -> None:
    """It should refuse the page, and say what is wrong."""
    with pytest.raises(UserError, match=said):
        with_override(TEXTS, text, 'Ann')


def test_one_bad_text() -> None:
    """It should refuse a page with one bad text as a whole."""
    with pytest.raises(UserError, match='page of texts, fr, why'):
        with_override(TEXTS, page(de={'reviewed': True}, fr={'why': '[[x]]'}), 'Ann')
