"""Blocks of an account on a wiki."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Action(Enum):
    """What a line of the block log did (``log_action`` in MediaWiki)."""

    BLOCK = 'block'
    REBLOCK = 'reblock'
    UNBLOCK = 'unblock'


@dataclass(frozen=True)
class Block:
    """A block as it stands. Its reason is never read.

    :param since: when it was made (UTC); a change leaves it
    :param expiry: when it ends (UTC); None for an indefinite block
    :param partial: whether it shuts out of a part of the wiki only
    :param talk_open: whether the account can edit its own talk page
    """

    since: datetime
    expiry: datetime | None
    partial: bool
    talk_open: bool

    def stands(self, moment: datetime) -> bool:
        """Tell whether it has not ended at a moment."""
        return self.expiry is None or self.expiry > moment


@dataclass(frozen=True)
class BlockEvent:
    """A line of the block log.

    :param log_id: id of the line, for ``Special:Redirect/logid/…``
    :param time: when (UTC)
    :param action: what was done
    :param block: the block that it made or changed; None for an unblock
    :param left: how many blocks of the account stood after it, where the line tells (``finalTargetCount``,
        MediaWiki 1.43 and later, which can hold several)
    """

    log_id: int
    time: datetime
    action: Action
    block: Block | None = None
    left: int | None = None


@dataclass(frozen=True)
class WikiBlocks:
    """What a wiki tells of the blocks of an account.

    :param wiki: database name
    :param url: its server
    :param edits: edits of the account there, deleted ones included
    :param standing: blocks of the account itself that stand now (autoblocks are not among them)
    :param log: the block log of the account, oldest first
    :param asked: when the wiki was asked (UTC)
    :param whole: whether all lines of the log could be read
    """

    wiki: str
    url: str
    edits: int
    standing: tuple[Block, ...]
    log: tuple[BlockEvent, ...]
    asked: datetime
    whole: bool = True

    def link(self, log_id: int) -> str:
        """Return the address of a line of the log; no name is in it."""
        return f'{self.url}/wiki/Special:Redirect/logid/{log_id}'
