"""Read from an answer of ``action=edit`` whether the edit was made, and if not, why.

The codes are those of MediaWiki 1.39 to 1.43 (``includes/api/i18n/en.json``, ``ApiMessageTrait.php``,
``ApiEditPage.php``) and of the extensions AbuseFilter, ConfirmEdit, SpamBlacklist and TitleBlacklist.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from globalban_bot.act.writer import RefusedError
from globalban_bot.model.refusal import Refusal

_BY_CODE = {
    'blocked': Refusal.BLOCKED,
    'autoblocked': Refusal.BLOCKED,
    'systemblocked': Refusal.BLOCKED,
    'protectedpage': Refusal.PROTECTED,
    'protectedtitle': Refusal.PROTECTED,
    'cascadeprotected': Refusal.PROTECTED,
    'protectednamespace': Refusal.PROTECTED,
    'protectednamespace-interface': Refusal.PROTECTED,
    'readonly': Refusal.READ_ONLY,
    'ratelimited': Refusal.RATE_LIMITED,
    'actionthrottledtext': Refusal.RATE_LIMITED,
    'maxlag': Refusal.LAGGED,
    'abusefilter-warning': Refusal.FILTER_WARNING,
    'spamblacklist': Refusal.SPAM_LIST,
    'missingtitle': Refusal.DELETED,
    'pagedeleted': Refusal.DELETED,
    'articleexists': Refusal.CREATED,
    'editconflict': Refusal.CONFLICT,
    'permissiondenied': Refusal.NOT_ALLOWED,
    'cantcreate': Refusal.NOT_ALLOWED,
    'noedit': Refusal.NOT_ALLOWED,
    'nocreate-loggedin': Refusal.NOT_ALLOWED,
    'customjsonprotected': Refusal.NOT_ALLOWED,
    'mycustomjsonprotected': Refusal.NOT_ALLOWED,
    'assertuserfailed': Refusal.NOT_LOGGED_IN,
    'assertnameduserfailed': Refusal.NOT_LOGGED_IN,
    'badtoken': Refusal.NOT_LOGGED_IN,
}
#: Codes that come with a word more, such as ``abusefilter-disallowed`` and ``titleblacklist-forbidden-edit``.
_BY_START = {
    'abusefilter-warning': Refusal.FILTER_WARNING,
    'abusefilter': Refusal.FILTERED,
    'titleblacklist': Refusal.TITLE_LIST,
    'globalblocking': Refusal.BLOCKED,
    'wikimedia-globalblocking': Refusal.BLOCKED,
    'readonly': Refusal.READ_ONLY,
    'contentmodel': Refusal.OTHER_MODEL,
    'no-direct-editing': Refusal.OTHER_MODEL,
    'invalid-content-data': Refusal.OTHER_MODEL,
    'parseerror': Refusal.OTHER_MODEL,
}


def check_answer(answer: Mapping[str, Any], base: int | None) -> None:
    """Let an answer pass that says the edit was made, or that nothing had to be changed.

    :param answer: of ``action=edit``, ``formatversion=2``
    :param base: the revision that the edit was to follow; None for a new page
    :raises RefusedError: the edit was not made, or it followed another revision
    """
    check_error(answer)
    edit = answer.get('edit', {})
    if edit.get('result') != 'Success':
        raise RefusedError(_of_failure(edit), str({key: edit[key] for key in edit if key != 'captcha'}))
    if edit.get('nochange'):
        return
    if edit.get('oldrevid', 0) != (base or 0):
        raise RefusedError(Refusal.OVERWROTE, str(edit.get('newrevid')))


def check_error(answer: Mapping[str, Any]) -> None:
    """Let the answer of any action pass that is no error.

    :raises RefusedError: it is one
    """
    if 'error' in answer:
        error = answer['error']
        raise RefusedError(_of_code(str(error.get('code'))), str(error.get('info', '')))


def _of_code(code: str) -> Refusal:
    if code in _BY_CODE:
        return _BY_CODE[code]
    starts = (refusal for start, refusal in _BY_START.items() if code.startswith(start))
    return next(starts, Refusal.OTHER)


def _of_failure(edit: Mapping[str, Any]) -> Refusal:
    """Read the older way in which extensions refuse: ``{"result": "Failure", "code": …}``."""
    if 'captcha' in edit:
        return Refusal.CAPTCHA
    if 'spamblacklist' in edit:
        return Refusal.SPAM_LIST
    return _of_code(str(edit.get('code')))
