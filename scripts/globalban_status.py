#!/usr/bin/env python3
"""Bring the list and the boxes of global ban requests up to date.

It counts; it never concludes. ``pwb globalban_status`` is ``globalban status``;
-help shows its options.
"""

from __future__ import annotations

from globalban_bot.cli.main import script


def main(*args: str) -> None:
    """Run the command, and end with its exit code."""
    script('status', args)


if __name__ == '__main__':
    main()
