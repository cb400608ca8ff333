"""What the revisions of a page tell beyond its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from globalban_bot.model.state import RequestState


@dataclass(frozen=True)
class Author:
    """Who put a line on a page, and when.

    :param user: account name or IP address; None where the name is hidden
    :param time: time of the edit (UTC)
    """

    user: str | None
    time: datetime


@dataclass(frozen=True)
class History:
    """What the revisions of a request page tell.

    :param opened: when the request was opened (UTC): by the first revision, or by the move of a draft to
        where requests stand; None where the moves do not tell
    :param created: time of the first revision that is no redirect, be it a draft (UTC)
    :param creator: who made the page; None where the name is hidden
    :param listed: accounts that it lists when it is opened; None where that text is hidden or not known
    :param state: where the request stands
    :param authors: who put each line there, by the fingerprint of the line
    :param other_opened: whether a draft was moved by another than who wrote it, or who moved it is hidden
    """

    opened: datetime | None
    created: datetime
    creator: str | None
    authors: Mapping[str, Author]
    state: RequestState
    listed: tuple[str, ...] | None = None
    other_opened: bool = False
