"""Ask wikis, and read their answers strictly: each value by its type.

.. code-block:: python

   answer = ask_once(wikis, server, titles='A', prop='revisions')
   revision = answer.number('query', 'pages', 0, 'revisions', 0, 'revid')

Where the answer has something else there than documented, that counts as no answer of this wiki. The error
tells the path, as ``query.pages.0 is missing``, and no value: values can name people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn, Protocol, TypeVar

from globalban_bot.wiki.api_errors import NoAnswerError
from globalban_bot.wiki.api_values import parse_expiry, parse_timestamp

_Item = TypeVar('_Item')


class Queries(Protocol):
    """Asks any wiki of a farm, by one request a call (:class:`globalban_bot.wiki.api.ApiClient`)."""

    @property
    def home(self) -> str:
        """Server of the wiki with the requests, as ``https://meta.wikimedia.org``."""

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        """Yield the answer of ``action=query``, part by part, as far as the caller takes it.

        :raises WikiError: there is no answer, or an error
        """

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        """Return the answer of another action, whose name stands in ``action``.

        :param holds: the key without which the answer is not understood
        :raises WikiError: there is no answer, or an error
        """


class ApiAnswer:
    """A value of an answer. All methods raise ``NoAnswerError`` where it is another than documented.

    :param value: as JSON gives it
    :param path: keys and places in lists that lead to it
    """

    def __init__(self, server: str, value: Any, path: tuple[str | int, ...] = ()) -> None:
        self.server = server
        self.value = value
        self._path = path

    def odd(self, what: str) -> NoReturn:
        """Say that this value is another than documented.

        :param what: what is wrong, without the value
        :raises NoAnswerError: always
        """
        where = '.'.join(str(step) for step in self._path)
        raise NoAnswerError(
            self.server, f'an answer of another form than documented ({f"{where} {what}"[:100]})'
        )

    def __contains__(self, key: str) -> bool:
        return key in self._typed(dict, 'object')

    def at(self, *path: str | int) -> ApiAnswer:
        """Return the value at a path below this one."""
        answer = self
        for step in path:
            fits = isinstance(answer.value, dict if isinstance(step, str) else list)
            inner = ApiAnswer(self.server, None, (*answer._path, step))
            if not fits or (step not in answer.value if isinstance(step, str) else step >= len(answer.value)):
                inner.odd('is missing')
            inner.value = answer.value[step]
            answer = inner
        return answer

    def text(self, *path: str | int) -> str:
        """Return the text at a path."""
        text: str = self.at(*path)._typed(str, 'text')
        return text

    def number(self, *path: str | int) -> int:
        """Return the whole number at a path; ids, sizes and counts are never below 0."""
        answer = self.at(*path)
        number: int = answer._typed(int, 'number')
        if number < 0:
            answer.odd('is below 0')
        return number

    def time(self, *path: str | int) -> datetime:
        """Return the moment at a path (UTC)."""
        return self.at(*path).read_text(parse_timestamp, 'is no timestamp')

    def texts(self, *path: str | int) -> list[str]:
        """Return the list of texts at a path."""
        return [item.text() for item in self.items(*path)]

    def items(self, *path: str | int) -> list[ApiAnswer]:
        """Return the list at a path, whatever it holds."""
        answer = self.at(*path)
        return [answer.at(place) for place in range(len(answer._typed(list, 'list')))]

    def objects(self, *path: str | int) -> list[ApiAnswer]:
        """Return the list of objects at a path."""
        items = self.items(*path)
        for item in items:
            item._typed(dict, 'object')
        return items

    def fields(self, *path: str | int) -> dict[str, ApiAnswer]:
        """Return the values of the object at a path by their keys."""
        answer = self.at(*path)
        return {key: answer.at(key) for key in answer._typed(dict, 'object')}

    def read_text(self, read: Callable[[str], _Item], what: str) -> _Item:
        """Return what a function reads from this text.

        :param read: raises ``ValueError`` where it cannot
        """
        try:
            return read(self.text())
        except (ValueError, RecursionError):
            self.odd(what)

    def fitting(self, form: re.Pattern[str], key: str) -> str:
        """Return the text at a key, which has to have a form."""
        text = self.text(key)
        if not form.fullmatch(text):
            self.at(key).odd('has another form')
        return text

    def flag(self, key: str) -> bool:
        """Return a flag: missing or false is no; true, or an empty text (``formatversion=1``), is yes."""
        if key not in self:
            return False
        answer = self.at(key)
        if not isinstance(answer.value, bool) and answer.value != '':
            answer.odd('is no flag')
        return answer.value is not False

    def text_if_any(self, key: str) -> str | None:
        """Return a text that may be missing."""
        return self.text(key) if key in self else None

    def time_if_any(self, key: str) -> datetime | None:
        """Return a moment (UTC) that may be missing, null or empty, as the time of a registration."""
        is_there = key in self and self.value[key] is not None and self.value[key] != ''
        return self.time(key) if is_there else None

    def expiry(self, key: str = 'expiry') -> datetime | None:
        """Return when a block ends (UTC); None for one that does not, or where nothing says so."""
        return self.at(key).read_text(parse_expiry, 'is no end of a block') if key in self else None

    def lines(self, *path: str) -> list[ApiAnswer]:
        """Return the list of objects at a path of which the last key may be missing."""
        *way, key = path
        holder = self.at(*way)
        return holder.objects(key) if key in holder else []

    def revisions(self) -> Iterator[ApiAnswer]:
        """Yield the revisions of all pages of this part of an answer."""
        for page in self.lines('query', 'pages'):
            yield from page.lines('revisions')

    def content(self) -> str | None:
        """Return the text of this revision; None where it is hidden."""
        return self.at('slots', 'main').text_if_any('content')

    def user(self) -> str | None:
        """Return who made this revision, or did what this line of a log tells; None where that is hidden."""
        return None if self.flag('userhidden') else self.text_if_any('user')

    def ends(self, kind: str) -> dict[str, str]:
        """Return where titles lead: ``normalized`` and ``redirects`` have lines ``{"from": …, "to": …}``."""
        return {line.text('from'): line.text('to') for line in self.lines('query', kind)}

    def pages_of(self, titles: Iterable[str]) -> dict[str, ApiAnswer]:
        """Return the pages by the titles that were asked for; each has to be there."""
        names = self.ends('normalized')
        pages = {page.text('title'): page for page in self.objects('query', 'pages')}
        for title in titles:
            if names.get(title, title) not in pages:
                self.at('query', 'pages').odd('lacks a title that was asked for')
        return {title: pages[names.get(title, title)] for title in titles}

    def log_params(self) -> ApiAnswer | None:
        """Return the parameters of this line of a log, by name or by number; None where the wiki hides them.

        The API writes parameters without names as a list, and so it does with none at all.
        """
        if ('actionhidden' in self and self.value['actionhidden']) or 'params' not in self:
            return None
        params = self.at('params')
        if isinstance(params.value, list):
            params.value = {str(number): value for number, value in enumerate(params.value)}
        params._typed(dict, 'object')
        return params

    def words(self, *keys: str) -> list[str]:
        """Return the list of words at the first of some keys that is there, none without any.

        Old lines of logs have the list as one text with commas.
        """
        key = next((key for key in keys if key in self), None)
        if key is None or self.value[key] is None:
            return []
        if isinstance(self.value[key], str):
            return [word.strip() for word in self.value[key].split(',')]
        return self.texts(key)

    def _typed(self, kind: type, name: str) -> Any:
        # To Python true and false are numbers, too.
        if not isinstance(self.value, kind) or (kind is int and isinstance(self.value, bool)):
            self.odd(f'is no {name}')
        return self.value


def ask(wikis: Queries, server: str, *lists: str, **question: str) -> Iterator[ApiAnswer]:
    """Yield the answer of ``action=query``, part by part, as far as the caller takes it.

    :param lists: lists that the first part has to have: one that is left out would be taken for an empty one
    """
    for number, part in enumerate(wikis.query(server, **question)):
        answer = ApiAnswer(server, part)
        for kind in lists if number == 0 else ():
            answer.objects('query', kind)
        yield answer


def ask_once(wikis: Queries, server: str, **question: str) -> ApiAnswer:
    """Return the first part of the answer of ``action=query``."""
    return next(ask(wikis, server, **question))


def portions(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    """Yield a list in portions that can be asked for at once."""
    return (items[start : start + size] for start in range(0, len(items), size))
