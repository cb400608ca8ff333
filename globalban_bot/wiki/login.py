"""The first contact with the wiki of the configuration, and the login.

pywikibot is imported inside the functions, since its import fails where there is no configuration.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from globalban_bot.errors import UserError, WikiError
from globalban_bot.wiki.configuration import check_configuration, read_configuration

#: Something that pywikibot does not know.
_LAST = '-last-argument'
_HOW_TO_REACH = 'check the network, and run it again'
_HOST = re.compile(r"host='([^']+)'")
_REASON = re.compile(r"\[Errno [^\]]+\] [^'\")]+")
_HOW_TO_LOG_IN = (
    'look at the password file or the OAuth values, as user-config.py.sample describes them; '
    'the answer is the same for an account that is locked, or that has never been on that wiki'
)


def take_arguments(arguments: Sequence[str]) -> list[str]:
    """Let pywikibot take its own options from a command line, and return the rest.

    That opens the wiki already. Without a configuration pywikibot would take test.wikipedia.org for it.

    :raises UserError: the bot is not configured, or pywikibot does not know the wiki
    """
    check_configuration()
    import pywikibot  # noqa: PLC0415

    try:
        with _quiet():
            # Without any argument pywikibot would take those of the process.
            return list(pywikibot.handle_args([*arguments, _LAST]))[:-1]
    except SystemExit as error:
        # So it ends where it does not know the wiki, and where a package for the login is missing.
        config = pywikibot.config
        raise UserError(
            f'pywikibot cannot use {config.family}:{config.mylang}; set family and mylang in user-config.py, '
            "and for OAuth run: pip install 'globalban_bot[oauth]'"
        ) from error


def logged_in_site() -> Any:
    """Return the wiki that the configuration names, with the bot logged in.

    :raises UserError: the bot is not configured
    :raises WikiError: the wiki does not answer, or refuses the login
    """
    site = open_site()
    log_in(site)
    return site


def open_site() -> Any:
    """Return the wiki that the configuration names, not logged in.

    :raises UserError: the bot is not configured, or pywikibot does not know the wiki
    """
    read_configuration()
    import pywikibot  # noqa: PLC0415
    import requests  # noqa: PLC0415

    unknown = (pywikibot.exceptions.UnknownSiteError, pywikibot.exceptions.UnknownFamilyError)
    try:
        with _quiet():
            return pywikibot.Site()
    except unknown as error:
        raise UserError(f'{error}; set family and mylang in user-config.py') from error
    except pywikibot.exceptions.Error as error:
        raise WikiError(f'the wiki cannot be used: {error}; {_HOW_TO_REACH}') from error
    except (ConnectionError, requests.RequestException) as error:
        raise WikiError(unreachable(error)) from error


def site_of_url(url: str) -> Any:
    """Return the wiki of a server, with the bot logged in.

    :param url: as ``https://de.wikipedia.org``
    """
    import pywikibot  # noqa: PLC0415

    site = pywikibot.Site(url=f'{url}/wiki/')
    site.login()
    return site


def log_in(site: Any) -> None:
    """Log in as the account that the configuration names.

    :raises UserError: the password cannot be read
    :raises WikiError: the wiki refuses the login, or does not answer
    """
    import pywikibot  # noqa: PLC0415
    import requests  # noqa: PLC0415

    try:
        with _quiet():
            if not (site.logged_in() or sys.stdin.isatty() or _has_secret(site)):
                raise EOFError
            site.login()
    except (ConnectionError, requests.RequestException) as error:
        raise WikiError(unreachable(error)) from error
    except pywikibot.exceptions.Error as error:
        raise WikiError(f'{str(error).rstrip(".")}; {_HOW_TO_LOG_IN}') from error
    except EOFError as error:
        # pywikibot asks for a password that it does not find.
        raise UserError(f'there is no password for {site.username()}; {_HOW_TO_LOG_IN}') from error
    except (OSError, ValueError) as error:
        # What the password file may raise is among these; pywikibot's messages have no secrets.
        raise UserError(f'{error}; {_HOW_TO_LOG_IN}') from error
    except (RuntimeError, AssertionError, LookupError, TypeError) as error:
        # So pywikibot ends where the answer is none of MediaWiki's.
        raise WikiError(f'{site} answers otherwise than expected ({error!r}); run it again later') from error
    if not site.logged_in():
        raise WikiError(f'{site} does not know the bot as {site.username()}; {_HOW_TO_LOG_IN}')


def unreachable(error: Exception) -> str:
    """Return what an error of the network tells: the host and the reason, of a text that has much more."""
    text = str(error)
    host, reason = _HOST.search(text), _REASON.search(text)
    short = f'{host[1]}: {reason[0]}' if host and reason else text
    return f'the wiki cannot be reached ({short}); {_HOW_TO_REACH}'


def _has_secret(site: Any) -> bool:
    """Tell whether the configuration has something to log in with, so that pywikibot need not ask for it."""
    from pywikibot.login import ClientLoginManager  # noqa: PLC0415

    manager = ClientLoginManager(site=site, user=site.username())
    return bool(manager.password or site.is_oauth_token_available())


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pywikibot from telling what the error tells that it raises; help and results still show."""
    hidden = {logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL}
    logger = logging.getLogger('pywiki')

    def show(record: logging.LogRecord) -> bool:
        return record.levelno not in hidden

    logger.addFilter(show)
    try:
        yield
    finally:
        logger.removeFilter(show)
