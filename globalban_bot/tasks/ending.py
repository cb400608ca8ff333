"""How a script ends: what went wrong is told, and becomes an exit code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from globalban_bot.errors import GlobalbanError, InternalError, WikiError


def ended(run: Callable[[], int], pywikibot: Any) -> int:
    """Run, and return the exit code.

    :param run: returns the exit code of a run that went well
    :param pywikibot: the module: scripts may import it, this room may not
    """
    try:
        return run()
    except GlobalbanError as error:
        (pywikibot.error if error.exit_code else pywikibot.info)(str(error))
        return error.exit_code
    except pywikibot.exceptions.Error as error:
        pywikibot.error(f'the wiki cannot be used: {error}')
        return WikiError.exit_code
    except Exception:
        pywikibot.exception('our own mistake; please report it', exc_info=True)
        return InternalError.exit_code
