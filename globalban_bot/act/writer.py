"""Where pages go: what a live wiki and a folder have in common."""

from __future__ import annotations

from typing import Protocol

from globalban_bot.model.owned import OwnedPage


class Writer(Protocol):
    """Takes the pages that the bot owns."""

    def put(self, page: OwnedPage) -> None:
        """Bring a page into the wanted state."""
