"""Sees to it that PHP and MediaWiki are there."""

from __future__ import annotations

import shutil
import subprocess

from tests.farm.errors import MissingPartError
from tests.farm.folders import SOURCE, Folders

INSTALLER = SOURCE / 'install.sh'
MODULES = ('pdo_sqlite', 'intl', 'mbstring', 'xml', 'apcu')


def missing_parts(folders: Folders) -> list[str]:
    """Name what is missing, in words."""
    missing = []
    if not (folders.mediawiki / '.packages').exists():
        missing.append(f'MediaWiki in {folders.mediawiki}')
    if shutil.which('php') is None:
        missing.append('PHP')
    else:
        missing += [f'the PHP module {name}' for name in MODULES if name not in _loaded_modules()]
    return missing


def ensure_parts(folders: Folders) -> None:
    """Run install.sh if a part is missing.

    :raises tests.farm.errors.MissingPartError: a part is missing still
    """
    if not missing_parts(folders):
        return
    result = subprocess.run(
        [INSTALLER, folders.cache], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    missing = missing_parts(folders)
    if missing:
        raise MissingPartError(
            f'the test farm lacks {", ".join(missing)}, and {INSTALLER.name} did not help:\n'
            f'{result.stdout}{result.stderr}'
        )


def _loaded_modules() -> frozenset[str]:
    listing = subprocess.run(['php', '-m'], capture_output=True, text=True, check=True).stdout
    return frozenset(listing.lower().split())
