"""pywikibot inside the process of the tests, bound to a farm."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

from tests.farm.accounts import BOT, Account
from tests.farm.adapter import FarmAdapter, mounted
from tests.farm.botfolder import write_bot_folder
from tests.farm.farm import Farm


@contextmanager
def pywikibot_on(farm: Farm, folder: Path, account: Account = BOT) -> Iterator[ModuleType]:
    """Give pywikibot, with a folder of its own, that can reach the farm alone.

    Settings, sites, cookies and the transport are pywikibot's globals: they are
    set at the beginning of the block and put back or emptied at its end.
    """
    with _folder_chosen(write_bot_folder(folder, account)):
        pywikibot = _with_fresh_config()
        http = importlib.import_module('pywikibot.comms.http')
        with mounted(http.session, FarmAdapter(farm.url, farm.hosts)):
            _forget(pywikibot, http)
            try:
                yield pywikibot
            finally:
                _forget(pywikibot, http)


@contextmanager
def _folder_chosen(folder: Path) -> Iterator[None]:
    with mock.patch.dict(os.environ, {'PYWIKIBOT_DIR': str(folder)}):
        os.environ.pop('PYWIKIBOT_NO_USER_CONFIG', None)
        yield


def _with_fresh_config() -> ModuleType:
    """Import pywikibot, or have it read its settings anew if it is imported already."""
    with mock.patch('sys.argv', ['tests']):
        config = importlib.import_module('pywikibot.config')
        if config.base_dir != os.environ['PYWIKIBOT_DIR']:
            _empty(config)
            importlib.reload(config)
    return importlib.import_module('pywikibot')


def _empty(module: ModuleType) -> None:
    """Take everything out of a module that holds what it finds in itself for imported."""
    for name in [name for name in vars(module) if not name.startswith('__')]:
        delattr(module, name)


def _forget(pywikibot: ModuleType, http: ModuleType) -> None:
    pywikibot._sites.clear()
    throttle: Any = importlib.import_module('pywikibot.throttle')
    throttle.pid = False  # the number of this process in a list that is kept in the folder
    http.session.cookies.clear()
