"""What every job on a live wiki works with, put together once a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from globalban_bot.act.run_lock import TerminationSignal, hold_run_lock
from globalban_bot.act.wiki_writer import WikiWriter
from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.home_wiki import live_dialect
from globalban_bot.gather.request_source import Source
from globalban_bot.gather.stop_page import StopPage
from globalban_bot.jobs.accounts import accounts_of, check_age, nominations_of, read_recorded
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.jobs.page_reading import PageReading
from globalban_bot.jobs.page_worker import PageWorker
from globalban_bot.jobs.settings import read_settings
from globalban_bot.jobs.source import source_of
from globalban_bot.jobs.writing import stop_page_of, writer_of
from globalban_bot.model.dialect import Dialect
from globalban_bot.model.settings import InForce
from globalban_bot.profiles.controls import CommandSettings
from globalban_bot.profiles.loader import Profile
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wikitext.commands import CommandReader, command_reader
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.lexicon import wikimedia_lexicon
from globalban_bot.wikitext.page import Reader, reader_for


@dataclass(frozen=True)
class Session:
    """A live wiki, and the only run that is at work on it.

    :param site: the wiki, an ``APISite`` that is logged in
    :param folder: where cache and lock are
    :param clock: tells the moment (aware, UTC)
    :param stop: knows whether the process was asked to end
    :param stop_page: reads the stop page
    :param writer: edits the bot's own pages
    :param wikis: asks any wiki of the farm
    :param accounts: answers questions about accounts
    :param in_force: the settings on the wiki
    :param source: the requests, as the settings want them
    :param dialect: what the wiki calls things
    :param reading: reads pages in a worker process, which ends with the run
    """

    site: Any
    folder: Path
    profile: Profile
    clock: Callable[[], datetime]
    stop: TerminationSignal
    stop_page: StopPage
    writer: WikiWriter
    wikis: ApiClient
    accounts: Accounts
    in_force: InForce
    source: Source
    dialect: Dialect
    reading: PageReading

    def reader(self) -> Reader:
        """Return what reads requests."""
        return reader_for(self.profile, self.dialect)

    def commands(self, settings: CommandSettings) -> CommandReader:
        """Return what reads commands."""
        return command_reader(settings, self.dialect, wikimedia_lexicon())

    def nominations(self) -> Nominations:
        """Return what finds out how nominations stand."""
        return nominations_of(self.profile, self.accounts, self.stop.check)

    def check(self) -> None:
        """Return if the run may write.

        :raises Stopped: by the stop page, or by whoever asked the process to end
        """
        self.stop.check()
        self.stop_page.check()


@contextmanager
def open_session(
    site: Any,
    folder: Path,
    profile: Profile,
    clock: Callable[[], datetime],
    *,
    facts: Path | None = None,
    record: Path | None = None,
) -> Iterator[Session]:
    """Give what a run works with, for the length of a block in which no other run is at work.

    :param facts: a file with recorded facts about accounts; None to ask the wikis
    :param record: the file to which the answers about accounts are written; None for none
    :raises Stopped: another run is at work
    :raises UserError: a file cannot be read or written, or the recorded facts are older than a day
    :raises WikiError: the settings on the wiki cannot be read
    """
    if facts is not None:
        check_age(read_recorded(facts), facts, clock())
    with hold_run_lock(folder):
        wikis = ApiClient(site)
        with (
            accounts_of(wikis, clock(), facts=facts, record=record) as accounts,
            PageWorker() as reading,
        ):
            stop = TerminationSignal()
            stop_page = stop_page_of(wikis, profile)
            writer = writer_of(wikis, stop.check, stop_page.check)
            in_force = read_settings(wikis, profile, writer.bot)
            yield Session(
                site=site,
                folder=folder,
                profile=profile,
                clock=clock,
                stop=stop,
                stop_page=stop_page,
                writer=writer,
                wikis=wikis,
                accounts=accounts,
                in_force=in_force,
                source=source_of(wikis, profile, in_force.settings),
                dialect=live_dialect(wikis, wikimedia_dialect()),
                reading=reading,
            )


def reader_of(site: Any, profile: Profile) -> Reader:
    """Return the reader of a live wiki."""
    return reader_for(profile, live_dialect(ApiClient(site), wikimedia_dialect()))
