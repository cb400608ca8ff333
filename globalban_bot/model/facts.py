"""What was learnt about the accounts of a request, before anything is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from globalban_bot.model.account import Account, Bounds
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.unknown import Unknown


@dataclass(frozen=True)
class AccountFacts:
    """What was learnt about an account.

    :param account: the global account
    :param edits: its edits, by the name of the rule that asks
    :param blocks: its blocks, by the database name of the wiki
    """

    account: Account | Unknown
    edits: Mapping[str, Bounds | Unknown] = field(default_factory=dict)
    blocks: Mapping[str, WikiBlocks | Unknown] = field(default_factory=dict)


@dataclass(frozen=True)
class NominationFacts:
    """What was learnt about the accounts of a request.

    :param nominator: None where an unregistered person made the request
    :param subjects: in the order in which the request names them
    :param more: how many further accounts it is about, which were not looked up
    :param named: other accounts that the nominator named when the request was opened
    :param named_more: how many further ones were named, which were not looked up
    """

    nominator: AccountFacts | None
    subjects: tuple[AccountFacts, ...]
    more: int = 0
    named: tuple[AccountFacts, ...] = ()
    named_more: int = 0


@dataclass(frozen=True)
class Moments:
    """The moments that rules refer to (UTC).

    :param opening: when the request was opened; None where that is not known
    :param closing: when it was closed; None while open
    :param now: the moment of the run
    :param created: when the page was made: the request was not opened before; None where that is not known
    """

    opening: datetime | None
    closing: datetime | None
    now: datetime
    created: datetime | None = None

    @property
    def decisive(self) -> datetime:
        """The moment for which blocks are looked at: the closing, while open the run."""
        return self.closing or self.now

    @property
    def looks_back(self) -> bool:
        """Whether blocks of the past are needed: the request was opened, or closed, before the run."""
        return self.closing is not None or (self.opening is not None and self.opening < self.now)
