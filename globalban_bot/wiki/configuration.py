"""Pywikibot's configuration: where it is, whether it is read, and whether files can be kept beside it.

pywikibot is imported inside the functions, since its import already needs what is to be checked here.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_IWOTH
from typing import Any

from globalban_bot.errors import UserError

#: Cache and lock are here, below pywikibot's own folder, unless the operator names another place.
CACHE = 'globalban-cache'
_HOW_TO_CONFIGURE = (
    'copy user-config.py.sample to user-config.py, change it, and set PYWIKIBOT_DIR to its folder'
)


def read_configuration() -> Any:
    """Return pywikibot's module of settings.

    :raises UserError: there is no configuration, or pywikibot does not read it
    """
    try:
        from pywikibot import config  # noqa: PLC0415
    except ImportError as error:
        raise UserError(f'pywikibot cannot be imported ({error}); run: pip install .') from error
    except RuntimeError as error:
        # Without a configuration the import itself fails, unless pywikibot's wrapper has begun it.
        raise UserError(f'there is no user-config.py; {_HOW_TO_CONFIGURE}') from error
    except Exception as error:
        # The configuration is a program: whatever it may raise comes up here.
        raise UserError(
            f'user-config.py ends with an error ({type(error).__name__}: {error}); '
            'compare it with user-config.py.sample'
        ) from error
    skipped = why_skipped(configuration_file(config))
    if skipped:
        raise UserError(skipped)
    return config


def check_configuration() -> None:
    """Return if a run can begin: there is a configuration, and pywikibot can write beside it.

    pywikibot keeps cookies, its throttle, caches and logs in that folder.

    :raises UserError: it cannot begin
    """
    folder = Path(read_configuration().base_dir)
    if not can_be_written(folder):
        raise UserError(
            f'{folder} cannot be written, and pywikibot keeps its files there; change its mode or owner, '
            'or copy it to another folder and set PYWIKIBOT_DIR to that'
        )


def is_simulated() -> bool:
    """Tell whether pywikibot was told to edit nothing (``-simulate``)."""
    return bool(read_configuration().simulate)


def configuration_file(config: Any) -> Path:
    """Return where ``user-config.py`` is, or would be."""
    return Path(config.base_dir) / config.user_config_file


def cache_folder() -> Path:
    """Return where cache and lock are by default.

    :raises UserError: the bot is not configured
    """
    return Path(read_configuration().base_dir) / CACHE


def why_skipped(path: Path) -> str | None:
    """Tell why pywikibot does not read a configuration; None where it does."""
    try:
        status = path.stat()
    except OSError as error:
        return f'there is no {path} ({error.strerror}); {_HOW_TO_CONFIGURE}'
    if status.st_uid not in {os.getuid(), 0}:
        return f'{path} belongs to another user, so pywikibot does not read it; make it your own'
    if status.st_mode & S_IWOTH:
        return f'others may write to {path}, so pywikibot does not read it; run: chmod 600 {path}'
    return None


def can_be_written(folder: Path) -> bool:
    """Tell whether files can be written in a folder, or the folder be made; makes nothing."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
