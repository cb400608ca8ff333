"""Where pages go: what a live wiki and a folder have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import PageEdit


class Writer(Protocol):
    """Knows the pages that the bot owns, and edits them."""

    #: Name of the account that edits.
    bot: str

    def states(self, titles: Iterable[str]) -> Mapping[str, CurrentPage]:
        """Return how pages stand now, by title.

        :raises WikiError: they cannot be read
        """

    def edit(self, edit: PageEdit) -> None:
        """Make one edit.

        :raises RefusedError: the wiki did not take it
        :raises Stopped: somebody stopped the bot
        """
