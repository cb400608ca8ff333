"""``globalban doctor``: check the setup."""

from __future__ import annotations

import argparse

from globalban_bot.cli.clock import Clock
from globalban_bot.jobs.doctor import run_doctor


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Print a line for each check."""
    return run_doctor(print, clock(), options.profile)
