"""Copies SQLite databases, also over one that is in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from tests.farm.wikis import Wiki

WAIT_SECONDS = 30


def copy_database(source: Path, target: Path) -> None:
    """Make the target equal to the source, in one transaction.

    SQLite's own backup takes the locks that a file copy would not, so that a
    request which is still being answered sees the old state or the new one.
    """
    with (
        closing(sqlite3.connect(source, timeout=WAIT_SECONDS)) as old,
        closing(sqlite3.connect(target, timeout=WAIT_SECONDS)) as new,
    ):
        old.backup(new)


def tune(path: Path) -> None:
    """Let readers and a writer work at the same time."""
    with closing(sqlite3.connect(path)) as database:
        database.execute('PRAGMA journal_mode = WAL')


def execute_file(path: Path, sql: Path) -> None:
    """Run a file of SQL statements on a database."""
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(sql.read_text(encoding='utf-8'))


def set_interwiki(path: Path, wikis: Iterable[Wiki]) -> None:
    """Write the farm's own prefixes into the interwiki table."""
    rows = [
        (prefix, f'https://{wiki.host}/wiki/$1', f'https://{wiki.host}/w/api.php', wiki.dbname)
        for wiki in wikis
        for prefix in wiki.prefixes
    ]
    with closing(sqlite3.connect(path)) as database, database:
        database.executemany(
            'INSERT OR REPLACE INTO interwiki (iw_prefix, iw_url, iw_api, iw_wikiid, iw_local, iw_trans)'
            ' VALUES (?, ?, ?, ?, 1, 0)',
            rows,
        )
