"""How requests are sent; odd answers have a test of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import pywikibot

from globalban_bot.errors import InternalError
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wiki.api_errors import ApiError, RefusedError
from tests.unit.wiki.miniwiki import BOT, HOME, MiniFarm, Odd, Site, sending_to


@dataclass
class Answers(MiniFarm):
    """A wiki that gives one answer after another.

    :param script: the answers, the first one first
    """

    script: tuple[dict[str, Any], ...] = ()

    def _answer(self, server: str, asked: Any) -> dict[str, Any]:
        del server, asked
        return self.script[min(len(self.sent), len(self.script)) - 1]


TOKEN: dict[str, Any] = {'query': {'tokens': {'csrftoken': 'x+\\'}}}
PROTECTED: dict[str, Any] = {'error': {'code': 'protectedpage', 'info': 'Words of the wiki.'}}
DONE: dict[str, Any] = {'edit': {'result': 'Success'}}


def error(code: str) -> dict[str, Any]:
    return {'error': {'code': code, 'info': 'Words of the wiki.'}}


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(pywikibot, 'sleep', found.append)
    monkeypatch.setattr(pywikibot.config, 'max_retries', 2)
    monkeypatch.setattr(pywikibot.config, 'retry_wait', 5)
    monkeypatch.setattr(pywikibot.config, 'simulate', False)
    return found


@pytest.fixture
def logins(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    found: list[str] = []
    monkeypatch.setattr(Site, 'login', lambda _: found.append('login'))
    yield found


def sent(farm: MiniFarm, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(parameters.get(name) for name in names) for _, parameters in farm.sent]


def test_read() -> None:
    """It should ask by one request, in the form that the answers are read in, and bear no lag for ever."""
    with sending_to(MiniFarm()) as farm:
        next(ApiClient(Site()).query(HOME, meta='userinfo'))
    ((_, parameters),) = farm.sent
    assert parameters == {
        'action': 'query', 'format': 'json', 'formatversion': '2', 'errorformat': 'bc', 'maxlag': '30',
        'meta': 'userinfo',
    }  # fmt: skip


def test_parts() -> None:
    """It should ask for the parts of an answer as they are taken, and give up on one without end."""
    part = {'continue': {'x': 5, 'continue': '-||'}, 'query': {}}
    with sending_to(Answers(script=(part, {'query': {}}))) as farm:
        found = ApiClient(Site()).query(HOME, list='blocks')
        next(found)
        assert len(farm.sent) == 1
        next(found)
    assert sent(farm, 'x', 'continue') == [(None, None), ('5', '-||')]
    with sending_to(Answers(script=(part,))), pytest.raises(ApiError, match='toomanyparts'):
        list(ApiClient(Site()).query(HOME))


def test_long_question() -> None:
    """It should put into the body of a request what an address has no room for."""
    with sending_to(MiniFarm()) as farm:
        next(ApiClient(Site()).query(HOME, list='users', ususers='|'.join(['Ä' * 85] * 50), meta='userinfo'))
    assert sent(farm, 'ususers') == [('|'.join(['Ä' * 85] * 50),)]


def test_lag(waits: list[float]) -> None:
    """It should ask once more where the databases lag, after the time that the wiki wants."""
    with sending_to(Answers(script=(error('maxlag'), {'query': {}}))) as farm:
        next(ApiClient(Site()).query(HOME))
    assert len(farm.sent) == 2
    assert [round(wait) for wait in waits] == [5]


def test_retry_after(waits: list[float]) -> None:
    """It should keep a wait that the wiki asks for, also over requests."""
    busy = Odd(503, {'Retry-After': '3600'})
    api = ApiClient(Site())
    with sending_to(MiniFarm({HOME: busy})) as farm:
        for _ in range(3):
            with pytest.raises(RefusedError):
                next(api.query(HOME))
    assert (len(farm.sent), waits) == (1, [])


def test_write() -> None:
    """It should send a write with a token, the account and the lag that is borne."""
    with sending_to(Answers(script=(TOKEN, DONE))) as farm:
        assert ApiClient(Site()).post(action='edit', title='A') == DONE
    assert sent(farm, 'action', 'token', 'assert', 'assertuser')[1] == ('edit', 'x+\\', 'user', BOT)
    assert farm.sent[1][1]['maxlag'] == str(pywikibot.config.write_maxlag)


def test_simulate(monkeypatch: pytest.MonkeyPatch) -> None:
    """It should never write where nothing may be written."""
    monkeypatch.setattr(pywikibot.config, 'simulate', True)
    with sending_to(MiniFarm()) as farm, pytest.raises(InternalError):
        ApiClient(Site()).post(action='edit', title='A')
    assert farm.sent == []


@pytest.mark.parametrize('code', ['badtoken', 'assertuserfailed', 'assertnameduserfailed'])
def test_lost_session(code: str, logins: list[str]) -> None:
    """It should take up a lost session once: the wiki has done nothing then."""
    with sending_to(Answers(script=(TOKEN, error(code), TOKEN, DONE))):
        assert ApiClient(Site()).post(action='edit', title='A') == DONE
    assert logins == ['login']
    with sending_to(Answers(script=(error(code), TOKEN, DONE))):
        assert ApiClient(Site()).post(action='edit', title='A') == DONE
    assert logins == ['login'] * 2
    with (
        sending_to(Answers(script=(TOKEN, error(code), TOKEN, error(code)))),
        pytest.raises(RefusedError) as found,
    ):
        ApiClient(Site()).post(action='edit', title='A')
    assert found.value.refusal is Refusal.NOT_LOGGED_IN


def test_lagging_write(waits: list[float]) -> None:
    """It should wait for databases that lag as often as the configuration says."""
    with sending_to(Answers(script=(TOKEN, error('maxlag'), error('maxlag'), DONE))):
        assert ApiClient(Site()).post(action='edit', title='A') == DONE
    assert len(waits) == 2
    with (
        sending_to(Answers(script=(TOKEN, *[error('maxlag')] * 4))) as farm,
        pytest.raises(RefusedError) as found,
    ):
        ApiClient(Site()).post(action='edit', title='A')
    assert (found.value.refusal, len(farm.sent)) == (Refusal.LAGGED, 4)


def test_refused_write() -> None:
    """It should send no write again that the wiki refuses, and keep the words of the wiki."""
    with (
        sending_to(Answers(script=(TOKEN, PROTECTED))) as farm,
        pytest.raises(RefusedError) as found,
    ):
        ApiClient(Site()).post(action='edit', title='A')
    assert (found.value.refusal, found.value.detail) == (Refusal.PROTECTED, 'Words of the wiki.')
    assert len(farm.sent) == 2


def test_no_address() -> None:
    """It should ask no wiki whose address is none of the farm's."""
    with sending_to(MiniFarm()) as farm, pytest.raises(ApiError, match='noaddress'):
        next(ApiClient(Site()).query('http://en.wikipedia.org'))
    assert farm.sent == []
