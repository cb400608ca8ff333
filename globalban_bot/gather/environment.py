"""Read how the bot is set up: its configuration, its account, its machine and what the wiki says of them.

pywikibot is imported inside the functions, since its import already needs what is to be checked here.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from globalban_bot.wiki.answers import ApiAnswer, Queries, ask_once
from globalban_bot.wiki.configuration import CACHE, can_be_written, configuration_file, read_configuration

#: Patterns of hosts by which pywikibot uses OAuth values on content wikis (its ``comms/http.py``).
_CONTENT_WIKIS = {'*.wikipedia.org', '*.org', '*'}


@dataclass(frozen=True)
class PywikibotConfig:
    """What the configuration says.

    :param site: family and code of the wiki
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


def read_wiki(wikis: Queries) -> Wiki:
    """Ask the wiki for its version and time, with one request that needs no login."""
    answer = ask_once(wikis, wikis.home, meta='siteinfo', curtimestamp='1')
    generator = answer.text('query', 'general', 'generator')
    return Wiki(generator, answer.time('curtimestamp'), datetime.now(UTC))


def read_account(wikis: Queries) -> BotAccount:
    """Ask who the bot is to the wiki."""
    answer = ask_once(wikis, wikis.home, meta='userinfo', uiprop='blockinfo|groups|rights')
    info = answer.at('query', 'userinfo')
    block = None
    if 'blockid' in info:
        scope = 'from some pages' if info.flag('blockpartial') else 'altogether'
        reason = info.text_if_any('blockreason') or 'no reason given'
        block = f'{scope}, until {info.text_if_any("blockexpiry") or "?"}: {reason}'
    groups, rights = info.texts('groups'), info.texts('rights')
    return BotAccount(info.text('name'), frozenset(groups), frozenset(rights), block)


def read_barred(wikis: Queries, titles: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Ask why the bot may not edit pages, or make them; no codes where it may."""
    wanted = [*titles]
    question = {'prop': 'info', 'intestactions': 'edit|create', 'intestactionsdetail': 'full'}
    pages = ask_once(wikis, wikis.home, titles='|'.join(wanted), **question).pages_of(wanted)
    return {title: tuple(dict.fromkeys(_codes(page))) for title, page in pages.items()}


def _codes(page: ApiAnswer) -> Iterator[str]:
    for errors in page.fields('actions').values():
        yield from (error.text('code') for error in errors.objects())


@dataclass(frozen=True)
class Newest:
    """The newest revision of a page: its id, and when it was written (UTC)."""

    revision: int
    written: datetime


def read_newest(wikis: Queries, title: str) -> Newest | None:
    """Ask for the newest revision of a page; None where the wiki has no such page."""
    question = {'prop': 'revisions', 'rvprop': 'ids|timestamp', 'redirects': '1'}
    page = ask_once(wikis, wikis.home, titles=title, **question).at('query', 'pages', 0)
    if page.flag('missing') or page.flag('invalid'):
        return None
    revision = page.at('revisions', 0)
    return Newest(revision.number('revid'), revision.time('timestamp'))
