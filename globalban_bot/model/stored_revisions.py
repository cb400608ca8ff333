"""Revisions whose texts are kept in a temporary file, so that a long history does not fill the memory."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import IO, overload

from globalban_bot.model.revision import Revision

#: Bytes of texts that are kept in memory; more goes to the disk.
IN_MEMORY = 4_000_000


@dataclass(frozen=True)
class _Stored:
    """A revision without its text, and where the text stands in the file.

    :param length: number of bytes; None where the text is hidden
    """

    outline: Revision
    start: int
    length: int | None


class StoredRevisions(Sequence[Revision]):
    """A sequence of revisions that holds one text at a time.

    The file has no name on the disk, and it ends with this object: nothing is left behind.

    :param revisions: in any order; each is taken once
    :raises OSError: the disk is full
    """

    def __init__(self, revisions: Iterable[Revision]) -> None:
        # Closed when the last slice is gone, see below.
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        self._stored = [_store(self._file, revision) for revision in revisions]
        weakref.finalize(self._file, self._file._file.close)

    def __len__(self) -> int:
        return len(self._stored)

    @overload
    def __getitem__(self, at: int) -> Revision: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Revision]: ...

    def __getitem__(self, at: int | slice) -> Revision | Sequence[Revision]:
        if isinstance(at, slice):
            part = object.__new__(StoredRevisions)
            part._file, part._stored = self._file, self._stored[at]
            return part
        stored = self._stored[at]
        if stored.length is None:
            return stored.outline
        self._file.seek(stored.start)
        text = self._file.read(stored.length).decode('utf-8', 'surrogatepass')
        return replace(stored.outline, text=text)


def _store(file: IO[bytes], revision: Revision) -> _Stored:
    start = file.tell()
    content = None if revision.text is None else revision.text.encode('utf-8', 'surrogatepass')
    file.write(content or b'')
    return _Stored(replace(revision, text=None), start, None if content is None else len(content))
