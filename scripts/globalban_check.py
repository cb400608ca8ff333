#!/usr/bin/env python3
"""Check, before a request is filed, how it would stand.

It counts; it never concludes. ``pwb globalban_check`` is ``globalban check``;
-help shows its options.
"""

from __future__ import annotations

from globalban_bot.cli.main import script


def main(*args: str) -> None:
    """Run the command, and end with its exit code."""
    script('check', args)


if __name__ == '__main__':
    main()
