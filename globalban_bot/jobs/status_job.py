"""What the status job works on, what it is asked for, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import datetime

from globalban_bot.act.writer import Writer
from globalban_bot.gather.cache import Cache
from globalban_bot.gather.request_source import Source
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.jobs.page_reading import InProcess, PageReading
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.plan import Plan
from globalban_bot.model.settings import InForce
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import Profile
from globalban_bot.wikitext.page import Reader

#: Shown a plan, says whether it may be carried out.
Approve = Callable[[Plan], bool]


@dataclass(frozen=True)
class StatusJob:
    """What the job works on.

    :param source: the wiki, or a saved one
    :param writer: where the pages go
    :param reader: how pages are read
    :param cache: what earlier runs have read
    :param as_of: the moment of the run (aware, UTC)
    :param check_stop: raises ``Stopped`` when the run was asked to end
    :param nominations: what is found on nominations; None where nobody is asked about accounts
    :param in_force: the settings on the wiki
    :param reading: reads pages, in this process or in a worker
    :param gone: tells which boxes have no request any more, by page id; it is given those of all requests
    """

    source: Source
    writer: Writer
    reader: Reader
    cache: Cache
    profile: Profile
    messages: Messages
    as_of: datetime
    check_stop: Callable[[], None] = lambda: None
    nominations: Nominations | None = None
    in_force: InForce = field(default_factory=InForce)
    reading: PageReading = field(default_factory=InProcess)
    gone: Callable[[Set[int]], Set[int]] = lambda known: frozenset()


@dataclass(frozen=True)
class StatusOptions:
    """What the operator asked for.

    :param requests: page ids or titles of the requests to bring up to date; all of them where it is empty
    :param limit: so many requests at most, the newest first; None for all
    :param recount: do not wait for the next day
    :param rearmed: titles of owned pages that are taken back from a person's edit
    :param brake: whether a plan that looks wrong is held back
    """

    requests: frozenset[str] = frozenset()
    limit: int | None = None
    recount: bool = False
    rearmed: frozenset[str] = frozenset()
    brake: bool = True


@dataclass(frozen=True)
class StatusReport:
    """What a run found and made.

    :param candidates: pages that were looked at, those left out with the reason
    :param tallies: the requests that were read in this run, in the order of the board
    :param plan: what was to be done at first
    :param outcome: what became of it
    :param failures: what was not done, by page id or title of an owned page; nobody is named
    :param alarms: requests whose state the bot cannot tell, so that the operator has to look
    """

    candidates: tuple[RequestRef, ...]
    tallies: tuple[Tally, ...]
    plan: Plan
    outcome: Outcome
    failures: tuple[str, ...]
    alarms: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether all was done, and there is nothing to look at."""
        return not self.failures and not self.alarms
