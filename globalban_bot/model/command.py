"""What people ask of the bot on talk pages.

A command is a template, and the template shows the answer; nothing is posted on the talk page:

.. code-block:: wikitext

   {{User:Request facts bot/Ask|recount}}
   {{User:Request facts bot/Ask|recount|12345}}
   {{User:Request facts bot/Ask|approve|0123456789ab}}
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from globalban_bot.model.approval import Word


class Ask(Enum):
    """What can be asked; ``help``, and mistakes in the words, the template itself answers."""

    STATUS = 'status'  #: show the box of the request
    RECOUNT = 'recount'  #: count now, and bring the box up to date
    NOMINATION = 'nomination'  #: look up now how the rules on the nomination stand
    COVERAGE = 'coverage'  #: look now which communities were told
    APPROVE = 'approve'  #: a plan of notices, by its digest
    WAIVE = 'waive'  #: the rules on the nominator, for the notices
    HOLD = 'hold'  #: the notices, for a day
    SETTLE = 'settle'  #: a hold

    @property
    def ruling(self) -> Word | None:
        """What it says about a delivery; None for a mere question."""
        return Word(self.value) if self in _RULINGS else None


_RULINGS = {Ask.APPROVE, Ask.WAIVE, Ask.HOLD, Ask.SETTLE}


#: Stands for an argument that is none: a number, or a digest, was wanted.
ODD = '?'


@dataclass(frozen=True)
class Command:
    """A command as it stands on a page.

    :param ask: what is asked
    :param argument: a page id, the digest of a plan, nothing, or :data:`ODD`
    """

    ask: Ask
    argument: str = ''


@dataclass(frozen=True)
class Asked:
    """A command, and the edit that put it on the page.

    :param author: who saved the revision; None where the name is hidden
    :param time: when (UTC)
    :param revision: id of the revision
    :param stands: whether it has stood on the page ever since
    """

    command: Command
    author: str | None
    time: datetime
    revision: int
    stands: bool
