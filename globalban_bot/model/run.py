"""A run of the bot as its log tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Run:
    """A run that edited or failed.

    :param time: the moment of the run (UTC)
    :param edits: pages that were edited since the run before it in the log
    :param failures: what was not done, by page id or by a title of the bot's own; nobody is named
    """

    time: datetime
    edits: int
    failures: tuple[str, ...] = ()
