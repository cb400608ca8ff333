#!/usr/bin/env python3
"""Check the bot's setup.

It counts; it never concludes. ``pwb globalban_doctor`` is ``globalban doctor``;
-help shows its options.
"""

from __future__ import annotations

from globalban_bot.cli.main import script


def main(*args: str) -> None:
    """Run the command, and end with its exit code."""
    script('doctor', args)


if __name__ == '__main__':
    main()
