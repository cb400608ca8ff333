"""What an earlier run has read: one small file a request, with ids, numbers, times and digests only.

Deleting it costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from globalban_bot.errors import UserError
from globalban_bot.model.state import Phase
from globalban_bot.model.summary import RequestSummary
from globalban_bot.whole_file import write_whole

_TIMES = ('opened', 'since', 'closed', 'until')


class Cache:
    """Keeps summaries in a folder, or nowhere.

    :param folder: made if it is missing; None keeps nothing
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, page_id: int) -> RequestSummary | None:
        """Return what is kept of a request; None where it is nothing that this code has written."""
        if self._folder is None:
            return None
        try:
            kept = json.loads((self._folder / f'{page_id}.json').read_text('utf-8'))
            if kept.pop('code') != code_digest():
                return None
            times = {name: _time(kept[name]) for name in _TIMES}
            return RequestSummary(**{**kept, **times, 'phase': Phase(kept['phase'])})
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            # A file that cannot be read is as good as none: the wiki is asked again.
            return None

    def put(self, summary: RequestSummary) -> None:
        """Keep a summary, in one step: a crash leaves the old file or the new one.

        :raises UserError: the folder cannot be written
        """
        if self._folder is None:
            return
        kept = {name: _plain(value) for name, value in asdict(summary).items()}
        path = self._folder / f'{summary.page_id}.json'
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, json.dumps({**kept, 'code': code_digest()}))
        except OSError as error:
            raise UserError(
                f'{path}: cannot be written ({error.strerror}); name another folder for the cache'
            ) from error

    def forget(self, page_id: int) -> None:
        """Keep nothing of a request any more."""
        if self._folder is not None:
            with suppress(FileNotFoundError):
                (self._folder / f'{page_id}.json').unlink()


@cache
def code_digest() -> str:
    """Return a digest of the package: what other rules have read is no longer true."""
    found = hashlib.sha256()
    for name, content in sorted(_contents(files('globalban_bot'), '')):
        found.update(name.encode() + b'\0' + content)
    return found.hexdigest()[:16]


def _contents(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir() and item.name not in {'__pycache__', 'sample'}:
            found += _contents(item, f'{path}{item.name}/')
        elif item.name.endswith(('.py', '.yaml', '.json')):
            found.append((path + item.name, item.read_bytes()))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Phase):
        return value.value
    return value.isoformat() if isinstance(value, datetime) else value


def _time(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
