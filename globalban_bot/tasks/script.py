"""How a pywikibot script runs, from its command line to its exit code."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from globalban_bot.gather.connection import log_in, open_site, script_arguments
from globalban_bot.tasks.ending import ended
from globalban_bot.tasks.options import Options

__all__ = ['logged_in_site', 'open_site', 'run_script']


def run_script(
    pywikibot: Any,
    arguments: Sequence[str],
    flags: Iterable[str],
    values: Mapping[str, Callable[[str], Any]],
    run: Callable[[Options], int],
) -> int:
    """Run a script; whatever goes wrong, from the first contact with the wiki on, is one line.

    :param pywikibot: the module
    :param arguments: of the command line; none for those of the process
    :param flags: options without a value
    :param values: options with a value, see :class:`Options`
    :param run: does what the script is for, and returns its exit code
    :return: the exit code
    """
    logging.basicConfig(level=logging.INFO, format='%(message)s')
    return ended(lambda: run(Options(script_arguments(arguments), flags, values)), pywikibot)


def logged_in_site() -> Any:
    """Return the wiki that the configuration names, with the bot logged in.

    :raises UserError: the bot is not configured
    :raises WikiError: the wiki does not answer, or refuses the login
    """
    site = open_site()
    log_in(site)
    return site
