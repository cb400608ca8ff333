"""Send one POST, also where pywikibot has no token after it has logged in anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from globalban_bot.act.post import post
from globalban_bot.act.writer import RefusedError
from globalban_bot.model.refusal import Refusal


def send(site: Any, parameters: Mapping[str, str]) -> Mapping[str, Any]:
    """Send a write once and return the answer, errors included.

    Where a session ended, pywikibot logs in while it asks for a token, and then has none (``KeyError``, in
    ``site/_tokenwallet.py``). Nothing was sent then; the next time it has one.

    :raises RefusedError: there is no answer that can be read, or no token
    """
    try:
        return post(site, parameters)
    except KeyError:
        site.tokens.clear()
    try:
        return post(site, parameters)
    except KeyError as error:
        raise RefusedError(Refusal.NOT_LOGGED_IN, str(error)) from error
