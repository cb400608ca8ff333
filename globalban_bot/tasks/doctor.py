"""Check the bot's setup: each check is a line that says OK, or what to do. It edits nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from globalban_bot.act.planning import Rules
from globalban_bot.errors import GlobalbanError, UserError, WikiError
from globalban_bot.gather.checkup import (
    Account,
    log_in,
    open_site,
    read_account,
    read_barred,
    read_newest,
    read_settings,
    read_versions,
    read_wiki,
)
from globalban_bot.policy.loader import load_policy
from globalban_bot.profiles.loader import Profile, load_profile
from globalban_bot.tasks.diagnosis import (
    LIMITS,
    NOT_CHECKED,
    Check,
    Pages,
    judge_account,
    judge_pages,
    judge_settings,
    judge_versions,
    judge_wiki,
)

_SETTINGS = ('configuration', 'site', 'account name', 'contact', *LIMITS, 'cache folder')
_WIKI = ('MediaWiki', 'clock')
_ACCOUNT = ('login', 'block', 'rights', 'bot flag')
_PAGES = ('board', 'log', 'stop page', 'settings', 'policy page')

T = TypeVar('T')
U = TypeVar('U')


def run_doctor(show: Callable[[str], None], as_of: datetime) -> int:
    """Check all, show a line for each thing.

    :param as_of: the moment of the run (aware, UTC)
    :return: the exit code: 0 all is well, 2 it is ours to mend, 3 the wiki said no
    """
    checks = []
    for check in _checks(load_profile('meta'), as_of):
        show(str(check))
        checks.append(check)
    return exit_code(checks)


def exit_code(checks: Iterable[Check]) -> int:
    """Return the exit code; what is ours to mend comes first."""
    return min((check.code for check in checks if not check.ok), default=0)


def _checks(profile: Profile, as_of: datetime) -> Iterator[Check]:
    """Yield the checks; each later stage needs the one before."""
    settings = _after(None, lambda _: read_settings())
    yield from judge_versions(read_versions())
    yield from told(settings, _SETTINGS, lambda found: judge_settings(found, profile))
    wiki = _after(settings, lambda _: read_wiki(open_site()))
    yield from told(wiki, _WIKI, judge_wiki, WikiError.exit_code)
    account = _after(wiki, lambda _: _logged_in())
    yield from told(
        account, _ACCOUNT, lambda found: judge_account(found, settings, wiki), WikiError.exit_code
    )
    pages = _after(account, lambda _: _read_pages(open_site(), profile))
    rules = Rules(account.name if isinstance(account, Account) else '', as_of)
    yield from told(pages, _PAGES, lambda found: judge_pages(found, profile, rules), WikiError.exit_code)


def _after(before: T | GlobalbanError, read: Callable[[T], U]) -> U | GlobalbanError:
    """Read something that needs what was read before; return the error where one of the two fails."""
    if isinstance(before, GlobalbanError):
        return GlobalbanError(NOT_CHECKED)
    try:
        return read(before)
    except GlobalbanError as error:
        return error


def told(
    found: T | GlobalbanError,
    names: tuple[str, ...],
    judge: Callable[[T], Iterable[Check]],
    code: int = UserError.exit_code,
) -> Iterator[Check]:
    """Yield the checks of what was read; where it could not be, the first says why.

    :param names: of the checks
    :param code: exit code where it could not be read
    """
    if not isinstance(found, GlobalbanError):
        yield from judge(found)
        return
    for name, text in zip(names, (str(found), *(NOT_CHECKED for _ in names)), strict=False):
        yield Check(name, False, text, code)


def _logged_in() -> Account:
    site = open_site()
    log_in(site)
    return read_account(site)


def _read_pages(site: Any, profile: Profile) -> Pages:
    # These import pywikibot, and that fails where the configuration is missing.
    from globalban_bot.act.switch import Switch  # noqa: PLC0415
    from globalban_bot.act.wiki import WikiWriter  # noqa: PLC0415
    from globalban_bot.gather.asking import Wikis  # noqa: PLC0415
    from globalban_bot.tasks.settings import read_settings  # noqa: PLC0415

    switch = Switch(site, profile.stop_page, profile.operators, profile.restarters)
    settings = () if profile.settings is None else (profile.settings.in_force,)
    titles = (profile.board_page, profile.log_page, profile.stop_page, *settings)
    writer = WikiWriter(site, switch, lambda: None)
    states = writer.states(titles)
    stopped = _after(None, lambda _: switch.check())
    newest = read_newest(site, load_policy(profile.policy).page)
    in_force = read_settings(Wikis(site), profile, writer.bot)
    barred = read_barred(site, titles)
    return Pages(states, barred, None if stopped is None else str(stopped), newest, in_force)
