"""Figures on the accounts of a request for its operator alone. They are never posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from globalban_bot.model.account import Bounds
from globalban_bot.model.unknown import Unknown


@dataclass(frozen=True)
class Voters:
    """Who took the positions that count.

    :param counted: how many positions count
    :param unregistered: of them by people without an account, or by nobody that can be named
    :param newer: by accounts registered after the request was opened
    :param fewer: by accounts with fewer edits on all wikis than ``least``
    :param unknown: by accounts of which that is not known
    :param least: the number of edits that was asked for
    """

    counted: int
    unregistered: int
    newer: int
    fewer: int
    unknown: int
    least: int


@dataclass(frozen=True)
class Background:
    """Figures on the accounts of a request.

    :param first_block: when the first indefinite block of the first subject was made that stands (UTC); None
        where there is none
    :param edits_after: edits of the subject on each wiki since then, as far as they were counted
    :param voters: who took the positions that count
    :param as_of: when it was looked up (UTC)
    """

    first_block: datetime | Unknown | None
    edits_after: tuple[tuple[str, Bounds | Unknown], ...]
    voters: Voters
    as_of: datetime
