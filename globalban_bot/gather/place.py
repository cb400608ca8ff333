"""A value in a file that people write, and where it stands: so that each error can say where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

from globalban_bot.errors import UserError
from globalban_bot.model.unknown import Gap, Unknown

_GAPS = {gap.value: gap for gap in Gap}


@dataclass(frozen=True)
class FileNode:
    """A value of a file.

    :param value: as YAML or JSON gives it
    :param where: the file and the keys that lead there
    """

    value: Any
    where: str

    def wrong(self, what: str) -> NoReturn:
        """Say what is wrong here, and what to do.

        :raises UserError: always
        """
        raise UserError(f'{self.where}: {what}')

    def fields(self, known: Iterable[str], required: Iterable[str] = ()) -> Mapping[str, FileNode]:
        """Return the values of a mapping by their keys.

        :raises UserError: it is none, or has a key that is not known, or lacks one
        """
        names = [*known]
        found = self.entries()
        for name in found:
            if name not in names:
                self.wrong(f'the key {name!r} is not known; known are {", ".join(names)}')
        for name in required:
            if name not in found:
                self.wrong(f'the key {name!r} is missing; add it')
        return found

    def entries(self) -> Mapping[str, FileNode]:
        """Return the values of a mapping whose keys can be any text.

        :raises UserError: it is none
        """
        if not isinstance(self.value, dict):
            self.wrong('write keys with values here')
        for name in self.value:
            if not isinstance(name, str):
                self.wrong(f'the key {name!r} is no text; put it in quotes')
        return {name: FileNode(value, f'{self.where}: {name}') for name, value in self.value.items()}

    def items(self) -> tuple[FileNode, ...]:
        """Return the values of a list.

        :raises UserError: it is none
        """
        if not isinstance(self.value, list):
            self.wrong('write a list here')
        return tuple(FileNode(value, f'{self.where}: {number}') for number, value in enumerate(self.value, 1))

    def gap(self) -> Unknown | None:
        """Return the gap that stands here; None where something else does."""
        gap = _GAPS.get(self.value) if isinstance(self.value, str) else None
        return None if gap is None else Unknown(gap)

    def text(self) -> str:
        """Return a text.

        :raises UserError: it is none
        """
        if not isinstance(self.value, str):
            self.wrong('write a text here, in quotes')
        return self.value

    def number(self) -> int:
        """Return a number from 0.

        :raises UserError: it is none
        """
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            self.wrong('write a whole number here, not below 0')
        return self.value

    def flag(self) -> bool:
        """Return true or false.

        :raises UserError: it is neither
        """
        if not isinstance(self.value, bool):
            self.wrong('write true or false here')
        return self.value

    def time(self) -> datetime:
        """Return a moment (UTC).

        :raises UserError: it is none
        """
        form = "write a time here, in UTC and in quotes, such as '2025-05-03T14:05:00Z'"
        if not isinstance(self.value, str):
            self.wrong(form)
        try:
            found = datetime.fromisoformat(self.value)
            if found.tzinfo is None:
                self.wrong(form)
            return found.astimezone(UTC)
        except (ValueError, OverflowError):
            self.wrong(form)

    def time_or_none(self) -> datetime | None:
        """Return a moment (UTC); None for null.

        :raises UserError: it is neither
        """
        return None if self.value is None else self.time()
