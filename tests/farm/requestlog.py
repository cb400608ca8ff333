"""The requests that the farm has been asked, for tests to count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Request:
    """One request, as the server saw it.

    :param params: the parameters of URL and body; secrets are blotted out, long texts cut
    """

    time: float
    host: str
    method: str
    path: str
    params: Mapping[str, str]
    wiki: str = ''

    @property
    def action(self) -> str:
        """The action of the API, or nothing."""
        return self.params.get('action', '')


class RequestLog:
    """The log of one farm.

    :param path: the file that the server writes, one JSON object a line
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._path.touch()

    def mark(self) -> int:
        """Return a place to read from later."""
        return self._path.stat().st_size

    def since(self, mark: int = 0) -> tuple[Request, ...]:
        """Return the requests to the wikis since the mark."""
        with self._path.open('rb') as log:
            log.seek(mark)
            entries = [Request(**json.loads(line)) for line in log]
        return tuple(entry for entry in entries if entry.path != '/farm')
