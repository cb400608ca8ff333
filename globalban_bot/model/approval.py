"""Who approved, waived or held a delivery, and whether that counts.

People write on a page beside the plan, or on the talk page of the request; who wrote it, by the history, is
what counts, never a signature alone:

.. code-block:: wikitext

   * approve 0123456789ab
   * waive
   * hold
   * settle
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Word(Enum):
    """What can be said about a delivery."""

    APPROVE = 'approve'  #: with the digest of the plan: deliver it
    WAIVE = 'waive'  #: rules on the nominator that are not met shall not stand in the way
    HOLD = 'hold'  #: wait for 24 hours; anybody with an account may say so
    SETTLE = 'settle'  #: a hold is over


@dataclass(frozen=True)
class Said:
    """A line that a revision brought onto a page.

    :param word: what it says
    :param digest: the digest behind ``approve``; empty for the other words
    :param author: who wrote it; None where that is not known, as where the name is hidden
    :param time: when (UTC)
    :param revision: id of the revision
    :param stands: whether the line has stood on the page ever since
    """

    word: Word
    digest: str
    author: str | None
    time: datetime
    revision: int
    stands: bool


@dataclass(frozen=True)
class Standing:
    """What somebody may do now, and since when without a break.

    :param sends_since: since when the account may send messages (UTC); None where it may not, or is blocked
        or locked now
    :param settles_since: since when it is an administrator or a steward (UTC); None where it is neither, or
        blocked or locked now
    :param registered: whether it is an account that lasts, no IP address and no temporary account
    """

    sends_since: datetime | None = None
    settles_since: datetime | None = None
    registered: bool = True

    def may_send(self, moment: datetime) -> bool:
        """Tell whether it might send messages at a moment, and still may."""
        return self.sends_since is not None and self.sends_since <= moment

    def may_settle(self, moment: datetime) -> bool:
        """Tell whether it might settle a hold at a moment, and still may."""
        return self.settles_since is not None and self.settles_since <= moment


class Barrier(Enum):
    """What stands in the way of a delivery."""

    NOT_OPEN = 'not open'  #: the request is closed, withdrawn, moved or deleted
    TOO_YOUNG = 'too young'  #: it is less than 24 hours old
    NOMINATOR = 'nominator'  #: a rule on the nominator is not met, and nobody has waived that
    NOTHING = 'nothing to send'
    NOT_APPROVED = 'not approved'
    OTHER_PLAN = 'other plan'  #: what was approved is another plan than that of now
    NOBODYS = 'nobodys'  #: an approval stands there, but it is not known who wrote it
    NO_RIGHT = 'no right'  #: who approved did not hold the right, or has lost it, or is blocked or locked now
    PARTICIPANT = 'participant'  #: who approved is nominator, subject or participant of the request
    HELD = 'held'  #: somebody has asked to wait


@dataclass(frozen=True)
class Ruling:
    """Whether what somebody said about a delivery counts.

    :param word: what was said
    :param reason: why it does not count; None where it does
    :param until: until when it holds (UTC); None where it holds for no certain time
    """

    word: Word
    reason: Barrier | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Gate:
    """Whether a plan may be delivered.

    :param barriers: what stands in the way, in the order of :class:`Barrier`; none where it may
    :param approver: who approved; None where nobody whose approval counts
    :param revision: id of the revision that approved
    :param held_until: until when it is held (UTC)
    """

    barriers: tuple[Barrier, ...]
    approver: str | None = None
    revision: int | None = None
    held_until: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.barriers
