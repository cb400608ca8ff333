"""The requests of a live wiki, as the settings want them."""

from __future__ import annotations

from dataclasses import replace

from globalban_bot.gather.live_requests import LiveSource
from globalban_bot.gather.request_source import Skipping, Source
from globalban_bot.model.settings import Settings
from globalban_bot.profiles.loader import Profile
from globalban_bot.wiki.api import ApiClient


def source_of(api: ApiClient, profile: Profile, settings: Settings) -> Source:
    """Return the source of requests. The settings can add some to those of the profile, and leave some out.

    :param api: asks the wiki
    """
    if profile.settings is None:
        return LiveSource(api, profile)
    with_extra = replace(profile, extra=(*profile.extra, *settings.extra))
    return Skipping(LiveSource(api, with_extra), settings.skip, f'left alone, by {profile.settings.page}')
