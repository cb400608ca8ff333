"""How a script ends."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
import requests

from globalban_bot.errors import InternalError, Stopped, UnreadError, UnsafePlanError, UserError, WikiError
from globalban_bot.tasks.ending import ended


class Module:
    """A hand-made stand-in for pywikibot: it keeps what it is told to print.

    :ivar said: how it was said, and what
    """

    class Error(Exception):
        """The base of pywikibot's errors."""

    exceptions = SimpleNamespace(Error=Error)

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def info(self, text: str) -> None:
        self.said.append(('info', text))

    def error(self, text: str) -> None:
        self.said.append(('error', text))

    def exception(self, text: str, **more: Any) -> None:
        self.said.append(('exception' if more == {'exc_info': True} else 'no traceback', text))


#: What ends a run, its exit code, how it is said and what.
ENDS: list[tuple[BaseException, int, str, str]] = [
    (Stopped('the stop page'), 0, 'info', 'the stop page'),
    (UserError('bad option'), 2, 'error', 'bad option'),
    (WikiError('no'), 3, 'error', 'no'),
    (UnreadError('page 7', 'broken'), 3, 'error', 'page 7: could not be read (broken)'),
    (UnsafePlanError('held back'), 4, 'error', 'held back'),
    (InternalError('oops'), 70, 'error', 'oops'),
    (
        Module.Error('no\nlogin'),
        3,
        'error',
        'the wiki cannot be used: no login; run: python -m globalban_bot doctor',
    ),
    (
        ConnectionError("x(host='a.example') y([Errno -2] Name not known)"),
        3,
        'error',
        'the wiki cannot be reached (a.example: [Errno -2] Name not known); '
        'check the network, and run it again',
    ),
    (
        requests.ReadTimeout('timed out'),
        3,
        'error',
        'the wiki cannot be reached (timed out); check the network, and run it again',
    ),
    (
        PermissionError(13, 'Permission denied', '/there/throttle.ctrl'),
        2,
        'error',
        '/there/throttle.ctrl cannot be used (Permission denied); see to its mode, owner and disk',
    ),
    (
        OSError(28, 'No space left on device'),
        2,
        'error',
        'a file cannot be used (No space left on device); see to its mode, owner and disk',
    ),
    (ZeroDivisionError(), 70, 'exception', 'our own mistake; please report it'),
]


def raising(error: BaseException) -> Any:
    def run() -> NoReturn:
        raise error

    return run


@pytest.mark.parametrize(('error', 'code', 'how', 'text'), ENDS, ids=lambda one: type(one).__name__)
def test_error(error: BaseException, code: int, how: str, text: str) -> None:
    """It should say what went wrong, and end with its exit code."""
    module = Module()
    assert ended(raising(error), module) == code
    assert module.said == [(how, text)]


@pytest.mark.parametrize('code', [0, 3])
def test_no_error(code: int) -> None:
    """It should say nothing of a run that went well, and return its exit code."""
    module = Module()
    assert ended(lambda: code, module) == code
    assert module.said == []


@pytest.mark.parametrize('error', [KeyboardInterrupt(), SystemExit(1)])
def test_not_caught(error: BaseException) -> None:
    """It should not swallow what ends the process."""
    with pytest.raises(type(error)):
        ended(raising(error), Module())
