"""Pages that the bot owns: as they should be, and as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from globalban_bot.model.marker import FORGOTTEN, Marker, digest


@dataclass(frozen=True)
class DesiredFacts:
    """What an owned page should tell, without its text.

    :param title: full title; never the name of a subject
    :param facts: digest of what a reader cares about
    :param standing: a word for what is made known at once when it changes
    :param positions: how many signed positions it shows; None where it shows none
    """

    title: str
    facts: str
    standing: str
    positions: int | None = None


@dataclass(frozen=True)
class DesiredPage:
    """A page as the bot wants it to be.

    :param wanted: what it tells
    :param body: its wikitext, without the marker
    :param as_of: the moment of the run (aware, UTC)
    """

    wanted: DesiredFacts
    body: str
    as_of: datetime

    @property
    def title(self) -> str:
        """Its full title."""
        return self.wanted.title

    @property
    def text(self) -> str:
        """Its wikitext, marker first."""
        wanted = self.wanted
        marker = Marker(wanted.facts, wanted.standing, wanted.positions, self.as_of, digest(self.body))
        return f'{marker}\n{self.body}'


@dataclass(frozen=True)
class CurrentPage:
    """A page of the bot's as it stands on the wiki.

    :param title: full title
    :param revision: id of the newest revision; None where there is no such page
    :param user: who saved it; None where the name is hidden or there is no such page
    :param time: when it was saved (UTC)
    :param text: its wikitext, empty where there is none or it is hidden
    :param model: its content model, ``wikitext`` where there is no such page
    :param removed: there is none now, but there was: it was deleted or moved away
    :param forgotten: whether it was blanked for good, by the newest revision of the bot; None where the text
        tells that itself, as the bot has saved it, or nobody has looked
    :param unread: its text was not read: it is somebody else's, and longer than any of the bot's
    """

    title: str
    revision: int | None = None
    user: str | None = None
    time: datetime | None = None
    text: str = ''
    model: str = 'wikitext'
    removed: bool = False
    forgotten: bool | None = None
    unread: bool = False

    @property
    def marker(self) -> Marker | None:
        """Its marker, where the text begins with one."""
        return Marker.parse(self.text.partition('\n')[0])

    @property
    def body(self) -> str:
        """The text below the marker."""
        return self.text.partition('\n')[2] if self.marker else self.text

    @property
    def is_gone(self) -> bool:
        """Whether it was taken away for good: deleted, moved away, or blanked by an operator."""
        return self.removed or self.is_forgotten

    @property
    def is_forgotten(self) -> bool:
        """Whether an operator had it blanked for good, whatever somebody else has saved there since."""
        if self.forgotten is not None:
            return self.forgotten
        return self.marker is not None and self.marker.standing == FORGOTTEN

    def is_of(self, bot: str) -> bool:
        """Tell whether the page is as the bot left it: saved by it, and the text its own.

        The text is asked for as well, since an undo by the bot brings back what somebody else wrote.
        """
        return self.user == bot and self.marker is not None and self.marker.body == digest(self.body)
