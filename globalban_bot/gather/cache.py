"""What an earlier run has read: summaries of requests, and what a farm tells of itself. No personal data.

To delete a file costs time and nothing else. A file that is broken, too old, from the future or from other
code is as good as none.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
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
#: What a farm tells of itself is kept so long: wikis are opened, closed and linked rarely.
_LONGEST = timedelta(days=10)
_UNUSABLE = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


class Cache:
    """Keeps a summary a request in a folder, or nowhere.

    :param folder: made if it is missing; None keeps nothing
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, page_id: int) -> RequestSummary | None:
        """Return what is kept of a request; None where it is nothing that this code has written."""
        if self._folder is None:
            return None
        try:
            kept = _read(self._folder / f'{page_id}.json')
            times = {name: _time(kept[name]) for name in _TIMES}
            return RequestSummary(**{**kept, **times, 'phase': Phase(kept['phase'])})
        except _UNUSABLE:
            return None

    def put(self, summary: RequestSummary) -> None:
        """Keep a summary.

        :raises UserError: the folder cannot be written
        """
        if self._folder is not None:
            _write(self._folder / f'{summary.page_id}.json', asdict(summary))

    def forget(self, page_id: int) -> None:
        """Keep nothing of a request any more."""
        if self._folder is not None:
            with suppress(FileNotFoundError):
                (self._folder / f'{page_id}.json').unlink()


def load_kept(path: Path | None, source: str, now: datetime) -> Any:
    """Return what a farm has told of itself less than ten days ago; None where no file can be used.

    :param source: what was asked; what was kept of another source is not taken
    """
    if path is None:
        return None
    try:
        kept = _read(path)
        age = now - datetime.fromisoformat(kept['asked'])
        return kept['value'] if kept['source'] == source and timedelta() <= age < _LONGEST else None
    except _UNUSABLE:
        return None


def store_kept(path: Path | None, source: str, now: datetime, value: Any) -> None:
    """Keep what a farm has told.

    :raises UserError: the file cannot be written
    """
    if path is not None:
        _write(path, {'asked': now, 'source': source, 'value': value})


@cache
def code_digest() -> str:
    """Return a digest of the package: what other rules have read is no longer true."""
    digest = hashlib.sha256()
    for name, content in sorted(_contents(files('globalban_bot'), '')):
        digest.update(name.encode() + b'\0' + content)
    return digest.hexdigest()[:16]


def _contents(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    contents: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir() and item.name not in {'__pycache__', 'sample'}:
            contents += _contents(item, f'{path}{item.name}/')
        elif item.name.endswith(('.py', '.yaml', '.json')):
            contents.append((path + item.name, item.read_bytes()))
    return contents


def _read(path: Path) -> dict[str, Any]:
    """Return the content of a file; raises one of ``_UNUSABLE`` where it cannot be used."""
    content: dict[str, Any] = json.loads(path.read_text('utf-8'))
    if content.pop('code') != code_digest():
        raise ValueError('written by other code')
    return content


def _write(path: Path, content: dict[str, Any]) -> None:
    """Write a file in one step: a crash leaves the old file or the new one."""
    text = json.dumps({**content, 'code': code_digest()}, ensure_ascii=False, default=_plain)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    except OSError as error:
        raise UserError(
            f'{path}: cannot be written ({error.strerror}); name another folder for the cache'
        ) from error


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value.value


def _time(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
