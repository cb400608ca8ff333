"""A policy as dated data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from globalban_bot.model.account import EditScope


class Provenance(Enum):
    """How it is known that a value was in force."""

    SEEN = 'seen'  #: the wording, or a quotation of it, was read
    INFERRED = 'inferred'  #: concluded from what was read
    RECALLED = 'recalled'  #: from memory; shown as "not verified"


class Party(Enum):
    """Whom or what a rule is about."""

    NOMINATOR = 'nominator'
    SUBJECT = 'subject'
    REQUEST = 'request'


class Shape(Enum):
    """The forms that a rule can have."""

    ACCOUNT = 'account'  #: has an account
    REGISTERED = 'registered'  #: registered more than so many days, weeks or months before a moment
    EDITS = 'edits'  #: so many edits or more, before a moment
    BLOCKED = 'blocked'  #: indefinitely blocked on so many wikis or more
    BLOCK_EDITS = 'block-edits'  #: a block counts where the account has so many edits there or more
    SHORTEST = 'shortest'  #: the discussion is open for so long at least
    LONGEST = 'longest'  #: and for so long at most
    WORDING = 'wording'  #: a text that is shown; nothing is checked
    QUESTION = 'question'  #: only people can answer it


class Unit(Enum):
    """What the values of a rule are counted in."""

    DAYS = 'days'
    WEEKS = 'weeks'
    MONTHS = 'months'  #: calendar months: a day that a month lacks becomes its last day
    EDITS = 'edits'
    WIKIS = 'wikis'
    YES = 'yes'  #: the rule is in force or not
    WORDS = 'words'  #: a text


class Moment(Enum):
    """Moments of a request that a rule can refer to."""

    OPENING = 'opening'
    CLOSING = 'closing'
    NOW = 'now'


@dataclass(frozen=True)
class Reference:
    """Where a value can be read.

    :param name: by which the values of a file refer to it
    :param page: title of the page on the wiki
    :param note: what is to be found there, and when it was written
    """

    name: str
    page: str
    note: str


@dataclass(frozen=True)
class DatedValue:
    """A value of a rule from a moment on.

    :param start: when it came into force (UTC)
    :param value: the value; None: from then on the rule is repealed
    :param provenance: how that is known
    :param reference: where it can be read
    """

    start: datetime
    value: int | str | None
    provenance: Provenance
    reference: Reference


class NoValue(Enum):
    """Why a rule has no value at a moment."""

    NOT_YET = 'not yet'  #: before its first date
    REPEALED = 'repealed'  #: it was in force before


@dataclass(frozen=True)
class Rule:
    """A rule of a policy, with its values by date.

    :param name: by which it is referred to, as ``nominator-edits``
    :param of: whom it is about
    :param shape: its form
    :param description: what it asks, in a sentence
    :param unit: what its values are counted in
    :param values: its values, oldest first
    :param before: the moment before which something must be
    :param before_provenance: how it is known that ``before`` is that moment: a policy may name none
    :param where: on which wikis edits are counted
    :param elsewhere: whether what is outside the wikis counts, too, which only people can find
    """

    name: str
    of: Party
    shape: Shape
    description: str
    unit: Unit
    values: tuple[DatedValue, ...]
    before: Moment | None = None
    where: EditScope = EditScope.TOGETHER
    elsewhere: bool = False
    before_provenance: Provenance = Provenance.SEEN

    def at(self, moment: datetime) -> DatedValue | NoValue:
        """Return the value in force at a moment, or why there is none."""
        past = [value for value in self.values if value.start <= moment]
        if not past:
            return NoValue.NOT_YET
        return NoValue.REPEALED if past[-1].value is None else past[-1]

    def throughout(self, start: datetime | None, end: datetime) -> DatedValue | NoValue | None:
        """Return what was in force all the time between two moments; None where it has changed.

        :param start: None for the beginning of all times
        """
        changes = [value.start for value in self.values if start is None or value.start > start]
        return None if any(change <= end for change in changes) else self.at(end)


@dataclass(frozen=True)
class Policy:
    """A policy with its rules.

    :param name: by which it is referred to
    :param title: what people call it
    :param page: title of its page on the wiki
    :param checked_on: when a person last compared this data with the page, or with quotations of it
    :param revision: id of the page's revision that was compared; None where only quotations were
    :param rules: by name
    """

    name: str
    title: str
    page: str
    checked_on: date
    revision: int | None
    rules: Mapping[str, Rule] = field(default_factory=dict)


@dataclass(frozen=True)
class Overlay:
    """A proposal: the policy with some values changed.

    :param name: by which it is referred to
    :param title: what people read
    :param source: who proposed it, where and when, in a sentence
    :param page: title of the page with the proposal; None where nobody proposed it
    :param policy: the policy with the changes in force from the beginning
    """

    name: str
    title: str
    source: str
    page: str | None
    policy: Policy
