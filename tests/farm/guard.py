"""Runs a program, and ends it with all its children once standard input closes.

The starter holds the other end of the pipe: when it dies, however suddenly,
the system closes the pipe and nothing is left running.  This file stands
alone, so that it starts fast.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys

POLL_SECONDS = 0.5


def main() -> None:
    """Run the program named on the command line."""
    program = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    while program.poll() is None:
        readable, _, _ = select.select([sys.stdin.buffer], [], [], POLL_SECONDS)
        if readable and not os.read(sys.stdin.fileno(), 1):
            break
    os.killpg(os.getpgid(0), signal.SIGKILL)


if __name__ == '__main__':
    main()
