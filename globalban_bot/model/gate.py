"""Whether notices of a request may be sent, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from globalban_bot.model.nomination import Finding
from globalban_bot.model.notice import Audience


class Barrier(Enum):
    """What stands in the way of sending."""

    NOT_OPEN = 'not open'  #: the request is closed, withdrawn, blanked, moved or deleted
    FORGOTTEN = 'forgotten'  #: an operator had the pages about it blanked
    TOO_YOUNG = 'too young'  #: it is less than 24 hours old; bars the communities only
    AGE_NOT_KNOWN = 'age not known'  #: it may be less than 24 hours old; bars the communities only
    MOVED = 'moved'  #: its page was moved less than 24 hours ago, and the title tells who is told
    NOMINATOR = 'nominator'  #: a rule on the nominator is not met
    HELD = 'held'  #: somebody has edited, moved or deleted the plan or a list
    NOT_KNOWN = 'not known'  #: the wiki does not tell whether somebody has


#: What bars the communities only.
_OF_AGE = {Barrier.TOO_YOUNG, Barrier.AGE_NOT_KNOWN}


class Hold(Enum):
    """Whether people hold a page of the bot's."""

    NONE = 'none'
    HELD = 'held'
    NOT_KNOWN = 'not known'


@dataclass(frozen=True)
class Gate:
    """Whether notices may be sent.

    :param barriers: what stands in the way, in the order of :class:`Barrier`
    :param to_check: rules on the nominator that a person has to check; they bar nothing
    :param held_by: titles of the special pages that show by what people hold the plan or a list
    """

    barriers: tuple[Barrier, ...]
    to_check: tuple[Finding, ...] = ()
    held_by: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the communities may be told."""
        return self.is_open_for(Audience.COMMUNITY)

    def is_open_for(self, audience: Audience) -> bool:
        """Tell whether somebody may be told: the subject need not wait until the request is a day old."""
        return not self.barriers_for(audience)

    def barriers_for(self, audience: Audience) -> tuple[Barrier, ...]:
        """Return what stands in the way of telling somebody."""
        waits = audience is Audience.COMMUNITY
        return tuple(one for one in self.barriers if waits or one not in _OF_AGE)
