"""Texts of notices from a page on the wiki, which anybody who may edit it can mend without a release.

.. code-block:: json

   {
       "de": {"reviewed": true},
       "pt": {"community-heading": "…", "community-body": "…"}
   }

The page has the content model JSON, as other settings on the wiki: the wiki itself refuses what is no JSON.
``reviewed`` is the word of the account that saved the page, for all texts of that language; without it, a
language whose texts were replaced counts as not reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from globalban_bot.errors import UserError
from globalban_bot.i18n.languages import LAST
from globalban_bot.i18n.notice_form import problem_in
from globalban_bot.i18n.notices import NoticeText, NoticeTexts
from globalban_bot.strict_json import read_object

#: More characters than these the page does not have.
LONGEST_PAGE = 200_000
_CODE = re.compile(r'[a-z]{2,}(?:-[a-z0-9]+)*')
_REVIEWED = 'reviewed'


def with_override(texts: NoticeTexts, page: str, saved_by: str) -> NoticeTexts:
    """Return texts with those that a page replaces or vouches for.

    :param page: content of the page
    :param saved_by: the account that saved the page as it stands; who may do so is the caller's to check
    :raises UserError: the page is not well formed; nothing of it counts
    """
    found = read_object(page, 'the page of texts', LONGEST_PAGE)
    source = texts.by_language[LAST].texts
    changed = {
        language: _language(language, entry, texts, source, saved_by) for language, entry in found.items()
    }
    return NoticeTexts({**texts.by_language, **changed})


def _language(
    language: str, entry: Any, texts: NoticeTexts, source: Mapping[str, str], saved_by: str
) -> NoticeText:
    """Return the texts of a language: those of the page, the others as they were."""
    if not _CODE.fullmatch(language):
        raise UserError(f'page of texts: {language!r} is no language code, such as "pt-br"')
    if not isinstance(entry, dict):
        raise UserError(f'page of texts, {language}: its texts must be an object')
    reviewed = entry.get(_REVIEWED, False)
    if not isinstance(reviewed, bool):
        raise UserError(f'page of texts, {language}: "reviewed" must be true or false')
    replaced = {key: _text(language, key, text, source) for key, text in entry.items() if key != _REVIEWED}
    before = texts.by_language.get(language)
    whole = {**(before.texts if before else {}), **replaced}
    missing = [key for key in source if key not in whole]
    if missing:
        raise UserError(f'page of texts, {language}: there is no text {", ".join(missing)}')
    kept = before.reviewed_by if before and not replaced and _REVIEWED not in entry else None
    return NoticeText(language, whole, saved_by if reviewed else kept)


def _text(language: str, key: str, text: Any, source: Mapping[str, str]) -> str:
    if key not in source:
        raise UserError(f'page of texts, {language}: {key!r} is none of {", ".join(source)}')
    problem = problem_in(key, text, source) if isinstance(text, str) else 'it is no text'
    if problem is not None:
        raise UserError(f'page of texts, {language}, {key}: {problem}')
    return str(text)
