"""Write a file as a whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step: a crash, or a full disk, leaves the old file or the new one.

    Others on the machine may not read it: it can name people. What stands in the way under the name of the
    temporary file is taken away, and never followed should it be a link to somewhere else.

    :raises OSError: it cannot be written
    """
    new = path.with_name(f'{path.name}.new')
    try:
        new.unlink(missing_ok=True)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, 'w', encoding='utf-8') as file:
            file.write(text)
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
