"""Pages as files in a folder, for looking at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from globalban_bot.errors import UserError
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import PageEdit


class FolderWriter:
    """Keeps each page as ``TITLE.wiki``.

    :param folder: made if it is missing
    """

    bot = 'the folder'

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f'{folder}: no folder can be made there ({error.strerror}); name another'
            ) from error

    def states(self, titles: Iterable[str]) -> Mapping[str, CurrentPage]:
        """Return the pages that are there; all that is in the folder counts as the bot's."""
        return {title: self._state(title) for title in titles}

    def edit(self, edit: PageEdit) -> None:
        """Write a page."""
        self._path(edit.title).write_text(edit.text, 'utf-8')

    def _state(self, title: str) -> CurrentPage:
        path = self._path(title)
        if not path.is_file():
            return CurrentPage(title)
        return CurrentPage(title, 1, self.bot, text=path.read_text('utf-8', 'replace'))

    def _path(self, title: str) -> Path:
        """Return the file of a page; whatever a file name cannot hold becomes an underscore."""
        name = re.sub(r'[^\w.() -]+', '_', title)
        return self._folder / f'{name}.wiki'
