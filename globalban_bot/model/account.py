"""What a wiki farm tells of an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from globalban_bot.model.unknown import Unknown


@dataclass(frozen=True)
class LocalAccount:
    """An account on one wiki, attached to the global one.

    :param wiki: database name of the wiki, as ``enwiki``
    :param url: its server, as ``https://en.wikipedia.org``
    :param edits: how many edits it has there now, deleted ones included
    :param registered: when it was registered there (UTC); None where the wiki does not know
    :param blocked: whether a block of any kind stands now: endless or not, of the whole wiki or a part
    :param groups: its groups there
    """

    wiki: str
    url: str
    edits: int
    registered: datetime | None
    blocked: bool = False
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Account:
    """A global account (CentralAuth's ``meta=globaluserinfo``).

    :param name: its name
    :param registered: when it was registered (UTC); None where the wiki does not know
    :param edits: how many edits it has on all wikis now, deleted ones included
    :param locals: the attached accounts, the one with most edits first
    :param locked: whether it is locked now
    :param globally_blocked: whether a global block of the account stands now
    :param asked: when the wiki was asked (UTC)
    :param groups: its global groups
    """

    name: str
    registered: datetime | None
    edits: int
    locals: tuple[LocalAccount, ...]
    locked: bool
    globally_blocked: bool | Unknown
    asked: datetime
    groups: frozenset[str] = frozenset()

    @property
    def edited(self) -> tuple[LocalAccount, ...]:
        """The attached accounts that have edits."""
        return tuple(local for local in self.locals if local.edits > 0)

    def on(self, wiki: str) -> LocalAccount | None:
        """Return the account on a wiki; None where it has none there."""
        return next((local for local in self.locals if local.wiki == wiki), None)


@dataclass(frozen=True)
class LocalAccountSummary:
    """An account on the wiki of the requests alone: many can be asked for at once.

    :param registered: when it was registered there (UTC); None where the wiki does not know
    :param edits: how many edits it has there now, deleted ones included
    """

    registered: datetime | None
    edits: int


class EditScope(Enum):
    """On which wikis edits are counted."""

    TOGETHER = 'together'  #: on all wikis together
    ANY = 'any'  #: on any one wiki


@dataclass(frozen=True)
class EditsAsked:
    """How many edits has an account? Asked only as far as a rule needs to know.

    :param wanted: the number that a rule wants
    :param before: edits before this moment count (UTC, exclusive); None for all up to now
    :param after: edits from this moment on count (UTC, inclusive); None for all from the beginning
    :param where: on all wikis together, or on any one
    """

    wanted: int
    before: datetime | None = None
    after: datetime | None = None
    where: EditScope = EditScope.TOGETHER


@dataclass(frozen=True)
class Bounds:
    """How many there are, as far as it was found out.

    :param at_least: so many were seen
    :param at_most: more cannot be; None where that is not known
    """

    at_least: int
    at_most: int | None = None


@dataclass(frozen=True)
class GroupHeld:
    """An account's membership in a group.

    :param since: since when it holds the group without a break (UTC); None where it does not hold it
    """

    since: datetime | None


@dataclass(frozen=True)
class LockEvent:
    """A line of the lock log, or of the log of global account blocks.

    :param time: when (UTC)
    :param locked: whether the account was shut out from then on
    """

    time: datetime
    locked: bool
