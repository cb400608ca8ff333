#!/usr/bin/env python3
"""Tally the global ban requests of the wiki in the terminal.

It counts; it never concludes. ``pwb globalban_tally`` is ``globalban tally``;
-help shows its options.
"""

from __future__ import annotations

from globalban_bot.cli.main import script


def main(*args: str) -> None:
    """Run the command, and end with its exit code."""
    script('tally', args)


if __name__ == '__main__':
    main()
