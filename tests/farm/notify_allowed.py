"""Runs globalban_notify with a profile that allows the bot's own engines, as a wiki might once decide.

python -m tests.farm.pwb -m tests.farm.notify_allowed [OPTION ...]
"""

from __future__ import annotations

import sys
from dataclasses import replace

from globalban_bot.cli import main, notify
from globalban_bot.model.notice import EngineName
from globalban_bot.profiles.loader import Profile, load_profile


def allowing(name: str) -> Profile:
    """Return a profile that allows all engines."""
    profile = load_profile(name)
    assert profile.notices is not None
    return replace(profile, notices=replace(profile.notices, engines=frozenset(EngineName)))


if __name__ == '__main__':
    vars(notify)['load_profile'] = allowing
    sys.exit(main.main(['notify', *sys.argv[1:]]))
