"""Build the sample Meta-Wiki: ``python tools/make_sample.py [--check]``.

Reads the sources in ``globalban_bot/sample`` and writes there, the same bytes for the same sources:

``meta.xml``       an export of the wiki, from ``users.yaml`` and ``pages/*.yaml``
                   (``tools/sample/changes.py`` explains their edits)
``archive.xml``    an export of closed requests, from ``archive.yaml``
``accounts.json``  recorded facts about the people of both, from ``accounts.yaml`` and ``archive.yaml``
``later.json``     what other bodies did later, from ``archive.yaml``

With ``--check`` nothing is written; the exit code tells whether all four are up to date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))  # so that it also runs by its path

from tools.sample.archive import archive_pages, later_of
from tools.sample.facts import accounts_of
from tools.sample.pages import Page, pages_of
from tools.sample.users import SourceError, Users
from tools.sample.xml import xml_of

SAMPLE = Path(__file__).parent.parent / 'globalban_bot' / 'sample'
MAX_BYTES = {'meta.xml': 1_500_000, 'archive.xml': 700_000}


def build(folder: Path) -> dict[str, bytes]:
    """Return the files that the sources in a folder describe, by name."""
    users = Users(_load(folder / 'users.yaml'))
    sources = [_load(path) for path in sorted(folder.glob('pages/*.yaml'))]
    pages = [page for source in sources for page in pages_of(source, users)]
    archive = _load(folder / 'archive.yaml')
    closed = [*archive_pages(archive, users)]
    check([*pages, *closed])
    accounts = accounts_of(_load(folder / 'accounts.yaml'), archive, [*pages, *closed])
    files = {'meta.xml': xml_of(pages).encode(), 'archive.xml': xml_of(closed).encode()}
    for name, export in files.items():
        if len(export) > MAX_BYTES[name]:
            raise SourceError(f'{name} would have {len(export)} bytes, more than {MAX_BYTES[name]}')
    return {**files, 'accounts.json': _json(accounts), 'later.json': _json(later_of(archive))}


def check(pages: Sequence[Page]) -> None:
    """Raise an error where ids or titles are not unique: both exports are of one wiki."""
    columns: dict[str, list[Any]] = {
        'page ids': [page.id for page in pages],
        'titles': [page.title for page in pages],
        'revisions within the same ten seconds': [r.id for page in pages for r in page.revisions],
    }
    for what, values in columns.items():
        if twice := {value for value in values if values.count(value) > 1}:
            raise SourceError(f'{what} must be unique: {twice}')


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + '\n').encode()


def _load(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text('utf-8'))
    except yaml.YAMLError as error:
        raise SourceError(f'{path.name}: {error}') from error


def main(arguments: list[str]) -> int:
    """Write the files, or check whether they are up to date."""
    if set(arguments) - {'--check'}:
        print('usage: python tools/make_sample.py [--check]', file=sys.stderr)
        return 2
    try:
        files = build(SAMPLE)
    except SourceError as error:
        print(f'error: {error}', file=sys.stderr)
        return 2
    if '--check' in arguments:
        return _compare(files)
    for name, content in files.items():
        (SAMPLE / name).write_bytes(content)
    return 0


def _compare(files: dict[str, bytes]) -> int:
    targets = {SAMPLE / name: content for name, content in files.items()}
    old = [path for path, content in targets.items() if not path.exists() or path.read_bytes() != content]
    for path in old:
        print(f'{path} is not up to date: run python tools/make_sample.py', file=sys.stderr)
    return 1 if old else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
