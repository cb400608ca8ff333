"""Keep for some days what a farm tells of itself: files in the cache's folder, without personal data.

A file that is broken, too old, from the future or from other code is as good as none.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from globalban_bot.errors import UserError
from globalban_bot.gather.summary_cache import code_digest
from globalban_bot.whole_file import write_whole

#: Wikis are opened, closed and linked rarely.
_LONGEST = timedelta(days=10)


def load_kept(path: Path | None, source: str, now: datetime) -> Any:
    """Return what is kept in a file; None where it is nothing that can be used.

    :param path: the file; None where nothing is kept
    :param source: what was asked; what was kept of another source is not taken
    :param now: the moment of the run (UTC)
    """
    if path is None:
        return None
    try:
        found = json.loads(path.read_text('utf-8'))
        age = now - datetime.fromisoformat(found['asked'])
        if (found['code'], found['source']) == (code_digest(), source) and timedelta() <= age < _LONGEST:
            return found['value']
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        pass
    return None


def store_kept(path: Path | None, source: str, now: datetime, value: Any) -> None:
    """Keep what was asked, in one step: a crash leaves the old file or the new one.

    :param value: plain data
    :raises UserError: the file cannot be written
    """
    if path is None:
        return
    content = {'asked': now.isoformat(), 'code': code_digest(), 'source': source, 'value': value}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(content, ensure_ascii=False))
    except OSError as error:
        raise UserError(
            f'{path}: cannot be written ({error.strerror}); name another folder for the cache'
        ) from error
