#!/usr/bin/env python3
"""Blank for good what was posted on a request.

It counts; it never concludes. ``pwb globalban_forget`` is ``globalban forget``;
-help shows its options.
"""

from __future__ import annotations

from globalban_bot.cli.main import script


def main(*args: str) -> None:
    """Run the command, and end with its exit code."""
    script('forget', args)


if __name__ == '__main__':
    main()
