"""The bot at work on a wiki of the farm, as scheduled jobs let it work: for trying what editors do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from globalban_bot.gather.cache import store_kept
from globalban_bot.profiles.loader import load_profile
from tests.farm.accounts import Account, BotPassword
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.communities import PUMPS
from tests.farm.errors import FarmError
from tests.farm.farm import Farm
from tests.farm.playground import PEOPLE
from tests.farm.stage import name_languages

META = load_profile('meta')
WIKI = 'metawiki'
#: JSON pages below a user's are for that user: so the bot is called as the profile says.
BOT = Account('Request facts bot', groups=('bot',), bot_password=BotPassword())
#: What a schedule runs, in this order, with its options.
JOBS = (('globalban_status',), ('globalban_talk',), ('globalban_notify', '-plan'))


def make_ready(farm: Farm, folder: Path) -> Path:
    """Make accounts, and give the wiki the page kit.

    :param folder: an empty one
    :return: pywikibot's folder, for the bot
    """
    farm.set_switch(WIKI, load=['TemplateStyles'])
    name_languages(farm, META.languages)
    farm.create_accounts(WIKI, BOT, *(person.account for person in PEOPLE))
    bot = write_bot_folder(folder / 'bot', BOT)
    tell_pumps(bot)
    done(run_child(farm, bot, 'globalban_setup', '-always'))
    return bot


def tell_pumps(bot: Path, now: datetime | None = None) -> None:
    """Let the bot know what Wikidata would answer on village pumps: it is not to be had here.

    :param now: when it was asked (aware, UTC); None for the time of this machine
    """
    assert META.notices is not None
    question = f'{META.notices.wikidata} {META.notices.item}'
    path = bot / 'globalban-cache' / 'pumps.json'
    store_kept(path, question, now or datetime.now(UTC), dict(PUMPS))


def work(farm: Farm, bot: Path) -> Iterator[str]:
    """Deliver the messages that people have sent, let each job run once, and yield what an operator reads."""
    farm.run_jobs()
    for job in JOBS:
        outcome = run_child(farm, bot, *job, '-always', timeout=300)
        yield f'{" ".join(job)} ended with {outcome.code}\n{outcome.output}{outcome.errors}'.rstrip()


def done(outcome: Outcome) -> Outcome:
    """See to it that a run ended well.

    :raises FarmError: it did not
    """
    if outcome.code:
        raise FarmError(f'exit code {outcome.code}: {outcome.errors or outcome.output}')
    return outcome
