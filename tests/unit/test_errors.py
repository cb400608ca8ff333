"""The tree of errors."""

from __future__ import annotations

import inspect

import pytest

from globalban_bot import errors
from globalban_bot.errors import (
    GlobalbanError,
    InternalError,
    Stopped,
    UnreadError,
    UnsafePlanError,
    UserError,
    WikiError,
)

CODES: dict[type[GlobalbanError], int] = {
    GlobalbanError: 70,
    UserError: 2,
    WikiError: 3,
    UnreadError: 3,
    UnsafePlanError: 4,
    Stopped: 0,
    InternalError: 70,
}
DEFINED = [one for _, one in inspect.getmembers(errors, inspect.isclass) if one.__module__ == errors.__name__]


@pytest.mark.parametrize(('kind', 'code'), CODES.items())
def test_exit_code(kind: type[GlobalbanError], code: int) -> None:
    """It should give each error the exit code of the run that it ends."""
    assert kind.exit_code == kind('why').exit_code == code


def test_every_error_is_in_the_tree() -> None:
    """It should hold all errors in one small tree, each with a code of its own."""
    assert set(DEFINED) == set(CODES)
    assert all(issubclass(one, GlobalbanError) for one in DEFINED)
    assert all('exit_code' in vars(one) for one in DEFINED)


@pytest.mark.parametrize('kind', [one for one in CODES if one is not Stopped])
def test_errors_do_not_end_like_success(kind: type[GlobalbanError]) -> None:
    """It should end no run like a success that an error ended."""
    assert 0 < kind.exit_code < 126


def test_message() -> None:
    """It should say what it was given to say."""
    assert str(UserError('file.xml: not there')) == 'file.xml: not there'
