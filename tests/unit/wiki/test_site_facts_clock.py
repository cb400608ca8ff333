"""The clock of a wiki."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.wiki.site_facts import wiki_clock

NOW = datetime(2027, 5, 3, 12, 0, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Wiki:
    """A hand-made stand-in for a wiki that tells the time.

    :param answer: its answer
    """

    home = 'https://metawiki.example'

    def __init__(self, answer: Mapping[str, Any]) -> None:
        self._answer = answer

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        assert (server, parameters['curtimestamp']) == (self.home, '1')
        yield self._answer

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        raise AssertionError(f'{server} was asked {holds} {parameters}')


@pytest.mark.parametrize('wrong', [timedelta(), 24 * HOUR, -24 * HOUR, timedelta(minutes=-10)])
def test_goes_by_the_wiki(wrong: timedelta) -> None:
    """It should tell the time of the wiki, also later, whatever the machine says."""
    times = iter([NOW + wrong, NOW + wrong + HOUR])
    clock = wiki_clock(Wiki({'curtimestamp': '2027-05-03T12:00:00Z'}), lambda: next(times))
    assert clock() == NOW + HOUR


def test_fractions() -> None:
    """It should leave a clock alone that differs by no more than an answer takes."""
    exact = NOW + timedelta(seconds=2, microseconds=5)
    assert wiki_clock(Wiki({'curtimestamp': '2027-05-03T12:00:00Z'}), lambda: exact)() == exact


@pytest.mark.parametrize('answer', [{}, {'curtimestamp': None}, {'curtimestamp': 'noon'}])
def test_no_time(answer: Mapping[str, Any]) -> None:
    """It should fail where the wiki does not tell the time."""
    with pytest.raises(WikiError):
        wiki_clock(Wiki(answer), lambda: NOW)
