"""Values as MediaWiki's API writes and reads them, each read by its type.

.. code-block:: python

   with understood(server):
       revision = number_at(answer, 'query', 'pages', 0, 'revisions', 0, 'revid')

Where the answer has something else there, the error says so and names the path: ``query.pages.0 is missing``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

#: Words for "no end", as MediaWiki takes them (``wfIsInfinity``).
_ENDLESS = {'infinite', 'indefinite', 'infinity', 'never'}
#: Digits of a timestamp as MediaWiki's databases keep it, such as 20250503140500.
_STORED = 14

#: Names of databases and addresses of wikis go into wikitext as they are: nothing else may be in them.
DATABASE = re.compile(r'[a-z0-9_]+')
SERVER = re.compile(r'https://[a-z0-9.-]+(?::\d+)?')


#: Part of a path: a key, or a place in a list.
Step = str | int


class OddValueError(ValueError):
    """An answer has something else than documented.

    :param path: where
    :param what: what is wrong there
    """

    def __init__(self, path: Iterable[Step], what: str) -> None:
        super().__init__(f'{".".join(str(step) for step in path)} {what}')


def value_at(answer: Any, *path: Step) -> Any:
    """Return the value at a path.

    :raises OddValueError: there is none
    """
    found = answer
    for number, step in enumerate(path, 1):
        fits = isinstance(found, dict if isinstance(step, str) else list)
        if not fits or (step not in found if isinstance(step, str) else step >= len(found)):
            raise OddValueError(path[:number], 'is missing')
        found = found[step]
    return found


def _typed(kind: type, name: str, answer: Any, path: tuple[Step, ...]) -> Any:
    found = value_at(answer, *path)
    # To Python true and false are numbers, too.
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        raise OddValueError(path, f'is no {name}')
    return found


def mapping_at(answer: Any, *path: Step) -> Mapping[str, Any]:
    """Return the object at a path.

    :raises OddValueError: there is none
    """
    found: Mapping[str, Any] = _typed(dict, 'object', answer, path)
    return found


def list_at(answer: Any, *path: Step) -> list[Any]:
    """Return the list at a path, whatever it holds.

    :raises OddValueError: there is none
    """
    found: list[Any] = _typed(list, 'list', answer, path)
    return found


def mappings_at(answer: Any, *path: Step) -> list[Mapping[str, Any]]:
    """Return the list of objects at a path.

    :raises OddValueError: there is none, or it holds something else
    """
    found = list_at(answer, *path)
    return [mapping_at(answer, *path, place) for place in range(len(found))]


def texts_at(answer: Any, *path: Step) -> list[str]:
    """Return the list of texts at a path.

    :raises OddValueError: there is none, or it holds something else
    """
    found = list_at(answer, *path)
    return [text_at(answer, *path, place) for place in range(len(found))]


def text_at(answer: Any, *path: Step) -> str:
    """Return the text at a path.

    :raises OddValueError: there is none
    """
    found: str = _typed(str, 'text', answer, path)
    return found


def number_at(answer: Any, *path: Step) -> int:
    """Return the whole number at a path; ids, sizes and counts are never below 0.

    :raises OddValueError: there is none
    """
    found: int = _typed(int, 'number', answer, path)
    if found < 0:
        raise OddValueError(path, 'is below 0')
    return found


def time_at(answer: Any, *path: Step) -> datetime:
    """Return the moment at a path (UTC).

    :raises OddValueError: there is none
    """
    try:
        return parse_timestamp(text_at(answer, *path))
    except OddValueError:
        raise
    except ValueError as error:
        raise OddValueError(path, 'is no timestamp') from error


def optional_text(answer: Mapping[str, Any], key: str) -> str | None:
    """Return a text that may be missing.

    :raises OddValueError: there is something else
    """
    return text_at(answer, key) if key in answer else None


def nullable_text(answer: Mapping[str, Any], key: str) -> str | None:
    """Return a text that may be null or missing, as the time of a registration.

    :raises OddValueError: there is something else
    """
    return None if answer.get(key) is None else text_at(answer, key)


def optional_mappings(answer: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Return a list of objects that may be missing.

    :raises OddValueError: there is something else
    """
    return mappings_at(answer, key) if key in answer else []


def flag_at(answer: Mapping[str, Any], key: str) -> bool:
    """Return a flag: missing or false is no; true, or an empty text (``formatversion=1``), is yes.

    :raises OddValueError: there is something else
    """
    found = answer.get(key, False)
    if not isinstance(found, bool) and found != '':
        raise OddValueError((key,), 'is no flag')
    return found is not False


def fitting(form: re.Pattern[str], text: str) -> str:
    """Return a text that has a form.

    :raises ValueError: it has not
    """
    if not form.fullmatch(text):
        raise ValueError(text)
    return text


def parse_timestamp(text: str) -> datetime:
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


def parse_expiry(text: str | None) -> datetime | None:
    """Read when a block ends (UTC); None for one that does not.

    :raises ValueError: it is neither a timestamp nor a word for "no end"
    """
    if text is None or not text.strip() or text.strip().lower() in _ENDLESS:
        return None
    return parse_timestamp(text)


def log_params(line: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the parameters of a line of a log, by name or by number; None where the wiki hides them.

    The API writes parameters without names as a list, and so it does with none at all.

    :raises OddValueError: they are something else
    """
    if line.get('actionhidden') or 'params' not in line:
        return None
    if isinstance(line['params'], list):
        return {str(number): value for number, value in enumerate(line['params'])}
    return mapping_at(line, 'params')


def words_of(value: Any) -> list[str]:
    """Return a list of words, which old lines of logs have as one text with commas.

    :raises OddValueError: it is neither
    """
    if value is None:
        return []
    if isinstance(value, str):
        return [word.strip() for word in value.split(',')]
    return texts_at({'words': value}, 'words')


def first_second(time: datetime) -> str:
    """Write the first whole second that is not before a moment: bounds of the API are inclusive."""
    whole = time.astimezone(UTC).replace(microsecond=0)
    return _written(whole if whole == time else whole + timedelta(seconds=1))


def second_before(time: datetime) -> str:
    """Write the last whole second that is before a moment."""
    return _written((time.astimezone(UTC) - timedelta(microseconds=1)).replace(microsecond=0))


def _written(time: datetime) -> str:
    return time.strftime('%Y-%m-%dT%H:%M:%SZ')
