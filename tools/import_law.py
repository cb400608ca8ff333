"""Hold the law of imports: which room may import from which.

The data flows ``gather -> wikitext -> decide -> render -> act``; the rooms do not import each
other, jobs wire them. See ``docs/decisions/0001-rooms.md``.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = 'globalban_bot'
#: What all rooms of the flow may import: values, and the data that people edit.
VALUES = {'model', 'errors', 'profiles', 'i18n'}
#: Of the package itself: what everybody may ask.
_DUNDERS = {'__version__'}
#: What each room may import of this package, beside itself.
LAW: dict[str, set[str]] = {
    'errors': set(),
    'strict_json': {'errors'},
    'whole_file': set(),
    'model': set(),
    'i18n': {'errors', 'strict_json'},
    'profiles': {'model', 'errors'},
    'sample': set(),
    'wiki': VALUES,
    'gather': {*VALUES, 'strict_json', 'whole_file', 'wiki'},
    'wikitext': VALUES,
    'policy': VALUES,
    'decide': {*VALUES, 'policy'},
    'render': VALUES,
    'pages': {*VALUES, 'render'},
    'act': {*VALUES, 'wiki'},
    'jobs': {
        *VALUES,
        'wiki',
        'gather',
        'wikitext',
        'policy',
        'decide',
        'render',
        'pages',
        'act',
        'sample',
        'whole_file',
    },
    'cli': {*VALUES, 'wiki', 'gather', 'render', 'jobs', 'sample'},
    '__main__': {'cli'},
    '__init__': set(),
    'scripts': {'cli'},
}
#: Where pywikibot may be imported.
WITH_PYWIKIBOT = {'wiki', 'gather', 'act'}


def breaches(root: Path) -> Iterator[str]:
    """Yield the imports of a checkout that break the law."""
    for path in sorted([*(root / PACKAGE).rglob('*.py'), *(root / 'scripts').rglob('*.py')]):
        room = room_of(path.relative_to(root))
        for line, name in _imports(path, root):
            top, _, rest = name.partition('.')
            if top == 'pywikibot' and room not in WITH_PYWIKIBOT:
                yield f'{path.relative_to(root)}:{line}: {room} must not import pywikibot'
            other = rest.partition('.')[0]
            if top == PACKAGE and other != room and other not in LAW.get(room, set()) | {'', *_DUNDERS}:
                yield f'{path.relative_to(root)}:{line}: {room} must not import {name}'


def imported_rooms(root: Path) -> dict[str, set[str]]:
    """Return the rooms of a checkout, each with the rooms that it imports, itself left out."""
    rooms: dict[str, set[str]] = {}
    for path in [*(root / PACKAGE).rglob('*.py'), *(root / 'scripts').rglob('*.py')]:
        room = room_of(path.relative_to(root))
        names = (name.split('.') for _, name in _imports(path, root))
        others = {parts[1] for parts in names if parts[0] == PACKAGE and len(parts) > 1}
        rooms.setdefault(room, set()).update(others - {room, *_DUNDERS})
    return rooms


def room_of(path: Path) -> str:
    """Return the room of a file: the folder below the package, or the name of the file."""
    if path.parts[0] != PACKAGE:
        return path.parts[0]
    return path.parts[1] if len(path.parts) > 2 else path.stem


def _imports(path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """Yield the modules that a file imports, relative ones and those of a package by full name."""
    here = path.relative_to(root).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text('utf-8'))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = here[: len(here) - node.level + 1] if node.level else ()
            module = '.'.join([*above, *([node.module] if node.module else [])])
            names = [alias.name for alias in node.names] if module == PACKAGE else ['']
            yield from ((node.lineno, f'{module}.{name}'.rstrip('.')) for name in names)


def main() -> int:
    """Print the breaches; the exit code tells whether there are any."""
    found = [*breaches(Path(__file__).parent.parent)]
    print('\n'.join(found) or 'the law of imports holds')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
