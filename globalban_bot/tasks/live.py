"""The jobs on a live wiki: what they need is put together here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from globalban_bot.act.alone import StopSignal, alone
from globalban_bot.act.switch import Switch
from globalban_bot.act.wiki import WikiWriter
from globalban_bot.errors import UserError, WikiError
from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.cache import Cache
from globalban_bot.gather.live import LiveSource, live_dialect
from globalban_bot.gather.live_accounts import LiveAccounts
from globalban_bot.gather.recorded import RecordedAccounts, Recorder
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.plan import Plan
from globalban_bot.model.tally import Tally
from globalban_bot.policy.loader import load_policy
from globalban_bot.profiles.loader import Profile, load_profile
from globalban_bot.render.plan import render_plan
from globalban_bot.tasks.files import read_text, write_text
from globalban_bot.tasks.job import Approve, Choice, Job, StatusReport
from globalban_bot.tasks.nomination import Nominations
from globalban_bot.tasks.reading import read_page
from globalban_bot.tasks.status import update_status
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.page import Reader, reader_for

_log = logging.getLogger(__name__)

#: Recorded facts that may be posted are no older.
MOST_AGE = timedelta(days=1)


def tally_live(site: Any, as_of: datetime, *, limit: int | None = None) -> Iterator[Tally]:
    """Yield the tallies of a wiki's requests; one that cannot be read never stops the rest.

    :param site: the wiki, an ``APISite``
    :param as_of: the moment of the run (aware, UTC)
    :param limit: most requests to read; None for all
    """
    profile = load_profile('meta')
    reader = reader_of(site, profile)
    source = LiveSource(site, profile)
    for candidate in islice((one for one in source.candidates() if one.is_request), limit):
        try:
            yield read_page(source.read(candidate), reader, as_of)
        except WikiError as error:
            _log.warning('%s', error)


@dataclass(frozen=True)
class Run:
    """A run of the status job on a live wiki.

    :param site: the wiki, an ``APISite`` that is logged in
    :param folder: where cache and lock are
    :param as_of: the moment of the run (aware, UTC)
    :param facts: a file with recorded facts about accounts; None to ask the wikis
    :param record: a file to which what the wikis tell of accounts is written; None for none
    """

    site: Any
    folder: Path
    as_of: datetime
    profile: Profile
    facts: Path | None = None
    record: Path | None = None

    def status(self, choice: Choice, approve: Approve) -> StatusReport:
        """Bring board and boxes up to date.

        :raises Stopped: another run is at work
        :raises UserError: the recorded facts are older than a day
        """
        if self.facts is not None:
            check_age(read_recorded(self.facts), self.facts, self.as_of)
        with (
            alone(self.folder),
            accounts_of(self.site, self.as_of, facts=self.facts, record=self.record) as accounts,
        ):
            stop = StopSignal()
            switch = Switch(
                self.site, self.profile.stop_page, self.profile.operators, self.profile.restarters
            )
            job = Job(
                source=LiveSource(self.site, self.profile),
                writer=WikiWriter(self.site, switch, stop.check),
                reader=reader_of(self.site, self.profile),
                cache=Cache(self.folder),
                profile=self.profile,
                messages=Messages(),
                as_of=self.as_of,
                check_stop=stop.check,
                nominations=nominations_of(self.profile, accounts, stop.check),
            )
            return update_status(job, choice, approve)


@contextmanager
def accounts_of(
    site: Any, as_of: datetime, *, facts: Path | None = None, record: Path | None = None
) -> Iterator[Accounts]:
    """Give what answers questions about accounts; record at the end what it has answered, if that is wanted.

    :param facts: a file with recorded facts; None to ask the wikis
    :param record: the file to which the answers are written
    :raises UserError: a file cannot be read or written
    """
    accounts: Accounts = LiveAccounts(site, as_of) if facts is None else read_recorded(facts)
    if record is None:
        yield accounts
        return
    recorder = Recorder(accounts)
    try:
        yield recorder
    finally:
        write_text(record, recorder.dump())


def nominations_of(
    profile: Profile, accounts: Accounts, check_stop: Callable[[], None] = lambda: None
) -> Nominations:
    """Return what finds out how nominations stand on a farm.

    :param check_stop: raises ``Stopped`` when the run was asked to end
    """
    return Nominations(accounts, load_policy(profile.policy), profile.wiki, check_stop)


def read_recorded(path: Path) -> RecordedAccounts:
    """Return the facts of a file.

    :raises UserError: it cannot be read
    """
    return RecordedAccounts(read_text(path), path.name)


def check_age(recorded: RecordedAccounts, path: Path, as_of: datetime) -> None:
    """See to it that nothing is posted as of now that was looked up long ago.

    :raises UserError: some of it was
    """
    if recorded.oldest is not None and as_of - recorded.oldest > MOST_AGE:
        raise UserError(
            f'{path}: recorded on {recorded.oldest:%Y-%m-%d}; a box tells what is known today: record it anew'
        )


def ask_for(show: Callable[[str], None], *, always: bool, never: bool, ask: Callable[[], bool]) -> Approve:
    """Return what shows a plan and says whether it may be carried out.

    :param show: prints a text
    :param always: carry out without asking
    :param never: only show
    :param ask: asks the person at the terminal
    """

    def approve(plan: Plan) -> bool:
        show(render_plan(plan, Messages(), diffs=not always))
        return always or (bool(plan.edits) and not never and ask())

    return approve


def profile_of(name: str) -> Profile:
    """Return a profile of the package by its name."""
    return load_profile(name)


def show_report(report: StatusReport) -> str:
    """Return what an operator reads after a run."""
    outcome = report.outcome
    lines = [f'edited: {title}' for title in outcome.done]
    lines += [f'not done: {failure}' for failure in report.failures]
    lines += [f'the wiki said of {one.title}: {one.detail}' for one in outcome.refused if one.detail]
    if outcome.stopped is not None:
        lines.append(f'stopped: {outcome.stopped}')
    return '\n'.join(lines)


def reader_of(site: Any, profile: Profile) -> Reader:
    """Return the reader of a live wiki."""
    return reader_for(profile, live_dialect(site, wikimedia_dialect()))
