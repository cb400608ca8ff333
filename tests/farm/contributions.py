"""Edits of the past: an XML export with as many revisions as a test needs, each at its own time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from tests.farm.farm import Farm

_HEAD = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">'
_REVISION = """\
<revision><id>{id}</id><timestamp>{time}</timestamp>
<contributor><username>{author}</username><id>7</id></contributor>
<model>wikitext</model><format>text/x-wiki</format>
<text bytes="8" xml:space="preserve">edit {id}</text></revision>
"""


def import_edits(
    farm: Farm,
    dbname: str,
    author: str,
    times: Iterable[datetime],
    folder: Path,
    title: str = 'Invented edits',
) -> None:
    """Let an account have edited a page at these times (UTC), and be registered at the first of them."""
    revisions = ''.join(
        _REVISION.format(id=number, time=time.strftime('%Y-%m-%dT%H:%M:%SZ'), author=author)
        for number, time in enumerate(sorted(times), 1)
    )
    path = folder / f'{dbname} {title}.xml'
    page = f'<page><title>{title}</title><ns>0</ns><id>1</id>{revisions}</page>'
    path.write_text(f'{_HEAD}{page}</mediawiki>', encoding='utf-8')
    farm.import_xml(dbname, path)
