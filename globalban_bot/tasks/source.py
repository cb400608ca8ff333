"""The requests of a live wiki, as the settings want them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from globalban_bot.gather.live import LiveSource
from globalban_bot.gather.skipping import Skipping
from globalban_bot.gather.source import Source
from globalban_bot.model.settings import Settings
from globalban_bot.profiles.loader import Profile


def source_of(site: Any, profile: Profile, settings: Settings) -> Source:
    """Return where requests come from: some beside those of the profile, some left alone.

    :param site: the wiki, an ``APISite``
    """
    if profile.settings is None:
        return LiveSource(site, profile)
    with_extra = replace(profile, extra=(*profile.extra, *settings.extra))
    return Skipping(LiveSource(site, with_extra), settings.skip, f'left alone, by {profile.settings.page}')
