"""Read how the bot is set up: its configuration, its account, its machine and what the wiki says of them.

pywikibot is imported inside the functions, since its import already needs what is to be checked here.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from stat import S_IWOTH
from typing import Any

from globalban_bot.errors import UserError, WikiError

#: Cache and lock are here, below pywikibot's own folder, unless the operator names another place.
CACHE = 'globalban-cache'
_HOW_TO_CONFIGURE = (
    'copy user-config.py.sample to user-config.py, change it, and set PYWIKIBOT_DIR to its folder'
)
_HOW_TO_LOG_IN = 'look at the password file or the OAuth values, as user-config.py.sample describes them'


@dataclass(frozen=True)
class Settings:
    """What the configuration says.

    :param path: where ``user-config.py`` is
    :param site: family and code of the wiki
    :param account: name of the bot's account; None where it is not set
    :param contact: who runs the bot, for the User-Agent; None where it is not set
    :param put_throttle: seconds between two edits
    :param max_retries: how often a request is tried again
    :param cache: folder of cache and lock
    :param cache_writable: whether files can be written there
    """

    path: Path
    site: tuple[str, str]
    account: str | None
    contact: str | None
    put_throttle: float
    max_retries: int
    cache: Path
    cache_writable: bool


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
class Account:
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


def read_settings() -> Settings:
    """Return what the configuration says.

    :raises UserError: there is none, or pywikibot does not read it
    """
    config = _config()
    site = (config.family, config.mylang)
    names = config.usernames.get(site[0]) or config.usernames.get('*') or {}
    folder = Path(config.base_dir) / CACHE
    return Settings(
        path=_config_file(config),
        site=site,
        account=names.get(site[1]) or names.get('*'),
        contact=getattr(config, 'user_agent_description', None),
        put_throttle=config.put_throttle,
        max_retries=config.max_retries,
        cache=folder,
        cache_writable=can_be_written(folder),
    )


def cache_folder() -> Path:
    """Return where cache and lock are by default.

    :raises UserError: the bot is not configured
    """
    return Path(_config().base_dir) / CACHE


def open_site() -> Any:
    """Return the wiki that the configuration names, not logged in.

    :raises UserError: the bot is not configured, or pywikibot does not know the wiki
    """
    _config()
    import pywikibot  # noqa: PLC0415

    try:
        return pywikibot.Site()
    except pywikibot.exceptions.Error as error:
        raise UserError(f'{error}; set family and mylang in user-config.py') from error


def log_in(site: Any) -> None:
    """Log in as the account that the configuration names.

    :raises WikiError: it fails
    """
    import pywikibot  # noqa: PLC0415

    try:
        site.login()
    except EOFError as error:
        # pywikibot asks for a password that it does not find.
        raise WikiError(f'there is no password for {site.username()}; {_HOW_TO_LOG_IN}') from error
    except (pywikibot.exceptions.Error, RuntimeError, OSError, ValueError) as error:
        # What the password file may raise is among these; pywikibot's messages have no secrets.
        raise WikiError(f'{error}; {_HOW_TO_LOG_IN}') from error
    if not site.logged_in():
        raise WikiError(f'{site} does not know the bot as {site.username()}; {_HOW_TO_LOG_IN}')


def read_wiki(site: Any) -> Wiki:
    """Ask the wiki for its version and time, with one request that needs no login.

    :raises WikiError: it does not answer
    """
    import pywikibot  # noqa: PLC0415
    import requests  # noqa: PLC0415
    from pywikibot.comms import http  # noqa: PLC0415

    query = {'action': 'query', 'meta': 'siteinfo', 'curtimestamp': '1'}
    form = {'format': 'json', 'formatversion': '2'}
    try:
        answer = http.request(site, uri=site.apipath(), method='GET', params={**query, **form}).json()
    except (requests.RequestException, pywikibot.exceptions.Error, OSError, ValueError) as error:
        raise WikiError(f'{site} does not answer ({type(error).__name__}: {error})') from error
    return wiki_of(answer, datetime.now(UTC))


def wiki_of(answer: Mapping[str, Any], here: datetime) -> Wiki:
    """Read an answer of siteinfo.

    :raises WikiError: it is another one
    """
    try:
        time = datetime.fromisoformat(answer['curtimestamp'])
        return Wiki(answer['query']['general']['generator'], time, here)
    except (KeyError, TypeError, ValueError) as error:
        raise WikiError(f'the wiki answers otherwise than expected: {answer.get("error", answer)}') from error


def read_account(site: Any) -> Account:
    """Ask who the bot is to the wiki.

    :param site: the wiki, an ``APISite`` that is logged in
    :raises WikiError: it does not answer
    """
    answer = _asked(site, meta='userinfo', uiprop='blockinfo|groups|rights')
    return account_of(answer['query']['userinfo'])


def account_of(info: Mapping[str, Any]) -> Account:
    """Read an answer of userinfo."""
    block = None
    if 'blockid' in info:
        scope = 'from some pages' if info.get('blockpartial') else 'altogether'
        reason = info.get('blockreason') or 'no reason given'
        block = f'{scope}, until {info.get("blockexpiry", "?")}: {reason}'
    return Account(info['name'], frozenset(info['groups']), frozenset(info['rights']), block)


def read_barred(site: Any, titles: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Ask why the bot may not edit pages, or make them; no codes where it may.

    :param site: the wiki, an ``APISite`` that is logged in
    :raises WikiError: it does not answer
    """
    answer = _asked(
        site, titles='|'.join(titles), prop='info', intestactions='edit|create', intestactionsdetail='full'
    )
    return barred_of(answer['query'])


def barred_of(query: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Read an answer of info, with actions that were tried."""
    asked = {one['to']: one['from'] for one in query.get('normalized', ())}
    return {
        asked.get(page['title'], page['title']): tuple(
            dict.fromkeys(str(error['code']) for errors in page['actions'].values() for error in errors)
        )
        for page in query['pages']
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
    found = answer['query']['pages'][0].get('revisions')
    return Newest(found[0]['revid'], datetime.fromisoformat(found[0]['timestamp'])) if found else None


def why_skipped(path: Path) -> str | None:
    """Tell why pywikibot does not read a configuration; None where it does."""
    try:
        status = path.stat()
    except OSError as error:
        return f'there is no {path} ({error.strerror}); {_HOW_TO_CONFIGURE}'
    if status.st_uid not in {os.getuid(), 0}:
        return f'{path} belongs to another user, so pywikibot does not read it; make it your own'
    if status.st_mode & S_IWOTH:
        return f'others may write to {path}, so pywikibot does not read it; run: chmod 600 {path}'
    return None


def can_be_written(folder: Path) -> bool:
    """Tell whether files can be written in a folder, or the folder be made; makes nothing."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _config() -> Any:
    """Return pywikibot's configuration, where there is one that it has read."""
    try:
        from pywikibot import config  # noqa: PLC0415
    except ImportError as error:
        raise UserError(f'pywikibot cannot be imported ({error}); run: pip install .') from error
    except RuntimeError as error:
        # Before pywikibot 10 its import fails without a configuration.
        raise UserError(f'there is no user-config.py; {_HOW_TO_CONFIGURE}') from error
    except Exception as error:
        # The configuration is a program: whatever it may raise comes up here.
        raise UserError(
            f'user-config.py ends with an error ({type(error).__name__}: {error}); '
            'compare it with user-config.py.sample'
        ) from error
    skipped = why_skipped(_config_file(config))
    if skipped:
        raise UserError(skipped)
    return config


def _config_file(config: Any) -> Path:
    return Path(config.base_dir) / config.user_config_file


def _asked(site: Any, **parameters: str) -> Any:
    import pywikibot  # noqa: PLC0415

    try:
        return site.simple_request(action='query', formatversion='2', **parameters).submit()
    except pywikibot.exceptions.Error as error:
        raise WikiError(f'{site} does not answer ({type(error).__name__}: {error})') from error
