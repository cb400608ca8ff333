"""What a person reads of an error."""

from __future__ import annotations

import pytest
import requests

from globalban_bot.errors import InternalError, Stopped, UnreadError, UnsafePlanError, UserError, WikiError
from globalban_bot.jobs.error_lines import ending_of


class PywikibotError(Exception):
    """Stands for the base of pywikibot's errors."""


#: What ends a run, its exit code, and the line.
ENDS: list[tuple[Exception, int, str]] = [
    (Stopped('the stop page'), 0, 'the stop page'),
    (UserError('bad option'), 2, 'bad option'),
    (WikiError('no'), 3, 'no'),
    (UnreadError('page 7', 'broken'), 3, 'page 7: could not be read (broken)'),
    (UnsafePlanError('held back'), 4, 'held back'),
    (InternalError('oops'), 70, 'oops'),
    (
        PywikibotError('no\nlogin'),
        3,
        'the wiki cannot be used: no login; run: python -m globalban_bot doctor',
    ),
    (
        ConnectionError("x(host='a.example') y([Errno -2] Name not known)"),
        3,
        'the wiki cannot be reached (a.example: [Errno -2] Name not known); '
        'check the network, and run it again',
    ),
    (
        requests.ReadTimeout('timed out'),
        3,
        'the wiki cannot be reached (timed out); check the network, and run it again',
    ),
    (
        PermissionError(13, 'Permission denied', '/there/throttle.ctrl'),
        2,
        '/there/throttle.ctrl cannot be used (Permission denied); see to its mode, owner and disk',
    ),
    (
        OSError(28, 'No space left on device'),
        2,
        'a file cannot be used (No space left on device); see to its mode, owner and disk',
    ),
    (ZeroDivisionError(), 70, 'our own mistake; please report it'),
]


@pytest.mark.parametrize(('error', 'code', 'text'), ENDS, ids=lambda one: type(one).__name__)
def test_error(error: Exception, code: int, text: str) -> None:
    """It should say what went wrong in one line, with the exit code."""
    assert ending_of(error, PywikibotError) == (code, text)
