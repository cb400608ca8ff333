"""Answers of a wiki to an edit."""

from __future__ import annotations

from typing import Any

import pytest

from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api_errors import ApiError, RefusedError
from globalban_bot.wiki.replies import check_edit, check_error

WIKI = 'https://meta.wikimedia.org'
#: Error codes, and what they mean.
CODES = [
    ('blocked', Refusal.BLOCKED),
    ('autoblocked', Refusal.BLOCKED),
    ('globalblocking-blockedtext-user', Refusal.GLOBALLY_BLOCKED),
    ('wikimedia-globalblocking-ipblocked', Refusal.GLOBALLY_BLOCKED),
    ('protectedpage', Refusal.PROTECTED),
    ('protectedtitle', Refusal.PROTECTED),
    ('cascadeprotected', Refusal.PROTECTED),
    ('readonly', Refusal.READ_ONLY),
    ('readonlytext', Refusal.READ_ONLY),
    ('ratelimited', Refusal.RATE_LIMITED),
    ('maxlag', Refusal.LAGGED),
    ('abusefilter-warning', Refusal.FILTER_WARNING),
    ('abusefilter-warning-links', Refusal.FILTER_WARNING),
    ('abusefilter-disallowed', Refusal.FILTERED),
    ('abusefilter-blocked-display', Refusal.FILTERED),
    ('spamblacklist', Refusal.SPAM_LIST),
    ('titleblacklist-forbidden-edit', Refusal.TITLE_LIST),
    ('titleblacklist-forbidden', Refusal.TITLE_LIST),
    ('missingtitle', Refusal.DELETED),
    ('articleexists', Refusal.CREATED),
    ('editconflict', Refusal.CONFLICT),
    ('permissiondenied', Refusal.NOT_ALLOWED),
    ('assertuserfailed', Refusal.NOT_LOGGED_IN),
    ('assertnameduserfailed', Refusal.NOT_LOGGED_IN),
    ('badtoken', Refusal.NOT_LOGGED_IN),
    ('contentmodel-mismatch', Refusal.OTHER_MODEL),
    ('no-direct-editing', Refusal.OTHER_MODEL),
    ('internal_api_error_DBQueryError', Refusal.OTHER),
    ('some-new-code', Refusal.OTHER),
]


def refused(answer: dict[str, Any], base: int | None = 70) -> RefusedError:
    with pytest.raises(RefusedError) as error:
        check_error(WIKI, answer)
        check_edit(WIKI, answer, base)
    return error.value


@pytest.mark.parametrize(('code', 'refusal'), CODES)
def test_error(code: str, refusal: Refusal) -> None:
    """It should know an error by its code, and keep what the wiki said."""
    error = refused({'error': {'code': code, 'info': 'Words of the wiki.'}})
    assert (error.refusal, error.detail) == (refusal, 'Words of the wiki.')
    assert str(error) == f'{refusal.value}: Words of the wiki.'


#: Results that are no success, and what they mean.
FAILURES: list[tuple[dict[str, Any], Refusal]] = [
    ({'result': 'Failure', 'captcha': {'type': 'image', 'id': '5'}}, Refusal.CAPTCHA),
    ({'result': 'Failure', 'spamblacklist': 'spam.example'}, Refusal.SPAM_LIST),
    ({'result': 'Failure', 'code': 'abusefilter-warning', 'info': '…'}, Refusal.FILTER_WARNING),
    ({'result': 'Failure', 'code': 'abusefilter-disallowed', 'info': '…'}, Refusal.FILTERED),
    ({'result': 'Failure', 'code': 'some-new-code'}, Refusal.OTHER),
    ({'result': 'Failure'}, Refusal.OTHER),
]


@pytest.mark.parametrize(('edit', 'refusal'), FAILURES)
def test_failure(edit: dict[str, Any], refusal: Refusal) -> None:
    """It should know the older way in which extensions refuse."""
    assert refused({'edit': edit}).refusal is refusal


def test_answer_of_another_kind() -> None:
    """It should not take an answer for a success that says nothing of an edit."""
    odd: list[dict[str, Any]] = [
        {}, {'warnings': {'main': {'warnings': 'x'}}}, {'edit': {}}, {'edit': []}, {'edit': {'result': 1}},
        {'edit': {'result': 'Success', 'oldrevid': '70', 'newrevid': 71}},
        {'edit': {'result': 'Success', 'oldrevid': 70}},
    ]  # fmt: skip
    assert {refused(answer).refusal for answer in odd} == {Refusal.NO_ANSWER}


@pytest.mark.parametrize('error', [None, {}, [], 'maxlag', {'code': None}, {'code': ''}, {'code': 5}])
def test_error_without_a_code(error: Any) -> None:
    """It should take an error without a code for no answer: what the wiki did is not known."""
    assert refused({'error': error}).refusal is Refusal.NO_ANSWER


#: Codes of errors, and whether asking again may help.
PASSING: list[tuple[str, bool]] = [
    ('maxlag', True),
    ('ratelimited', True),
    ('readonly', True),
    ('internal_api_error_DBQueryTimeoutError', True),
    ('internal_api_error', True),
    ('toomanyparts', False),
    ('noaddress', False),
    ('badvalue', False),
    ('nosuchuser', False),
]


@pytest.mark.parametrize(('code', 'passes'), PASSING)
def test_passes(code: str, passes: bool) -> None:
    """It should tell what passes by itself from what a wiki will say again."""
    error = ApiError(WIKI, code)
    assert error.passes is passes
    assert str(error).endswith(f'{WIKI} answered with the error {code}')


@pytest.mark.parametrize(
    ('edit', 'base'),
    [
        ({'result': 'Success', 'oldrevid': 70, 'newrevid': 71}, 70),
        ({'result': 'Success', 'new': True, 'oldrevid': 0, 'newrevid': 71}, 0),
        ({'result': 'Success', 'nochange': True}, 70),
    ],
)
def test_success(edit: dict[str, Any], base: int | None) -> None:
    """It should let pass an edit on the revision that was planned for, and one that changed nothing."""
    check_edit(WIKI, {'edit': edit}, base)


@pytest.mark.parametrize(('old', 'base'), [(72, 70), (72, 0), (0, 70)])
def test_overwrote(old: int, base: int | None) -> None:
    """It should see that an edit took the place of somebody else's, and name the revision to be undone."""
    error = refused({'edit': {'result': 'Success', 'oldrevid': old, 'newrevid': 73}}, base)
    assert (error.refusal, error.detail) == (Refusal.OVERWROTE, '73')


def test_error_of_any_action() -> None:
    """It should refuse the error of an action that is no edit, and let every other answer pass."""
    with pytest.raises(RefusedError) as found:
        check_error(WIKI, {'error': {'code': 'permissiondenied', 'info': 'no'}})
    assert (found.value.refusal, found.value.detail) == (Refusal.NOT_ALLOWED, 'no')
    check_error(WIKI, {'delete': {'title': 'A page', 'logid': 7}})
