"""``globalban doctor``: check the setup."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime

from globalban_bot.tasks.doctor import run_doctor


def run(options: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    """Print a line for each check."""
    return run_doctor(print, clock(), options.profile)
