"""Pages that the bot owns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OwnedPage:
    """A page as the bot wants it to be.

    :param title: full title; never the name of a subject
    :param text: its wikitext
    """

    title: str
    text: str
