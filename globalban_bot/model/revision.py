"""Pages and their revisions, as a wiki or an export holds them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class Revision:
    """One revision of a page.

    :param id: revision id
    :param time: when it was saved (aware, UTC)
    :param user: who saved it; None where the name is hidden
    :param text: its wikitext; None where the text is hidden
    :param is_first: whether no revision of the page comes before it, as far as that was asked for
    :param move: the old and the new title, where its summary is like that of a move
    :param hides_summary: whether its summary is hidden
    """

    id: int
    time: datetime
    user: str | None
    text: str | None
    is_first: bool = True
    move: tuple[str, str] | None = None
    hides_summary: bool = False


@dataclass(frozen=True)
class Page:
    """A page with the revisions that are known, oldest first.

    :param title: full title
    :param page_id: page id; None for a text without a wiki
    :param revisions: oldest first; the last one is the live one
    :param redirect: full title of the page that it redirects to
    """

    title: str
    page_id: int | None
    revisions: Sequence[Revision]
    redirect: str | None = None

    @property
    def live(self) -> Revision:
        """The newest revision."""
        return self.revisions[-1]

    @property
    def has_history(self) -> bool:
        """Whether its first revision is known; an export may hold the newest ones alone."""
        return self.revisions[0].is_first

    def at(self, moment: datetime) -> Page | None:
        """Return the page as it stood at a moment (UTC); None where there was no such page yet.

        Of revisions of the same second all count.
        """
        count = bisect_right(self.revisions, moment, key=lambda revision: revision.time)
        return replace(self, revisions=self.revisions[:count]) if count else None
