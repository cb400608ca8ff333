"""The options of a pywikibot script: ``-name`` and ``-name:VALUE``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from globalban_bot.errors import UserError


class Options:
    """What stood on the command line.

    :param arguments: what pywikibot has left of it
    :param flags: options without a value
    :param values: options with a value, each with what makes of the text what is wanted; ``ValueError`` means
        that the text is none of it
    :raises UserError: an option that there is not, or a value that does not fit
    """

    def __init__(
        self, arguments: Iterable[str], flags: Iterable[str], values: Mapping[str, Callable[[str], Any]]
    ) -> None:
        self._given: dict[str, list[Any]] = {}
        known = frozenset(flags)
        for argument in arguments:
            name, colon, text = argument.partition(':')
            name = name.removeprefix('-')
            make = values.get(name)
            if not argument.startswith('-') or (make is None) == bool(colon) or not (make or name in known):
                raise _refused(argument)
            self._given.setdefault(name, []).append(_value(argument, text, make) if make else None)

    def __contains__(self, name: str) -> bool:
        """Tell whether an option was given."""
        return name in self._given

    def all(self, name: str) -> list[Any]:
        """Return all values of an option, in their order."""
        return self._given.get(name, [])

    def one(self, name: str, default: Any = None) -> Any:
        """Return the value of an option; the last one counts."""
        return self._given.get(name, [default])[-1]


def _value(argument: str, text: str, make: Callable[[str], Any]) -> Any:
    try:
        if not text:
            raise ValueError(argument)
        return make(text)
    except ValueError as error:
        raise _refused(argument) from error


def _refused(argument: str) -> UserError:
    return UserError(f'{argument}: there is no such option, or its value is missing; see -help')


def number(text: str) -> int:
    """Return a number that is not negative.

    :raises ValueError: it is none
    """
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)
