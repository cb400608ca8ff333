#!/usr/bin/env python3
"""Print figures on the accounts of a request, for the operator alone.

It counts; it never concludes. ``pwb globalban_background`` is ``globalban background``;
-help shows its options.
"""

from __future__ import annotations

from globalban_bot.cli.main import script


def main(*args: str) -> None:
    """Run the command, and end with its exit code."""
    script('background', args)


if __name__ == '__main__':
    main()
