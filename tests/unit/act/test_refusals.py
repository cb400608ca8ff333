"""Answers of a wiki to an edit."""

from __future__ import annotations

from typing import Any

import pytest

from globalban_bot.act.refusals import check_answer, check_error
from globalban_bot.act.writer import RefusedError
from globalban_bot.model.refusal import Refusal

#: Error codes, and what they mean.
CODES = [
    ('blocked', Refusal.BLOCKED),
    ('autoblocked', Refusal.BLOCKED),
    ('globalblocking-blockedtext-user', Refusal.BLOCKED),
    ('wikimedia-globalblocking-ipblocked', Refusal.BLOCKED),
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
    ('', Refusal.OTHER),
]


def refused(answer: dict[str, Any], base: int | None = 70) -> RefusedError:
    with pytest.raises(RefusedError) as error:
        check_answer(answer, base)
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
    ({}, Refusal.OTHER),
]


@pytest.mark.parametrize(('edit', 'refusal'), FAILURES)
def test_failure(edit: dict[str, Any], refusal: Refusal) -> None:
    """It should know the older way in which extensions refuse."""
    assert refused({'edit': edit}).refusal is refusal


def test_answer_of_another_kind() -> None:
    """It should not take an answer for a success that says nothing of an edit."""
    assert refused({}).refusal is Refusal.OTHER
    assert refused({'warnings': {'main': {'warnings': 'x'}}}).refusal is Refusal.OTHER


def test_error_without_words() -> None:
    """It should take an error for one that has neither code nor words."""
    assert refused({'error': {}}).refusal is Refusal.OTHER


@pytest.mark.parametrize(
    ('edit', 'base'),
    [
        ({'result': 'Success', 'oldrevid': 70, 'newrevid': 71}, 70),
        ({'result': 'Success', 'new': True, 'oldrevid': 0, 'newrevid': 71}, None),
        ({'result': 'Success', 'nochange': True}, 70),
    ],
)
def test_success(edit: dict[str, Any], base: int | None) -> None:
    """It should let pass an edit on the revision that was planned for, and one that changed nothing."""
    check_answer({'edit': edit}, base)


@pytest.mark.parametrize(('old', 'base'), [(72, 70), (72, None), (0, 70)])
def test_overwrote(old: int, base: int | None) -> None:
    """It should see that an edit took the place of somebody else's, and name the revision to be undone."""
    error = refused({'edit': {'result': 'Success', 'oldrevid': old, 'newrevid': 73}}, base)
    assert (error.refusal, error.detail) == (Refusal.OVERWROTE, '73')


def test_error_of_any_action() -> None:
    """It should refuse the error of an action that is no edit, and let every other answer pass."""
    with pytest.raises(RefusedError) as found:
        check_error({'error': {'code': 'permissiondenied', 'info': 'no'}})
    assert (found.value.refusal, found.value.detail) == (Refusal.NOT_ALLOWED, 'no')
    check_error({'delete': {'title': 'A page', 'logid': 7}})
