"""Settings that a test changes while the farm runs, and facts about global accounts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class JsonFile:
    """A JSON file that the PHP side reads at each request.

    :param path: the file; that it is missing means nothing is set
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Any]:
        """Return what is set."""
        if not self._path.exists():
            return {}
        content: dict[str, Any] = json.loads(self._path.read_text(encoding='utf-8'))
        return content

    def write(self, content: Mapping[str, Any]) -> None:
        """Set this and nothing else, in one step."""
        if not content:
            self._path.unlink(missing_ok=True)
            return
        new = self._path.with_suffix('.new')
        new.write_text(json.dumps(dict(content)), encoding='utf-8')
        new.replace(self._path)

    @contextmanager
    def changed(self, changes: Mapping[str, Any]) -> Iterator[None]:
        """Change some of it for the length of a block."""
        before = self.read()
        self.write({**before, **changes})
        try:
            yield
        finally:
            self.write(before)
