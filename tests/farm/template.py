"""The template database: installed once, then copied for every wiki."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.farm import accounts, database
from tests.farm.extensiontables import make_extension_tables
from tests.farm.folders import SOURCE, Folders
from tests.farm.maintenance import run_installer
from tests.farm.wikis import Wiki, write_json

INGREDIENTS = ('accounts.php', 'accounts.py', 'database.py', 'extensiontables.py', 'template.py')


def template_database(folders: Folders, wikis: Sequence[Wiki]) -> Path:
    """Return the template that fits these wikis, making it if there is none yet."""
    path = folders.templates / f'{_fingerprint(folders, wikis)}.sqlite'
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path.with_suffix('.lock')):
        if not path.exists():
            _install(folders, wikis, path)
    return path


def _fingerprint(folders: Folders, wikis: Sequence[Wiki]) -> str:
    """Name a template by all that it is made of."""
    digest = hashlib.sha256((folders.mediawiki / '.packages').read_bytes())
    digest.update(repr(wikis).encode())
    for name in INGREDIENTS:
        digest.update((SOURCE / name).read_bytes())
    return digest.hexdigest()[:16]


def _install(folders: Folders, wikis: Sequence[Wiki], path: Path) -> None:
    work = replace(folders, run=path.with_suffix('.new'))
    shutil.rmtree(work.run, ignore_errors=True)
    work.make()
    scratch = Wiki('template', 'template.invalid', 'en', 'Template')
    write_json([scratch], work.run / 'wikis.json')
    run_installer(
        work, '--dbtype', 'sqlite', '--dbpath', str(work.run / 'data'), '--dbname', scratch.dbname,
        '--confpath', str(work.run), '--pass', str(accounts.OPERATOR.password), '--scriptpath', '/w',
        scratch.sitename, accounts.OPERATOR.name,
    )  # fmt: skip
    made = work.database(scratch.dbname)
    accounts.create_accounts(work, scratch.dbname, accounts.STANDARD)
    make_extension_tables(made, work.mediawiki)
    database.set_interwiki(made, wikis)
    database.tune(made)
    made.replace(path)
    shutil.rmtree(work.run)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Keep other processes out."""
    with lock.open('w') as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
