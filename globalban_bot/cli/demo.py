"""``globalban demo``: the main job on the built-in sample."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

from globalban_bot.cli.clock import Clock
from globalban_bot.jobs.demo import run_demo
from globalban_bot.sample import EXPORT


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Print the tallies of the sample, and the command that does the same for a file."""
    print(run_demo(options.output))
    print(f'Next, the same without the demo: {_next_command()}')
    return 0


def _next_command() -> str:
    """Return a command line that works as it stands: in a checkout, Python is in a folder of its own."""
    here = Path.cwd()
    paths = [Path(sys.executable), Path(str(EXPORT))]
    words = [str(path.relative_to(here)) if path.is_relative_to(here) else str(path) for path in paths]
    return f'{shlex.quote(words[0])} -m globalban_bot tally {shlex.quote(words[1])}'
