"""Sees to it that PHP and MediaWiki are there, and for looking at pages Chromium."""

from __future__ import annotations

import shutil
import subprocess
from ctypes.util import find_library

from tests.farm.errors import MissingPartError
from tests.farm.folders import SOURCE, Folders

INSTALLER = SOURCE / 'install.sh'
MODULES = ('pdo_sqlite', 'intl', 'mbstring', 'xml', 'apcu')
BROWSER = 'chromium'


def missing_parts(folders: Folders) -> list[str]:
    """Name what is missing, in words."""
    missing = []
    if not (folders.mediawiki / '.packages').exists():
        missing.append(f'MediaWiki ({folders.release.value}) in {folders.mediawiki}')
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
    said = _install('--release', folders.release.value, str(folders.cache))
    missing = missing_parts(folders)
    if missing:
        raise MissingPartError(
            f'the test farm lacks {", ".join(missing)}, and {INSTALLER.name} did not help:\n{said}'
        )


def ensure_browser() -> None:
    """Run install.sh if there is no Chromium, or no library for its driver.

    :raises tests.farm.errors.MissingPartError: there is none still
    """
    if _has_browser():
        return
    said = _install('--browser')
    if not _has_browser():
        raise MissingPartError(
            f'there is no {BROWSER} with libatomic, and {INSTALLER.name} did not help:\n{said}'
        )


def _has_browser() -> bool:
    # Playwright's driver is a program that needs libatomic.
    return shutil.which(BROWSER) is not None and find_library('atomic') is not None


def _install(*arguments: str) -> str:
    result = subprocess.run(
        [INSTALLER, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return f'{result.stdout}{result.stderr}'


def _loaded_modules() -> frozenset[str]:
    listing = subprocess.run(['php', '-m'], capture_output=True, text=True, check=True).stdout
    return frozenset(listing.lower().split())
