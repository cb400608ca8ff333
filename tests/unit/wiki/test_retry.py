"""When a wiki may be asked again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api_errors import NoAnswerError, RefusedError
from globalban_bot.wiki.retry import (
    LONGEST_WAIT,
    MOST_FAILURES,
    MOST_FAILURES_AT_HOME,
    RetryPolicy,
    parse_retry_after,
)

HOME, OTHER = 'https://meta.wikimedia.org', 'https://en.wikipedia.org'
NOW = datetime(2027, 5, 3, 14, tzinfo=UTC)


class Time:
    """A clock that moves only by waiting."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def policy(time: Time, usual: float = 5) -> RetryPolicy:
    return RetryPolicy(HOME, lambda: time.now, time.sleep, usual)


def test_no_wait() -> None:
    """It should let a wiki be asked at once that has not been asked, or has answered."""
    time = Time()
    retry = policy(time)
    retry.wait(OTHER)
    retry.answered(OTHER)
    retry.wait(OTHER)
    assert time.waits == []


@pytest.mark.parametrize(('retry_after', 'wait'), [(None, 5), (2.0, 2), (10.0, 10)])
def test_wait(retry_after: float | None, wait: float) -> None:
    """It should wait as long as the wiki says, the usual time where it does not say, and once."""
    time = Time()
    retry = policy(time)
    retry.failed(OTHER, retry_after)
    retry.wait(HOME)
    assert time.waits == []
    retry.wait(OTHER)
    retry.wait(OTHER)
    assert time.waits == [wait]


def test_usual_wait_is_bounded() -> None:
    """It should not wait for minutes, whatever the configuration of pywikibot says."""
    time = Time()
    retry = policy(time, usual=1000)
    retry.failed(OTHER, None)
    retry.wait(OTHER)
    assert time.waits == [LONGEST_WAIT]


def test_longer_than_a_run_waits() -> None:
    """It should not ask a wiki before the time that it wants has passed, and not wait for that either."""
    time = Time()
    retry = policy(time)
    retry.later(OTHER, 3600)
    with pytest.raises(RefusedError, match='3600 seconds') as found:
        retry.wait(OTHER)
    assert (found.value.refusal, time.waits) == (Refusal.RATE_LIMITED, [])
    time.now += 3595
    retry.wait(OTHER)
    assert time.waits == [5]


@pytest.mark.parametrize(('server', 'most'), [(OTHER, MOST_FAILURES), (HOME, MOST_FAILURES_AT_HOME)])
def test_given_up(server: str, most: int) -> None:
    """It should leave a wiki alone after some failures in a row, and count anew after an answer."""
    retry = policy(Time())
    for _ in range(most - 1):
        retry.failed(server, 0)
    retry.answered(server)
    for _ in range(most):
        assert not retry.is_given_up(server)
        retry.failed(server, 0)
    with pytest.raises(NoAnswerError, match=server):
        retry.wait(server)


@pytest.mark.parametrize(
    ('text', 'seconds'),
    [
        (None, None), ('5', 5), ('0.5', 0.5), ('-3', 0), ('soon', None), ('', None), ('nan', None),
        ('inf', None), ('9' * 400, None), ('Mon, 03 May 2027 14:00:30 GMT', 30),
        ('Mon, 03 May 2027 13:00:00 GMT', 0),
        ('Mon, 99 May 2027 13:00:00 GMT', None),
    ],
)  # fmt: skip
def test_header(text: str | None, seconds: float | None) -> None:
    """It should read seconds or a date, and take anything else for nothing said."""
    assert parse_retry_after(text, NOW) == seconds
