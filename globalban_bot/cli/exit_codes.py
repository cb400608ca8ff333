"""How a run ends: whatever went wrong is one line, and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

from globalban_bot.errors import GlobalbanError, InternalError
from globalban_bot.jobs.error_lines import ending_of, pywikibot_error


def run_with_exit_code(run: Callable[[], int]) -> int:
    """Run, and return the exit code.

    :param run: returns the exit code of a run that went well
    """
    try:
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:
        return nobody_reads()
    except Exception as error:
        code, text = ending_of(error, pywikibot_error())
        if code == InternalError.exit_code and not isinstance(error, GlobalbanError):
            traceback.print_exc()
        print(f'error: {text}' if code else text, file=sys.stderr)
    return code


def nobody_reads() -> int:
    """End well where whoever read the output has stopped, as ``head`` does; return the exit code.

    Python flushes once more as it ends: what is left must have somewhere to go.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
