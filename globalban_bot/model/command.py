"""What people ask of the bot on talk pages.

A command is a template, and the template shows the answer; nothing is posted on the talk page:

.. code-block:: wikitext

   {{User:Request facts bot/Ask|recount}}
   {{User:Request facts bot/Ask|recount|12345}}
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class CommandName(Enum):
    """What can be asked; ``help``, and mistakes in the words, the template itself answers."""

    STATUS = 'status'  #: tell the state of the request, and link to its box
    RECOUNT = 'recount'  #: count now, and bring the box up to date
    NOMINATION = 'nomination'  #: look up now how the rules on the nomination stand
    COVERAGE = 'coverage'  #: look now which communities were told


#: Stands for an argument that is no number.
ODD = '?'


@dataclass(frozen=True)
class TalkCommand:
    """A command as it stands on a page.

    :param ask: what is asked
    :param argument: a page id, nothing, or :data:`ODD`
    """

    ask: CommandName
    argument: str = ''


@dataclass(frozen=True)
class CommandUse:
    """A command, and the revision that first held it.

    :param author: who saved the revision; None where the name is hidden
    :param time: when (UTC)
    :param revision: id of the revision
    :param stands: whether it stands in the newest revision
    """

    command: TalkCommand
    author: str | None
    time: datetime
    revision: int
    stands: bool
