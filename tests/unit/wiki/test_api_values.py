"""Values as MediaWiki's API writes and reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.wiki.api_values import (
    first_second,
    parse_expiry,
    parse_timestamp,
    second_before,
)

TIME = datetime(2025, 5, 3, 14, 5, tzinfo=UTC)
#: hypothesis takes naive bounds.
BETWEEN = datetime(2001, 1, 2), datetime(2100, 1, 1)  # noqa: DTZ001
TIMES = st.datetimes(*BETWEEN, timezones=st.just(UTC))


@pytest.mark.parametrize('text', ['2025-05-03T14:05:00Z', '20250503140500', '2025-05-03T16:05:00+02:00'])
def test_moment(text: str) -> None:
    """It should read a timestamp of the API and one of the databases."""
    assert parse_timestamp(text) == TIME


@pytest.mark.parametrize(
    'text',
    [
        '',
        'yesterday',
        '2025-05-03T14:05:00',
        '2025-99-03T14:05:00Z',
        '9999-12-31T23:59:59-05:00',
        '0001-01-01T00:00:00+05:00',
        '12025-05-03T14:05:00Z',
        '00000503140500',
    ],
)
def test_no_moment(text: str) -> None:
    """It should refuse what is no timestamp in UTC, nor becomes one."""
    with pytest.raises(ValueError):
        parse_timestamp(text)


@pytest.mark.parametrize('text', [None, '', ' ', 'infinity', 'infinite', 'indefinite', 'Never'])
def test_no_end(text: str | None) -> None:
    """It should know each of MediaWiki's words for "no end"."""
    assert parse_expiry(text) is None


@given(TIMES)
def test_bounds(time: datetime) -> None:
    """It should write bounds that include just the seconds before a moment, or from it on."""
    last, first = parse_timestamp(second_before(time)), parse_timestamp(first_second(time))
    assert last < time <= first
    assert first - last == timedelta(seconds=1)
