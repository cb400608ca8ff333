"""Runs globalban_talk at a moment of the test's choice, and with threaded replies where that is wanted.

    python -m tests.farm.pwb -m tests.farm.talk_at 2026-01-01T12:00:00+00:00 threaded [ARGUMENT ...]

The second argument is "transclusion" or "threaded"; the others are those of globalban_talk.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from unittest import mock

from globalban_bot.profiles.controls import Reply
from globalban_bot.profiles.loader import load_profile


def main() -> None:
    """Run globalban_talk with a clock that stands still."""
    moment, reply = datetime.fromisoformat(sys.argv.pop(1)), Reply(sys.argv.pop(1))
    # pywikibot takes the command line over as it is imported.
    from scripts import globalban_talk

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return moment

    profile = load_profile('meta')
    assert profile.commands is not None
    chosen = replace(profile, commands=replace(profile.commands, reply=reply))
    with (
        mock.patch.object(globalban_talk, 'datetime', Clock),
        mock.patch.object(globalban_talk, 'profile_of', lambda _: chosen),
    ):
        globalban_talk.main()


if __name__ == '__main__':
    main()
