"""Files that were saved from a wiki: wikitext or XML exports, as they are or compressed.

A compressed file can be a thousand times larger than it looks. No more is taken out of it than a bound
allows.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from globalban_bot.errors import UserError

#: So many bytes are taken out of a compressed file.
MOST_BYTES = 8 * 2**30
#: So many bytes of wikitext are read; MediaWiki takes two million for a page.
MOST_TEXT = 16 * 2**20
_FORMS: dict[bytes, Callable[[Any], Any]] = {
    b'\x1f\x8b': gzip.open,
    b'BZh': bz2.open,
    b'\xfd7zXZ\x00': lzma.open,
}
_FAULTS = (OSError, EOFError, lzma.LZMAError, zlib.error)
_UTF16 = (b'\xff\xfe', b'\xfe\xff')
#: Characters that no page of a wiki holds.
_NO_TEXT = bytes({*range(32)} - {*b'\t\n\v\f\r'})


@contextmanager
def open_saved(path: Path) -> Iterator[io.BufferedReader[Any]]:
    """Open a file to read its content, which is taken out of a compressed one.

    :raises UserError: it cannot be read
    """
    try:
        with path.open('rb') as stream:
            yield unpacked(stream, str(path))
    except OSError as error:
        raise UserError(f'{path}: cannot be read ({error.strerror}); name another file') from error


def unpacked(stream: IO[bytes], name: str, most: int = MOST_BYTES) -> io.BufferedReader[Any]:
    """Return what gives the content of a file; the beginning tells how it is compressed.

    :param most: so many bytes are taken out of it
    """
    buffered = io.BufferedReader(_Whole(stream))
    start = buffered.peek(8)
    form = next((form for magic, form in _FORMS.items() if start.startswith(magic)), None)
    return buffered if form is None else io.BufferedReader(_Unpacked(form(buffered), name, most))


def read_text(content: bytes, name: str) -> tuple[str, str | None]:
    """Return the wikitext of a file, and what is odd about it.

    :raises UserError: it is empty, or no text
    """
    if content.startswith(_UTF16):
        raise UserError(f'{name}: the text is UTF-16; save it as UTF-8')
    if len(content) > MOST_TEXT:
        raise UserError(f'{name}: longer than a page can be; give a file with the wikitext of one page')
    if content.translate(None, _NO_TEXT) != content:
        forms = 'wikitext, an XML export, or one of them as .gz, .bz2 or .xz'
        raise UserError(f'{name}: not a text; give {forms}')
    if not content.decode('utf-8-sig', 'replace').strip():
        raise UserError(f'{name}: the file is empty; save the page again')
    try:
        return content.decode('utf-8-sig'), None
    except UnicodeDecodeError as error:
        warning = f'{name}: not UTF-8 from byte {error.start} on; unreadable bytes were replaced'
        return content.decode('utf-8-sig', 'replace'), warning


class _Whole(io.RawIOBase):
    """Reads on from a stream, so that its beginning can be looked at."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Unpacked(_Whole):
    """Takes the content out of a compressed file, up to a bound."""

    def __init__(self, stream: IO[bytes], name: str, most: int) -> None:
        super().__init__(stream)
        self._name = name
        self._left = most

    def readinto(self, buffer: Any) -> int:
        try:
            number = super().readinto(buffer)
        except _FAULTS as error:
            raise UserError(f'{self._name}: cannot be unpacked ({error}); fetch the file again') from error
        self._left -= number
        if self._left < 0:
            raise UserError(f'{self._name}: holds more than can be read; unpack it, and give a part of it')
        return number
