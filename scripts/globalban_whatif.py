#!/usr/bin/env python3
"""Print figures over the wiki's closed requests.

It counts; it never concludes. ``pwb globalban_whatif`` is ``globalban whatif``;
-help shows its options.
"""

from __future__ import annotations

from globalban_bot.cli.main import script


def main(*args: str) -> None:
    """Run the command, and end with its exit code."""
    script('whatif', args)


if __name__ == '__main__':
    main()
