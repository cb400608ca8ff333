"""Read how the bot is set up: its configuration, its account, its machine and what the wiki says of them.

pywikibot is imported inside the functions, since its import already needs what is to be checked here.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    flag_at,
    mapping_at,
    mappings_at,
    number_at,
    optional_mappings,
    text_at,
    texts_at,
    time_at,
)
from globalban_bot.wiki.configuration import CACHE, can_be_written, configuration_file, read_configuration

#: Patterns of hosts by which pywikibot uses OAuth values on content wikis (its ``comms/http.py``).
_CONTENT_WIKIS = {'*.wikipedia.org', '*.org', '*'}


@dataclass(frozen=True)
class PywikibotConfig:
    """What the configuration says.

    :param path: where ``user-config.py`` is
    :param site: family and code of the wiki
    :param account: name of the bot's account; None where it is not set
    :param contact: who runs the bot, for the User-Agent; None where it is not set
    :param put_throttle: seconds between two edits
    :param max_retries: how often a request is tried again
    :param cache: folder of cache and lock
    :param cache_writable: whether files can be written there
    :param no_login_elsewhere: why the bot cannot log in on other wikis than this; None where it can
    """

    path: Path
    site: tuple[str, str]
    account: str | None
    contact: str | None
    put_throttle: float
    max_retries: int
    cache: Path
    cache_writable: bool
    no_login_elsewhere: str | None = None


@dataclass(frozen=True)
class Wiki:
    """What the wiki says to anybody.

    :param generator: its software, such as ``MediaWiki 1.43.0``
    :param time: what time it is there (UTC)
    :param here: what time it is here (aware, UTC)
    """

    generator: str
    time: datetime
    here: datetime


@dataclass(frozen=True)
class BotAccount:
    """The account that the bot is logged in as.

    :param rights: what it may do; with a bot password, what the grants leave of it
    :param block: what it is blocked from and why; None where it is not
    """

    name: str
    groups: frozenset[str]
    rights: frozenset[str]
    block: str | None = None


def read_versions() -> Mapping[str, str | None]:
    """Return the versions of what the bot is built on; None for what is not there."""
    return {'Python': platform.python_version(), 'pywikibot': _version('pywikibot')}


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        # pywikibot may run from a checkout, as it does on Toolforge.
        return getattr(sys.modules.get(name), '__version__', None)


def read_settings() -> PywikibotConfig:
    """Return what the configuration says.

    :raises UserError: there is none, or pywikibot does not read it
    """
    config = read_configuration()
    site = (config.family, config.mylang)
    names = config.usernames.get(site[0]) or config.usernames.get('*') or {}
    folder = Path(config.base_dir) / CACHE
    return PywikibotConfig(
        path=configuration_file(config),
        site=site,
        account=names.get(site[1]) or names.get('*'),
        contact=getattr(config, 'user_agent_description', None),
        put_throttle=config.put_throttle,
        max_retries=config.max_retries,
        cache=folder,
        cache_writable=can_be_written(folder),
        no_login_elsewhere=_no_login_elsewhere(config),
    )


def _no_login_elsewhere(config: Any) -> str | None:
    if not config.usernames.get('*', {}).get('*'):
        return "usernames['*']['*'] is not set"
    if not (config.password_file or _CONTENT_WIKIS & set(config.authenticate)):
        return 'there is no password file, and the OAuth values are for another wiki'
    return None


def read_wiki(site: Any) -> Wiki:
    """Ask the wiki for its version and time, with one request that needs no login.

    :raises WikiError: it does not answer
    """
    answer = _asked(site, meta='siteinfo', curtimestamp='1')
    return wiki_of(answer, datetime.now(UTC), site.base_url(''))


def wiki_of(answer: Mapping[str, Any], here: datetime, server: str = 'the wiki') -> Wiki:
    """Read an answer of siteinfo.

    :raises WikiError: it is another one
    """
    with understood(server):
        return Wiki(text_at(answer, 'query', 'general', 'generator'), time_at(answer, 'curtimestamp'), here)


def read_account(site: Any) -> BotAccount:
    """Ask who the bot is to the wiki.

    :param site: the wiki, an ``APISite`` that is logged in
    :raises WikiError: it does not answer
    """
    answer = _asked(site, meta='userinfo', uiprop='blockinfo|groups|rights')
    with understood(site.base_url('')):
        return account_of(mapping_at(answer, 'query', 'userinfo'))


def account_of(info: Mapping[str, Any]) -> BotAccount:
    """Read an answer of userinfo."""
    block = None
    if 'blockid' in info:
        scope = 'from some pages' if info.get('blockpartial') else 'altogether'
        reason = info.get('blockreason') or 'no reason given'
        block = f'{scope}, until {info.get("blockexpiry", "?")}: {reason}'
    groups, rights = texts_at(info, 'groups'), texts_at(info, 'rights')
    return BotAccount(text_at(info, 'name'), frozenset(groups), frozenset(rights), block)


def read_barred(site: Any, titles: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Ask why the bot may not edit pages, or make them; no codes where it may.

    :param site: the wiki, an ``APISite`` that is logged in
    :raises WikiError: it does not answer
    """
    wanted = [*titles]
    answer = _asked(
        site, titles='|'.join(wanted), prop='info', intestactions='edit|create', intestactionsdetail='full'
    )
    with understood(site.base_url('')):
        barred = barred_of(mapping_at(answer, 'query'))
        return {title: barred[title] for title in wanted}


def barred_of(query: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Read an answer of info, with actions that were tried."""
    asked = {text_at(one, 'to'): text_at(one, 'from') for one in optional_mappings(query, 'normalized')}
    return {
        asked.get(title, title): tuple(
            dict.fromkeys(
                text_at(error, 'code')
                for action in mapping_at(page, 'actions')
                for error in mappings_at(page, 'actions', action)
            )
        )
        for page in mappings_at(query, 'pages')
        if (title := text_at(page, 'title'))
    }


@dataclass(frozen=True)
class Newest:
    """The newest revision of a page.

    :param revision: its id
    :param written: when it was written (UTC)
    """

    revision: int
    written: datetime


def read_newest(site: Any, title: str) -> Newest | None:
    """Ask for the newest revision of a page; None where the wiki has no such page.

    :raises WikiError: it does not answer
    """
    answer = _asked(site, titles=title, prop='revisions', rvprop='ids|timestamp', redirects='1')
    with understood(site.base_url('')):
        page = mapping_at(answer, 'query', 'pages', 0)
        if flag_at(page, 'missing') or flag_at(page, 'invalid'):
            return None
        revision = mapping_at(page, 'revisions', 0)
        return Newest(number_at(revision, 'revid'), time_at(revision, 'timestamp'))


def _asked(site: Any, **parameters: str) -> Mapping[str, Any]:
    from globalban_bot.wiki.api import ApiClient  # noqa: PLC0415

    api = ApiClient(site)
    return next(api.query(api.home, **parameters))
