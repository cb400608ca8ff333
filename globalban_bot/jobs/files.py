"""Files that the operator names."""

from __future__ import annotations

from pathlib import Path

from globalban_bot.errors import UserError
from globalban_bot.whole_file import write_whole


def read_text(path: Path) -> str:
    """Return the text of a file.

    :raises UserError: it cannot be read, or is no text in UTF-8
    """
    try:
        return path.read_text('utf-8')
    except OSError as error:
        raise UserError(f'{path}: cannot be read ({error.strerror}); name another file') from error
    except UnicodeDecodeError as error:
        raise UserError(f'{path}: is no text in UTF-8 (byte {error.start})') from error


def write_text(path: Path, text: str) -> None:
    """Write a file, in one step: a crash leaves the old file or the new one.

    :raises UserError: it cannot be written
    """
    if path.is_dir():
        raise UserError(f'{path}: is a folder; name a file')
    try:
        write_whole(path, text)
    except OSError as error:
        raise UserError(f'{path}: cannot be written ({error.strerror}); name another file') from error
