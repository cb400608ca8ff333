"""Heed pages that exclude the bot: ``{{bots|deny=…}}`` and ``{{nobots}}``."""

from __future__ import annotations

import pywikibot

from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wiki.api_errors import NoAnswerError, RefusedError


def check_exclusion(api: ApiClient, title: str, text: str) -> None:
    """Return if a page lets the bot edit it; pywikibot reads the templates.

    :raises RefusedError: it does not, or that cannot be told
    """
    if 'bots' not in text.lower():
        return
    try:
        may = pywikibot.Page(api.site, title).botMayEdit()
    except Exception as error:
        # Besides its own errors, pywikibot lets through whatever an odd answer makes of it.
        raise NoAnswerError(api.home, f'whether {title} excludes bots ({type(error).__name__})') from error
    if not may:
        raise RefusedError(Refusal.NO_BOTS, 'the page has {{bots}} or {{nobots}}')
