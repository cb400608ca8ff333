"""The parts of a YAML file: each keeps its place, and is read as one type or refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import TypeVar

import yaml

from globalban_bot.errors import UserError

#: A day, or a minute of it in UTC.
_MOMENT = re.compile(r'[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}Z)?')
#: No rule is older than Wikimedia; a later year is a slip.
_YEARS = range(2001, 2200)
#: What YAML takes a value for, in the words of people.
_KINDS = {
    'str': 'text',
    'int': 'a number',
    'float': 'a number',
    'bool': 'yes or no without quotes',
    'null': 'nothing',
    'timestamp': 'a date without quotes',
    'map': 'a mapping',
    'seq': 'a list',
}

Word = TypeVar('Word', bound=Enum)


def error_at(file: str, line: int, column: int, problem: str) -> UserError:
    """Return an error that names a place in a file. The arguments count from 0, the message from 1."""
    return UserError(f'{file}, line {line + 1}, column {column + 1}: {problem}')


@dataclass(frozen=True)
class Item:
    """A part of a file.

    :param node: what stands there
    :param file: name of the file, for people
    :param name: the key under which it stands
    """

    node: yaml.Node
    file: str
    name: str

    def wrong(self, problem: str) -> UserError:
        """Return the error that names the place of this part, and what is wrong there."""
        mark = self.node.start_mark
        return error_at(self.file, mark.line, mark.column, f'{self.name}: {problem}')

    def entries(self) -> dict[str, Item]:
        """Return the parts of a mapping with keys of any name.

        :raises UserError: it is no mapping, or a key stands there twice
        """
        return {value.name: value for _, value in self._pairs()}

    def record(self, needed: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Item]:
        """Return the parts of a mapping with known keys.

        :raises UserError: as :meth:`entries`; or a key is unknown, or one is missing
        """
        needed = tuple(needed)
        known = (*needed, *optional)
        found: dict[str, Item] = {}
        for key, value in self._pairs():
            if value.name not in known:
                raise key.wrong(f'{value.name!r} is not known here; use: {", ".join(known)}')
            found[value.name] = value
        for name in needed:
            if name not in found:
                raise self.wrong(f'{name!r} is missing; needed are: {", ".join(needed)}')
        return found

    def items(self) -> list[Item]:
        """Return the parts of a list.

        :raises UserError: it is no list, or an empty one
        """
        if not isinstance(self.node, yaml.SequenceNode):
            raise self._other('a list')
        if not self.node.value:
            raise self.wrong('the list is empty; write at least one entry')
        return [Item(node, self.file, self.name) for node in self.node.value]

    def text(self) -> str:
        """Return a text.

        :raises UserError: it is none, or an empty one
        """
        if self._kind != 'str':
            raise self._other('text', '; put it in quotes' if isinstance(self.node, yaml.ScalarNode) else '')
        if not str(self.node.value).strip():
            raise self.wrong('the text is empty; write one')
        return str(self.node.value)

    def word(self, words: type[Word]) -> Word:
        """Return one of some words.

        :raises UserError: it is none of them
        """
        try:
            return words(self.text())
        except ValueError:
            allowed = ', '.join(word.value for word in words)
            raise self.wrong(f'{self.text()!r} is not known; use one of: {allowed}') from None

    def whole(self, least: int, most: int) -> int:
        """Return a whole number.

        :raises UserError: it is none, or out of these limits
        """
        if self._kind not in {'int', 'float'}:
            raise self._other('a whole number, without quotes')
        written = str(self.node.value)
        # YAML also knows octal, hexadecimal and sexagesimal numbers; nobody writes them here on purpose.
        if not re.fullmatch(r'-?(0|[1-9][0-9]{0,17})', written):
            raise self.wrong(f'{written!r} is no whole number in plain digits; write one, as 500')
        if not least <= int(written) <= most:
            raise self.wrong(f'{written} is out of the limits; write a number from {least} to {most}')
        return int(written)

    def flag(self) -> bool:
        """Return true or false.

        :raises UserError: it is neither
        """
        if self._kind != 'bool' or self.node.value not in {'true', 'false'}:
            raise self.wrong('must be true or false, without quotes')
        return str(self.node.value) == 'true'

    def is_null(self) -> bool:
        """Tell whether there is plainly nothing: ``null``."""
        return self._kind == 'null'

    def moment(self) -> datetime:
        """Return a moment in UTC; for a day its first one.

        :raises UserError: it is none, or has no quotes
        """
        form = "write a date as '2018-01-10' or '2018-01-10T15:24Z', in quotes"
        # YAML takes an unquoted date for a date, but one with minutes for a text.
        if not isinstance(self.node, yaml.ScalarNode) or self.node.style not in {"'", '"'}:
            raise self.wrong(f'no date in quotes; {form}')
        if _MOMENT.fullmatch(self.node.value):
            try:
                moment = datetime.fromisoformat(self.node.value).replace(tzinfo=UTC)
            except ValueError:
                raise self.wrong(f'there is no day or time {self.node.value!r}; {form}') from None
            if moment.year in _YEARS:
                return moment
            raise self.wrong(f'the year is out of the limits; write one from {_YEARS[0]} to {_YEARS[-1]}')
        raise self.wrong(f'{self.node.value!r} is no date; {form}')

    @property
    def _kind(self) -> str:
        return self.node.tag.rpartition(':')[2]

    def _other(self, wanted: str, remedy: str = '') -> UserError:
        return self.wrong(f'must be {wanted}; this is {_KINDS.get(self._kind, "something else")}{remedy}')

    def _pairs(self) -> Iterator[tuple[Item, Item]]:
        """Yield keys and values of a mapping."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self._other('a mapping (lines of "key: value")')
        lines: dict[str, int] = {}
        for name, value in self.node.value:
            key = Item(name, self.file, self.name)
            if not isinstance(name, yaml.ScalarNode):
                raise key.wrong('a key must be a word')
            # As it is written: YAML takes a key "on" for true.
            written = str(name.value)
            if written in lines:
                raise key.wrong(f'{written!r} stands already on line {lines[written]}; take one of them out')
            lines[written] = name.start_mark.line + 1
            yield key, Item(value, self.file, written)
