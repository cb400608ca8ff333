"""What a wiki's API can answer other than what was asked for: one table of its errors.

The codes are those of MediaWiki 1.39 to 1.43 (``includes/api/i18n/en.json``, ``ApiMessageTrait.php``,
``ApiEditPage.php``) and of the extensions AbuseFilter, ConfirmEdit, SpamBlacklist and TitleBlacklist.
"""

from __future__ import annotations

from globalban_bot.errors import WikiError
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
    """

    def __init__(self, server: str, why: str, retry_after: float | None = None) -> None:
        super().__init__(Refusal.NO_ANSWER, f'{server}: {why}', retry_after)


class ApiError(RefusedError):
    """A wiki answered a read with an error. The words of the wiki are left out: they may name people.

    :param code: the error's code
    """

    def __init__(self, server: str, code: str) -> None:
        super().__init__(refusal_of(code), f'{server} answered with the error {code}')
        self.code = code

    @property
    def passes(self) -> bool:
        """Whether asking again may help."""
        return self.code in _PASSING or self.code.startswith('internal_api_error')


def refusal_of(code: str) -> Refusal:
    """Return what an error means."""
    if code in _BY_CODE:
        return _BY_CODE[code]
    starts = (refusal for start, refusal in _BY_START.items() if code.startswith(start))
    return next(starts, Refusal.OTHER)
