"""Figures over closed requests. Nobody is named in them, and no figure by itself tells of single requests.

Every cell has its denominator. Cells of one or two requests are merged, and what is not known is a cell of
its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

#: Fewer requests than these are never told by themselves.
LEAST_IN_A_CELL = 3
#: No percentages of fewer.
LEAST_FOR_PERCENT = 20
#: Key of the cell that small ones were merged into.
MERGED = 'merged'


@dataclass(frozen=True)
class Later:
    """A ban by another body, some time after a request.

    :param body: who banned: ``foundation`` or ``u4c``
    :param on: when (UTC)
    """

    body: str
    on: datetime


class Topic(Enum):
    """What a figure is about."""

    OUTCOMES = 'outcomes'  #: how closed requests were closed
    MISSING = 'missing'  #: which requirement a request that failed did not meet
    PASSED = 'passed'  #: which of them would have met all under other rules
    SECOND_BLOCK = 'second-block'  #: how long it took from the first indefinite block to the second
    OPEN_INVALID = 'open-invalid'  #: for how long invalid requests were open
    FOLLOWED = 'followed'  #: what followed a request that failed
    FOLLOWED_AFTER = 'followed-after'  #: and how long after


@dataclass(frozen=True)
class Period:
    """A span in which one version of the policy was in force.

    :param start: its first moment (UTC); None for all before ``end``
    :param end: the first moment that is too late; None for up to now
    """

    start: datetime | None
    end: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Tell whether a moment is in it."""
        return (self.start is None or moment >= self.start) and (self.end is None or moment < self.end)


@dataclass(frozen=True)
class Cell:
    """So many requests.

    :param key: what they have in common, by the end of a message's key: ``met`` of ``whatif-passed-met``
    :param count: how many
    """

    key: str
    count: int


@dataclass(frozen=True)
class Figure:
    """A bar, divided into cells.

    :param topic: what it is about
    :param period: when the requests were opened
    :param of: how many requests it is about
    :param cells: what became of them; together they are ``of``, unless the figure is withheld
    :param merged: keys of the cells that were too small and are now the cell ``merged``
    :param mostly: key of the large cell that was merged with them, so that they cannot be told from the sum;
        None where they are enough by themselves
    :param variant: the rules that it is about, as people call them; empty where it is about none
    :param source: who proposed these rules, where and when; empty where nobody needs be told
    :param hours: hours that all took together; None where the figure is about no time, or too few
    """

    topic: Topic
    period: Period
    of: int
    cells: tuple[Cell, ...]
    merged: tuple[str, ...] = ()
    mostly: str | None = None
    variant: str = ''
    source: str = ''
    hours: int | None = None

    @property
    def withheld(self) -> bool:
        """Whether it is about too few requests to be told."""
        return self.of < LEAST_IN_A_CELL

    def percent(self, cell: Cell) -> int | None:
        """Return the share of a cell, rounded to the nearest, half up; None for too few requests."""
        return (cell.count * 200 + self.of) // (2 * self.of) if self.of >= LEAST_FOR_PERCENT else None

    @property
    def mostly_at_least(self) -> int | None:
        """How many the large cell holds at least that was merged with small ones; None for no such cell."""
        return self._mostly_without(LEAST_IN_A_CELL - 1)

    @property
    def mostly_at_most(self) -> int | None:
        """How many it holds at most: one less than the merged cell, as a small one holds somebody."""
        return self._mostly_without(1)

    def _mostly_without(self, small: int) -> int | None:
        if self.withheld or self.mostly is None:
            return None
        return next((cell.count - small for cell in self.cells if cell.key == MERGED), None)


@dataclass(frozen=True)
class Study:
    """What closed requests tell.

    :param figures: by period, then by topic
    :param requests: how many closed requests it is about
    :param left_out: how many could not be read, or tell no time of opening
    :param as_of: when it was made (UTC)
    :param invented: whether requests and people are those of the sample
    """

    figures: tuple[Figure, ...]
    requests: int
    left_out: int
    as_of: datetime
    invented: bool = False
