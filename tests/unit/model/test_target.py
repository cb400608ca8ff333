"""Where somebody can be told."""

from __future__ import annotations

import pytest

from globalban_bot.model.target import Target, Unreachable


@pytest.mark.parametrize(
    ('url', 'host'), [('https://en.wikipedia.org', 'en.wikipedia.org'), ('http://a:80', 'a:80'), ('', '')]
)
def test_host(url: str, host: str) -> None:
    """It should name a wiki by its domain, as lists of targets do."""
    assert Target('enwiki', url, 'en').host == host


def test_retry() -> None:
    """It should look again only where a wiki did not answer: all else is as it is."""
    assert [lack for lack in Unreachable if lack.retry] == [Unreachable.UNREACHABLE]
