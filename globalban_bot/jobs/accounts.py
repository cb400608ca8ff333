"""Facts about accounts for a job: asked of the wikis, or from a file that a run has recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from globalban_bot.errors import UserError
from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.live_accounts import LiveAccounts
from globalban_bot.gather.recorded import RecordedAccounts, Recorder
from globalban_bot.jobs.files import read_text, write_text
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.policy.loader import load_policy
from globalban_bot.profiles.loader import Profile
from globalban_bot.wiki.answers import Queries

#: Recorded facts that may be posted are no older.
MOST_AGE = timedelta(days=1)


@contextmanager
def accounts_of(
    wikis: Queries, as_of: datetime, *, facts: Path | None = None, record: Path | None = None
) -> Iterator[Accounts]:
    """Give what answers questions about accounts; record at the end what it has answered, if that is wanted.

    :param wikis: asks the wikis
    :param facts: a file with recorded facts; None to ask the wikis
    :param record: the file to which the answers are written
    :raises UserError: a file cannot be read or written
    """
    accounts: Accounts = LiveAccounts(wikis, as_of) if facts is None else read_recorded(facts)
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
