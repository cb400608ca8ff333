"""Runs globalban_notify with a profile that allows the bot's own engines, as a wiki might once decide.

python -m tests.farm.pwb -m tests.farm.notify_allowed [OPTION ...]
"""

from __future__ import annotations

import sys
from dataclasses import replace

from globalban_bot.model.notice import EngineName
from globalban_bot.profiles.loader import Profile, load_profile
from scripts import globalban_notify


def allowing(name: str) -> Profile:
    """Return a profile that allows all engines."""
    profile = load_profile(name)
    assert profile.notices is not None
    return replace(profile, notices=replace(profile.notices, engines=frozenset(EngineName)))


if __name__ == '__main__':
    vars(globalban_notify)['profile_of'] = allowing
    globalban_notify.main(*sys.argv[1:])
