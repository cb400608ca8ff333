"""Ends the process, or loses an answer, at a chosen HTTP request."""

from __future__ import annotations

import enum
import os
import signal
from dataclasses import dataclass
from typing import NoReturn


class Moment(enum.Enum):
    """When it happens."""

    BEFORE = 'before'  # killed: the server has heard nothing
    SENT = 'sent'  # killed: the server has heard all, nobody waits for the answer
    ANSWERED = 'answered'  # killed: the answer has arrived, the program has not seen it
    LOST = 'lost'  # not killed: the server has done its work, the answer is lost on the way


@dataclass(frozen=True)
class Fault:
    """A fault at one request.

    :param moment: what happens
    :param number: at which request, from 1
    :param needle: only requests with this text in their URL or body are counted
    """

    moment: Moment
    number: int
    needle: str = ''

    @classmethod
    def parse(cls, text: str) -> Fault:
        """Read "moment:number" or "moment:number:needle"."""
        moment, number, *needle = text.split(':', 2)
        return cls(Moment(moment), int(number), ''.join(needle))

    def __str__(self) -> str:
        return f'{self.moment.value}:{self.number}:{self.needle}'

    def concerns(self, content: str) -> bool:
        """Tell whether a request of this content is counted."""
        return self.needle in content


def die() -> NoReturn:
    """End this process at once, as a crash would."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError('not reached')
