"""Values as MediaWiki's API writes and reads them: moments, ends of blocks, names of wikis."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

#: Words for "no end", as MediaWiki takes them (``wfIsInfinity``).
_ENDLESS = {'infinite', 'indefinite', 'infinity', 'never'}
#: Digits of a timestamp as MediaWiki's databases keep it, such as 20250503140500.
_STORED = 14

#: Names of databases and addresses of wikis go into wikitext as they are: nothing else may be in them.
DATABASE = re.compile(r'[a-z0-9_]+')
SERVER = re.compile(r'https://[a-z0-9.-]+(?::\d+)?')


def parse_timestamp(text: str) -> datetime:
    """Read a timestamp (UTC) of the API, or of a database as logs keep some; raise ValueError for others."""
    if len(text) == _STORED and text.isdecimal():
        text = f'{text[:8]}T{text[8:]}Z'
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(text)
    try:
        return time.astimezone(UTC)
    except OverflowError as error:
        # The words of whoever blocked may name a year that no calendar has in UTC.
        raise ValueError(text) from error


def parse_expiry(text: str | None) -> datetime | None:
    """Read when a block ends (UTC); None for one that does not.

    :raises ValueError: it is neither a timestamp nor a word for "no end"
    """
    if text is None or not text.strip() or text.strip().lower() in _ENDLESS:
        return None
    return parse_timestamp(text)


def first_second(time: datetime) -> str:
    """Write the first whole second that is not before a moment: bounds of the API are inclusive."""
    whole = time.astimezone(UTC).replace(microsecond=0)
    return _written(whole if whole == time else whole + timedelta(seconds=1))


def second_before(time: datetime) -> str:
    """Write the last whole second that is before a moment."""
    return _written((time.astimezone(UTC) - timedelta(microseconds=1)).replace(microsecond=0))


def _written(time: datetime) -> str:
    return time.strftime('%Y-%m-%dT%H:%M:%SZ')
