"""A bot that is set up as it should be, for tests of what judges it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.gather.environment import BotAccount, PywikibotConfig, Wiki
from globalban_bot.jobs.diagnosis import Check, Pages
from globalban_bot.model.owned import CurrentPage
from globalban_bot.profiles.loader import load_profile

META = load_profile('meta')
assert META.settings is not None
SETTINGS_PAGES = META.settings
NOW = datetime(2027, 6, 1, tzinfo=UTC)
BOT = 'Invented bot'
RULES = PlanContext(BOT, NOW)
SETTINGS = PywikibotConfig(
    path=Path('/there/user-config.py'),
    site=('meta', 'meta'),
    account=BOT,
    contact='operator@wiki.example',
    put_throttle=5,
    max_retries=3,
    cache=Path('/there/cache'),
    cache_writable=True,
)
RIGHTS = frozenset({'edit', 'createpage', 'editmyuserjson', 'writeapi', 'bot', 'apihighlimits'})
ACCOUNT = BotAccount(BOT, frozenset({'*', 'user', 'bot'}), RIGHTS)
WIKI = Wiki('MediaWiki 1.39.17', NOW, NOW)


def wrong(checks: Iterable[Check]) -> dict[str, str]:
    return {check.name: check.text for check in checks if not check.ok}


def pages(stopped: str | None = None, **stop: Any) -> Pages:
    titles = (META.board_page, META.log_page, META.stop_page, SETTINGS_PAGES.in_force)
    states = {title: CurrentPage(title) for title in titles}
    states[META.stop_page] = replace(CurrentPage(META.stop_page, 8, 'Invented operator'), **stop)
    return Pages(states, dict.fromkeys(titles, ()), stopped)
