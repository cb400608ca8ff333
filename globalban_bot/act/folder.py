"""Write pages as files into a folder, for looking at."""

from __future__ import annotations

import re
from pathlib import Path

from globalban_bot.errors import UserError
from globalban_bot.model.owned import OwnedPage


class FolderWriter:
    """Writes each page as ``TITLE.wiki``.

    :param folder: made if it is missing
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f'{folder}: no folder can be made there ({error.strerror}); name another'
            ) from error

    def put(self, page: OwnedPage) -> None:
        """Write a page; whatever a file name cannot hold becomes an underscore."""
        name = re.sub(r'[^\w.() -]+', '_', page.title)
        (self._folder / f'{name}.wiki').write_text(page.text, 'utf-8')
