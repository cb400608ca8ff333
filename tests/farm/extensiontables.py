"""The tables of extensions, which the template database has from the beginning.

MediaWiki's own updater would make them too, in several seconds and with all else that it finds to do.  An
extension that is not loaded takes no notice of its tables.
"""

from __future__ import annotations

from pathlib import Path

from tests.farm import database

#: Where an extension keeps the SQL of its tables for SQLite, which its LoadExtensionSchemaUpdates hook names.
SQL_FILES = {
    'AbuseFilter': 'db_patches/sqlite/tables-generated.sql',
    'Echo': 'sql/sqlite/tables-generated.sql',
}


def make_extension_tables(path: Path, mediawiki: Path) -> None:
    """Make the tables of those extensions that this release has.

    :param path: the database
    :param mediawiki: the unpacked tree
    """
    for name, sql in SQL_FILES.items():
        folder = mediawiki / 'extensions' / name
        if folder.exists():
            database.execute_file(path, folder / sql)
