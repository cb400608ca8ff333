"""What a person reads of an error that ends a run, and the exit code of the run."""

from __future__ import annotations

import sys

from globalban_bot.errors import GlobalbanError, InternalError, UserError, WikiError
from globalban_bot.render.escape import one_line
from globalban_bot.wiki.login import unreachable

_LONGEST = 1000
#: The packages whose errors mean that there is no answer. They are not imported: that takes a while.
_NETWORK = {'requests', 'urllib3'}
_WHAT_TO_DO = 'run: python -m globalban_bot doctor'


def pywikibot_error() -> type[Exception] | tuple[()]:
    """Return the base of pywikibot's errors; nothing where it was not imported."""
    module = sys.modules.get('pywikibot.exceptions')
    return () if module is None else module.Error


def ending_of(error: Exception, pywikibot_error: type[Exception] | tuple[()] = ()) -> tuple[int, str]:
    """Return the exit code for an error that ends a run, and the line that tells of it.

    :param pywikibot_error: the base of pywikibot's errors; none where it was not imported
    """
    code, text = _ending_of(error, pywikibot_error)
    return code, one_line(text, _LONGEST)


def _ending_of(error: Exception, pywikibot_error: type[Exception] | tuple[()]) -> tuple[int, str]:
    if isinstance(error, GlobalbanError):
        return error.exit_code, str(error)
    if isinstance(error, ConnectionError | TimeoutError) or type(error).__module__.split('.')[0] in _NETWORK:
        return WikiError.exit_code, unreachable(error)
    if isinstance(error, pywikibot_error):
        return WikiError.exit_code, f'the wiki cannot be used: {error}; {_WHAT_TO_DO}'
    if isinstance(error, OSError):
        place = f'{error.filename} ' if error.filename else 'a file '
        reason = error.strerror or error
        return UserError.exit_code, f'{place}cannot be used ({reason}); see to its mode, owner and disk'
    return InternalError.exit_code, 'our own mistake; please report it'
