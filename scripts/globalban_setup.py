#!/usr/bin/env python3
"""Make a wiki ready for the bot.

It counts; it never concludes. ``pwb globalban_setup`` is ``globalban setup``;
-help shows its options.
"""

from __future__ import annotations

from globalban_bot.cli.main import script


def main(*args: str) -> None:
    """Run the command, and end with its exit code."""
    script('setup', args)


if __name__ == '__main__':
    main()
