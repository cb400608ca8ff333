"""How a run ends: whatever went wrong is one line, and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

from globalban_bot.errors import GlobalbanError, InternalError, UserError
from globalban_bot.jobs.error_lines import ending_of, pywikibot_error

_UNREAD = 'error: nobody reads the output any more, so it is not known what is left to do; run it again'


def run_with_exit_code(run: Callable[[], int], *, edits: bool = False) -> int:
    """Run, and return the exit code.

    :param run: returns the exit code of a run that went well
    :param edits: whether it may edit: then it is no good end that nobody reads what was left undone
    """
    try:
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:
        nobody_reads()
        if edits:
            print(_UNREAD, file=sys.stderr)
        return UserError.exit_code if edits else 0
    except Exception as error:
        code, text = ending_of(error, pywikibot_error())
        if code == InternalError.exit_code and not isinstance(error, GlobalbanError):
            traceback.print_exc()
        print(f'error: {text}' if code else text, file=sys.stderr)
    return code


def nobody_reads() -> None:
    """Give the rest of the output somewhere to go: whoever read it has stopped, as ``head`` does.

    Python flushes once more as it ends.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
