#!/usr/bin/env python3
"""Find which communities were told of a request, and plan the notices.

It counts; it never concludes. ``pwb globalban_notify`` is ``globalban notify``;
-help shows its options.
"""

from __future__ import annotations

from globalban_bot.cli.main import script


def main(*args: str) -> None:
    """Run the command, and end with its exit code."""
    script('notify', args)


if __name__ == '__main__':
    main()
