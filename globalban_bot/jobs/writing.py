"""Put together what edits a live wiki: who reads the pages, and what may stop it."""

from __future__ import annotations

from collections.abc import Callable

from globalban_bot.act.wiki_writer import WikiWriter
from globalban_bot.gather.current_pages import CurrentPageReader
from globalban_bot.gather.stop_page import StopPage
from globalban_bot.profiles.loader import Profile
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wikitext.pending import pending_on


def stop_page_of(api: ApiClient, profile: Profile) -> StopPage:
    """Return what reads the stop page."""
    people = (profile.operators, profile.restarters)
    return StopPage(api, api.bot, profile.stop_page, *people, pending_on)


def writer_of(api: ApiClient, *checks: Callable[[], None], marked: bool = True) -> WikiWriter:
    """Return what edits the bot's pages.

    :param api: asks the wiki and writes to it; its account is logged in
    :param checks: each raises ``Stopped`` where nothing may be edited; they are made before each edit
    :param marked: whether the pages bear markers, as those of the kit do not
    """

    def at_once() -> int:
        return 500 if api.has_right('apihighlimits') else 50

    def check() -> None:
        for stops in checks:
            stops()

    return WikiWriter(api, CurrentPageReader(api, api.bot, marked=marked, at_once=at_once).read, check)
