"""Read a YAML file strictly: one document of plain data, and every error with its place."""

from __future__ import annotations

import yaml
from yaml.reader import ReaderError

from globalban_bot.errors import UserError
from globalban_bot.policy.items import Item, error_at

#: How deep lists and mappings may stand in each other; the files of this package need six.
_DEPTH = 20
_EMPTY = 'the file is empty; copy the form of another file of this folder'
_SECOND = 'a second document begins here; make it a file of its own'
_ALIAS = 'an alias ("*") stands here; write the value out'
_ANCHOR = 'an anchor ("&") stands here; take it out'
_TAG = 'a tag ("!") stands here; take it out: only plain texts, numbers, lists and mappings are read'
_DEEP = f'more than {_DEPTH} lists or mappings stand in each other; look at the brackets'
_SYNTAX = 'look at the quotes, colons and indents here and above'
_NUMBER = 'somewhere in the file stands a number that YAML cannot hold; mend it'


class _Loader(yaml.SafeLoader):
    """Composes plain data: no tags, and no aliases, by which a small file could unfold to a huge one."""

    def __init__(self, text: str, file: str) -> None:
        super().__init__(text)
        self.file = file
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.NodeEvent = self.peek_event()  # type: ignore[no-untyped-call]
        problem = _refused(event) or (_DEEP if self.depth >= _DEPTH else None)
        if problem is not None:
            raise _at(self.file, event, problem)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_document(data: str | bytes, file: str) -> Item:
    """Read a file with one YAML document.

    :param file: name of the file, for people
    :raises UserError: it is not UTF-8, no YAML, no plain data, empty, or has several documents
    """
    text = _decoded(data, file) if isinstance(data, bytes) else data
    try:
        return _single(_Loader(text, file), file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        raise error_at(file, line, column, f'{error.problem}; {_SYNTAX}') from None
    except ReaderError as error:
        problem = f'the character U+{ord(text[error.position]):04X} must not stand in YAML; take it out'
        raise error_at(file, *_place(text, error.position), problem) from None
    except (ValueError, OverflowError):
        # Numbers in escapes or in a %YAML line that are too large for PyYAML; it keeps no place of them.
        raise error_at(file, 0, 0, _NUMBER) from None


def _single(loader: _Loader, file: str) -> Item:
    """Return the only document."""
    if not loader.check_node():
        raise error_at(file, 0, 0, _EMPTY)
    node: yaml.Node = loader.get_node()  # type: ignore[assignment]
    if loader.check_node():
        raise _at(file, loader.peek_event(), _SECOND)  # type: ignore[no-untyped-call]
    return Item(node, file, 'the file')


def _refused(event: yaml.NodeEvent) -> str | None:
    """Return why a part is no plain data, if so."""
    if isinstance(event, yaml.AliasEvent):
        return _ALIAS
    if event.anchor is not None:
        return _ANCHOR
    return _TAG if getattr(event, 'tag', None) is not None else None


def _at(file: str, event: yaml.Event, problem: str) -> UserError:
    """Return an error at the place of an event; PyYAML gives every one of them a place."""
    mark = event.start_mark
    return error_at(file, mark.line if mark else 0, mark.column if mark else 0, problem)


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode('utf-8')
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode('utf-8'), error.start)
        raise error_at(file, line, column, 'this is not UTF-8; save the file as UTF-8') from None


def _place(text: str, position: int) -> tuple[int, int]:
    """Return line and column of a position, from 0."""
    before = text[:position]
    return before.count('\n'), len(before) - before.rfind('\n') - 1
