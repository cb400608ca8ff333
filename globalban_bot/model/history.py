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

    :param opened: time of the first revision (UTC)
    :param creator: who made the page; None where the name is hidden
    :param listed: accounts that the first revision lists; None where its text is hidden
    :param state: where the request stands
    :param authors: who put each line there, by the fingerprint of the line
    """

    opened: datetime
    creator: str | None
    authors: Mapping[str, Author]
    state: RequestState
    listed: tuple[str, ...] | None = None
