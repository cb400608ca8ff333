"""When a wiki may be asked, and when it may be asked again: one policy for all requests.

A wiki that asks to be left alone (``Retry-After``) gets no request before that time, whoever asks. A wiki
that does not answer is left alone for the rest of the run: one silent wiki must not hold up the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite

from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api_errors import NoAnswerError, RefusedError

#: After so many failures in a row a wiki is not asked again.
MOST_FAILURES = 2
#: Nothing is known without the wiki of the requests, so it gets more chances.
MOST_FAILURES_AT_HOME = 5
#: Longest wait for one wiki, in seconds. A wiki that asks for more time gets it: it is not asked.
LONGEST_WAIT = 10.0


class RetryPolicy:
    """Keeps for each wiki how often it has failed, and from when on it may be asked.

    :param clock: tells seconds that never run backwards, as ``time.monotonic``
    :param sleep: waits for so many seconds
    :param usual_wait: seconds before a wiki is asked again that does not say how long it wants
    """

    def __init__(
        self, home: str, clock: Callable[[], float], sleep: Callable[[float], object], usual_wait: float
    ) -> None:
        self._home = home
        self._clock = clock
        self._sleep = sleep
        self._usual_wait = min(usual_wait, LONGEST_WAIT)
        self._failures: Counter[str] = Counter()
        self._not_before: dict[str, float] = {}
        self._why: dict[str, Refusal] = {}

    def wait(self, server: str) -> None:
        """Return as soon as a wiki may be asked.

        :raises NoAnswerError: it has failed too often
        :raises RefusedError: it wants more time than a run can wait
        """
        if self.is_given_up(server):
            raise NoAnswerError(server, 'it did not answer before')
        left = self._not_before.get(server, 0.0) - self._clock()
        if left > LONGEST_WAIT:
            raise RefusedError(self._why[server], f'{server} wants no request for {left:.0f} seconds')
        if left > 0:
            self._sleep(left)

    def is_given_up(self, server: str) -> bool:
        """Tell whether a wiki has failed too often."""
        most = MOST_FAILURES_AT_HOME if server == self._home else MOST_FAILURES
        return self._failures[server] >= most

    def answered(self, server: str) -> None:
        """Take down that a wiki has answered."""
        del self._failures[server]

    def failed(self, server: str, retry_after: float | None) -> None:
        """Take down that a wiki has not answered.

        :param retry_after: how many seconds it wants to be left alone; None where it does not say
        """
        self._failures[server] += 1
        self.later(server, retry_after)

    def later(self, server: str, retry_after: float | None, why: Refusal = Refusal.RATE_LIMITED) -> None:
        """Take down that a wiki wants to be left alone for some time, and why."""
        self._why[server] = why
        wait = self._usual_wait if retry_after is None else retry_after
        self._not_before[server] = self._clock() + wait


def parse_retry_after(text: str | None, now: datetime | None = None) -> float | None:
    """Read a header ``Retry-After`` (RFC 9110): seconds, or a date of HTTP.

    :param now: the moment of the answer (UTC), for a date
    :return: seconds, never below 0; None where the header is missing or not understood
    """
    if text is None:
        return None
    with suppress(ValueError):
        seconds = float(text)
        return max(0.0, seconds) if isfinite(seconds) else None
    with suppress(ValueError, TypeError, OverflowError):
        date = parsedate_to_datetime(text)
        return max(0.0, (date.astimezone(UTC) - (now or datetime.now(UTC))).total_seconds())
    return None
