"""Check the bot's setup: each check is a line that says OK, or what to do. It edits nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.errors import GlobalbanError, InternalError, UserError, WikiError
from globalban_bot.gather.environment import (
    BotAccount,
    read_account,
    read_barred,
    read_newest,
    read_settings,
    read_versions,
    read_wiki,
)
from globalban_bot.jobs.diagnosis import (
    LIMITS,
    NOT_CHECKED,
    Check,
    Pages,
    Read,
    judge_account,
    judge_pages,
    judge_policy,
    judge_settings,
    judge_versions,
    judge_wiki,
)
from globalban_bot.jobs.error_lines import ending_of, pywikibot_error
from globalban_bot.policy.loader import load_policy
from globalban_bot.profiles.loader import Profile, load_profile
from globalban_bot.wiki.login import log_in, open_site

if TYPE_CHECKING:
    from globalban_bot.wiki.api import ApiClient

_SETTINGS = ('configuration', 'site', 'account name', 'contact', *LIMITS, 'cache folder', 'other wikis')
_WIKI = ('MediaWiki', 'clock')
_ACCOUNT = ('login', 'block', 'rights', 'bot flag')
#: The policy page comes last, and has a line of its own even where no wiki answers.
_PAGES = ('board', 'log', 'stop page', 'settings')

T = TypeVar('T')
U = TypeVar('U')


def run_doctor(show: Callable[[str], None], as_of: datetime, profile: str = 'meta') -> int:
    """Check all, show a line for each thing.

    :param as_of: the moment of the run (aware, UTC)
    :param profile: name of the profile
    :return: the exit code: 0 all is well, 2 it is ours to mend, 3 the wiki said no
    """
    checks = []
    for check in _checks(load_profile(profile), as_of):
        show(str(check))
        checks.append(check)
    return exit_code(checks)


def exit_code(checks: Iterable[Check]) -> int:
    """Return the exit code; what is ours to mend comes first."""
    return min((check.code for check in checks if not check.ok), default=0)


def _checks(profile: Profile, as_of: datetime) -> Iterator[Check]:
    """Yield the checks; each later stage needs the one before. What was not reached shares one line."""
    missed: list[str] = []
    settings = _tried(read_settings)
    yield from judge_versions(read_versions())
    yield from told(settings, _SETTINGS, missed, lambda value: judge_settings(value, profile))
    wiki = _after(settings, lambda _: read_wiki(_client(open_site())))
    yield from told(wiki, _WIKI, missed, judge_wiki)
    account = _after(wiki, lambda _: _logged_in())
    yield from told(account, _ACCOUNT, missed, lambda value: judge_account(value, settings, wiki))
    rules = PlanContext(account.name if isinstance(account, BotAccount) else '', as_of)
    pages = _after(account, lambda _: _read_pages(open_site(), profile))
    if isinstance(pages, GlobalbanError):
        yield from _policy_alone(profile, pages, missed)
    yield from told(pages, _PAGES, missed, lambda value: judge_pages(value, profile, rules))
    if missed:
        yield Check('not checked', False, f'{", ".join(missed)}; {NOT_CHECKED}', WikiError.exit_code)


def _policy_alone(profile: Profile, error: GlobalbanError, missed: list[str]) -> Iterator[Check]:
    """Yield what can be told of the policy without a wiki: that its page was never compared."""
    policy = load_policy(profile.policy)
    if policy.revision is None:
        yield judge_policy(policy, error)
    else:
        missed.append('policy page')


def _tried(read: Callable[[], T]) -> Read[T]:
    """Read something; return the error where that fails for a reason that is not our own mistake."""
    try:
        return read()
    except GlobalbanError as error:
        return error
    except Exception as error:
        code, text = ending_of(error, pywikibot_error())
        if code == InternalError.exit_code:
            raise
        return UserError(text) if code == UserError.exit_code else WikiError(text)


def _after(before: Read[U], read: Callable[[U], T]) -> Read[T]:
    """Read something that needs what was read before."""
    return _NotReachedError() if isinstance(before, GlobalbanError) else _tried(lambda: read(before))


class _NotReachedError(GlobalbanError):
    """Something was not read because what it needs was not."""


def told(
    reading: Read[T], names: tuple[str, ...], missed: list[str], judge: Callable[[T], Iterable[Check]]
) -> Iterator[Check]:
    """Yield the checks of what was read; where it could not be, the first says why.

    :param names: of the checks
    :param missed: gains the names of those that were not made
    """
    if not isinstance(reading, GlobalbanError):
        yield from judge(reading)
        return
    reached = not isinstance(reading, _NotReachedError)
    if reached:
        yield Check(names[0], False, str(reading), reading.exit_code)
    missed += names[reached:]


def _logged_in() -> BotAccount:
    site = open_site()
    log_in(site)
    return read_account(_client(site))


def _client(site: Any) -> ApiClient:
    # This imports pywikibot, and that fails where the configuration is missing.
    from globalban_bot.wiki.api import ApiClient  # noqa: PLC0415

    return ApiClient(site)


def _read_pages(site: Any, profile: Profile) -> Pages:
    # These import pywikibot, too.
    from globalban_bot.jobs.settings import read_settings  # noqa: PLC0415
    from globalban_bot.jobs.writing import stop_page_of, writer_of  # noqa: PLC0415

    wikis = _client(site)
    settings = () if profile.settings is None else (profile.settings.in_force,)
    titles = (profile.board_page, profile.log_page, profile.stop_page, *settings)
    writer = writer_of(wikis)
    stopped = _tried(stop_page_of(wikis, profile).check)
    return Pages(
        _tried(lambda: writer.states(titles)),
        _tried(lambda: read_barred(wikis, titles)),
        None if stopped is None else str(stopped),
        _tried(lambda: read_newest(wikis, load_policy(profile.policy).page)),
        _tried(lambda: read_settings(wikis, profile, writer.bot)),
    )
