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
            _check(argument, is_flag=name in known, has_value=name in values)
            self._given.setdefault(name, []).append(_value(argument, text, values[name]) if colon else None)

    def __contains__(self, name: str) -> bool:
        """Tell whether an option was given."""
        return name in self._given

    def all(self, name: str) -> list[Any]:
        """Return all values of an option, in their order."""
        return self._given.get(name, [])

    def one(self, name: str, default: Any = None) -> Any:
        """Return the value of an option; the last one counts."""
        return self._given.get(name, [default])[-1]


def _check(argument: str, *, is_flag: bool, has_value: bool) -> None:
    name, colon, _ = argument.partition(':')
    if not argument.startswith('-') or not (is_flag or has_value):
        raise UserError(f'{argument}: there is no such option; see -help')
    if colon and not has_value:
        raise UserError(f'{argument}: {name} takes no value; leave out the colon and what follows')
    if has_value and not colon:
        raise UserError(f'{argument}: its value is missing; write {name}:VALUE, see -help')


def _value(argument: str, text: str, make: Callable[[str], Any]) -> Any:
    name = argument.partition(':')[0]
    if not text:
        raise UserError(f'{argument}: its value is missing; write {name}:VALUE, see -help')
    try:
        return make(text)
    except ValueError as error:
        refused = f'{argument[:100]}: {name} does not take the value {text[:100]!r}; see -help'
        raise UserError(refused) from error


def number(text: str) -> int:
    """Return a number that is not negative.

    :raises ValueError: it is none
    """
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)
