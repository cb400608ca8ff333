"""What the revisions of a page tell beyond its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


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
    :param closed: when the closing status was set that stands now (UTC); None while open
    :param pending: when a closing status that stands now will count (UTC); None where none waits
    :param closing: id of the revision that set the closing status; None while open
    :param authors: who put each line there, by the fingerprint of the line
    """

    opened: datetime
    creator: str | None
    closed: datetime | None
    authors: Mapping[str, Author]
    pending: datetime | None = None
    closing: int | None = None
