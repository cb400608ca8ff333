#!/usr/bin/env python3
"""Answer what editors ask on talk pages.

It counts; it never concludes. ``pwb globalban_talk`` is ``globalban talk``;
-help shows its options.
"""

from __future__ import annotations

from globalban_bot.cli.main import script


def main(*args: str) -> None:
    """Run the command, and end with its exit code."""
    script('talk', args)


if __name__ == '__main__':
    main()
