"""What a wiki's API can answer other than what was asked for: one table of its errors.

The codes are those of MediaWiki 1.39 to 1.43 (``includes/api/i18n/en.json``, ``ApiMessageTrait.php``,
``ApiEditPage.php``) and of the extensions AbuseFilter, ConfirmEdit, SpamBlacklist and TitleBlacklist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api_values import OddValueError, number_at

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
    'globalblocking': Refusal.GLOBALLY_BLOCKED,
    'wikimedia-globalblocking': Refusal.GLOBALLY_BLOCKED,
    'readonly': Refusal.READ_ONLY,
    'contentmodel': Refusal.OTHER_MODEL,
    'no-direct-editing': Refusal.OTHER_MODEL,
    'invalid-content-data': Refusal.OTHER_MODEL,
    'parseerror': Refusal.OTHER_MODEL,
}


#: Errors of a read that ask to come back later.
LATER = frozenset({'maxlag', 'ratelimited'})
#: Errors of a write after which a fresh session or token helps. The wiki has done nothing.
STALE = frozenset({'badtoken', 'assertuserfailed', 'assertnameduserfailed'})
#: Errors of a read that pass by themselves.
_PASSING = LATER | {'readonly'}


class RefusedError(WikiError):
    """A wiki did not do, or did not tell, what it was asked for.

    :param refusal: why
    :param detail: what the wiki said
    :param retry_after: how many seconds the wiki wants to be left alone; None where it does not say
    """

    def __init__(self, refusal: Refusal, detail: str = '', retry_after: float | None = None) -> None:
        super().__init__(f'{refusal.value}: {detail}' if detail else refusal.value)
        self.refusal = refusal
        self.detail = detail
        self.retry_after = retry_after


class NoAnswerError(RefusedError):
    """A wiki gave no answer, or one that is not understood.

    After a write this means that the write may have been made.

    :param server: address of the wiki
    :param why: what came instead of an answer
    """

    def __init__(self, server: str, why: str, retry_after: float | None = None) -> None:
        super().__init__(Refusal.NO_ANSWER, f'{server}: {why}', retry_after)


class ApiError(RefusedError):
    """A wiki answered a read with an error. The words of the wiki are left out: they may name people.

    :param server: address of the wiki
    :param code: the error's code
    """

    def __init__(self, server: str, code: str) -> None:
        super().__init__(refusal_of(code), f'{server} answered with the error {code}')
        self.code = code

    @property
    def passes(self) -> bool:
        """Whether asking again may help."""
        return self.code in _PASSING or self.code.startswith('internal_api_error')


@contextmanager
def understood(server: str) -> Iterator[None]:
    """Turn what goes wrong while an answer is read into "no answer" of that wiki.

    :param server: address of the wiki, for people
    :raises NoAnswerError: the answer has another form than documented
    """
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        # The message of another error may hold a part of the answer, and with it a name.
        why = str(error) if isinstance(error, OddValueError) else type(error).__name__
        raise NoAnswerError(server, f'an answer of another form than documented ({why[:100]})') from error


def error_code(server: str, answer: Mapping[str, Any]) -> str | None:
    """Return the code of the error that an answer holds; None where it holds none.

    :raises NoAnswerError: it holds an error without a code
    """
    if 'error' not in answer and 'errors' not in answer:
        return None
    error = answer.get('error')
    code = error.get('code') if isinstance(error, dict) else None
    if not isinstance(code, str) or not code:
        raise NoAnswerError(server, 'an error without a code')
    return code


def check_error(server: str, answer: Mapping[str, Any]) -> None:
    """Let the answer of a write pass that is no error.

    :raises RefusedError: it is one
    """
    code = error_code(server, answer)
    if code is not None:
        raise RefusedError(refusal_of(code), str(answer['error'].get('info', '')))


def check_edit(server: str, answer: Mapping[str, Any], base: int | None = None) -> int:
    """Let an answer pass that says the edit was made, or that nothing had to be changed.

    :param answer: of ``action=edit``, ``formatversion=2``
    :param base: the revision that the edit had to follow, 0 for a new page; None where any will do
    :return: id of the new revision; 0 where nothing was changed
    :raises RefusedError: the edit was not made, or it followed another revision
    """
    edit = answer.get('edit')
    if not isinstance(edit, dict) or not isinstance(edit.get('result'), str):
        raise NoAnswerError(server, 'the answer does not tell of an edit')
    if edit['result'] != 'Success':
        raise RefusedError(_of_failure(edit), str({key: edit[key] for key in edit if key != 'captcha'}))
    if edit.get('nochange'):
        return 0
    try:
        old, new = number_at(edit, 'oldrevid'), number_at(edit, 'newrevid')
    except ValueError as error:
        raise NoAnswerError(server, f'the answer does not tell which edit ({error})') from error
    if base is not None and old != base:
        raise RefusedError(Refusal.OVERWROTE, str(new))
    return new


def refusal_of(code: str) -> Refusal:
    """Return what an error means."""
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
    return refusal_of(str(edit.get('code')))
