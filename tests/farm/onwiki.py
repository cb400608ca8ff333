"""What stands on a wiki of the farm, read from its database."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from tests.farm.farm import Farm

_PAGES = """
SELECT page_namespace, page_title, page_latest, old_text,
    (SELECT COUNT(*) FROM revision AS each WHERE each.rev_page = page_id)
FROM page
JOIN slots ON slot_revision_id = page_latest
JOIN content ON content_id = slot_content_id
JOIN text ON old_id = CAST(SUBSTR(content_address, 4) AS INTEGER)
"""
_NAMES = {2: 'User:', 3: 'User talk:'}


@dataclass(frozen=True)
class Standing:
    """A page as it stands.

    :param revisions: how many revisions it has
    """

    text: str
    revisions: int


def pages(farm: Farm, dbname: str = 'metawiki') -> Mapping[str, Standing]:
    """Return all pages of a wiki by title."""
    with closing(sqlite3.connect(farm.folders.database(dbname), timeout=30)) as database:
        rows = database.execute(_PAGES).fetchall()
    return {
        f'{_NAMES.get(space, f"{space}:" if space else "")}{_text(title).replace("_", " ")}': Standing(
            _text(text), revisions
        )
        for space, title, _, text, revisions in rows
    }


def page_id(farm: Farm, title: str, dbname: str = 'metawiki') -> int:
    """Return the page id of a page of the main namespace."""
    question = 'SELECT page_id FROM page WHERE page_namespace = 0 AND page_title = ?'
    with closing(sqlite3.connect(farm.folders.database(dbname), timeout=30)) as database:
        return int(database.execute(question, (title.replace(' ', '_'),)).fetchone()[0])


def _text(value: object) -> str:
    return value.decode('utf-8') if isinstance(value, bytes) else str(value)


def edit(farm: Farm, title: str, text: str, user: str = 'Farm operator', dbname: str = 'metawiki') -> None:
    """Save a page as somebody."""
    farm.write_page(dbname, title, text, user)
