"""Values as MediaWiki's API writes and reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

#: Words for "no end", as MediaWiki takes them (``wfIsInfinity``).
_ENDLESS = {'infinite', 'indefinite', 'infinity', 'never'}
#: Digits of a timestamp as MediaWiki's databases keep it, such as 20250503140500.
_STORED = 14

#: Names of databases and addresses of wikis go into wikitext as they are: nothing else may be in them.
DATABASE = re.compile(r'[a-z0-9_]+')
SERVER = re.compile(r'https://[a-z0-9.-]+(?::\d+)?')


def fitting(form: re.Pattern[str], text: str) -> str:
    """Return a text that has a form.

    :raises ValueError: it has not
    """
    if not form.fullmatch(text):
        raise ValueError(text)
    return text


def moment(text: str) -> datetime:
    """Read a timestamp (UTC), in the form of the API or, as logs keep some, in that of MediaWiki's databases.

    :raises ValueError: it is none
    """
    if len(text) == _STORED and text.isdecimal():
        text = f'{text[:8]}T{text[8:]}Z'
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    try:
        return found.astimezone(UTC)
    except OverflowError as error:
        # The words of whoever blocked may name a year that no calendar has in UTC.
        raise ValueError(text) from error


def end(text: str | None) -> datetime | None:
    """Read when a block ends (UTC); None for one that does not.

    :raises ValueError: it is neither a timestamp nor a word for "no end"
    """
    if text is None or not text.strip() or text.strip().lower() in _ENDLESS:
        return None
    return moment(text)


def details(line: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the details of a line of a log, by name or by number; None where the wiki hides them.

    The API writes details without names as a list, and so it does with none at all.
    """
    if line.get('actionhidden') or 'params' not in line:
        return None
    found = line['params']
    return found if isinstance(found, dict) else {str(number): value for number, value in enumerate(found)}


def words(value: Any) -> list[str]:
    """Return a list of words, which old lines of logs have as one text with commas."""
    return [word.strip() for word in value.split(',')] if isinstance(value, str) else value or []


def first_second(time: datetime) -> str:
    """Write the first whole second that is not before a moment: bounds of the API are inclusive."""
    whole = time.astimezone(UTC).replace(microsecond=0)
    return _written(whole if whole == time else whole + timedelta(seconds=1))


def second_before(time: datetime) -> str:
    """Write the last whole second that is before a moment."""
    return _written((time.astimezone(UTC) - timedelta(microseconds=1)).replace(microsecond=0))


def _written(time: datetime) -> str:
    return time.strftime('%Y-%m-%dT%H:%M:%SZ')
