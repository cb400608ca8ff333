"""The moment of a run: by the clock of the wiki, where there is one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from globalban_bot.wiki.login import logged_in_site

Clock = Callable[[], datetime]


def machine_clock() -> datetime:
    """Return the moment by the clock of the machine (aware, UTC)."""
    return datetime.now(UTC)


def logged_in(clock: Clock) -> tuple[Any, Clock]:
    """Return the wiki, with the bot logged in, and the clock to go by.

    The machine's clock may be wrong, and waits would end too early: the wiki's takes its place. Any other
    clock is somebody's choice, and stands.

    :raises UserError: the bot is not configured
    :raises WikiError: the wiki does not answer, or refuses the login
    """
    # Only here, as these import pywikibot.
    from globalban_bot.wiki.api import ApiClient  # noqa: PLC0415
    from globalban_bot.wiki.site_facts import wiki_clock  # noqa: PLC0415

    site = logged_in_site()
    return site, wiki_clock(ApiClient(site), clock) if clock is machine_clock else clock
