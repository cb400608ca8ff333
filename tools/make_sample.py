"""Build the sample Meta-Wiki: ``python tools/make_sample.py [--check]``.

Reads ``users.yaml`` and ``pages/*.yaml`` in ``globalban_bot/sample`` and writes ``meta.xml`` there, a
MediaWiki XML export. The same sources give the same bytes. With ``--check`` nothing is written; the
exit code tells whether ``meta.xml`` is up to date.

A page is a title, a page id and its edits, oldest first. An edit has a ``time`` (UTC), a ``user``, a
``comment`` if it needs one, and one change:

``start``               the whole text
``append`` + ``text``   text at the end of the section with that heading; ``Proposal 1/Support`` names
                        the section Support below Proposal 1; a bold line is a heading, too
``after`` + ``text``    text below the line that holds these words
``replace`` + ``with``  other words for words that stand on the page once
``undo``                takes back the edit before
``moved_from``          moves the page from that title to ``title``; a redirect with the page id
                        ``redirect_id`` is left behind

Four tildes become the user's signature and the time of the edit, as on a wiki.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zlib import crc32

import yaml

SAMPLE = Path(__file__).parent.parent / 'globalban_bot' / 'sample'
EPOCH = datetime(2023, 1, 1, tzinfo=UTC)  # revision ids count ten-second steps from here
FIRST_REVISION = 28_000_000
MAX_BYTES = 1_500_000
HEADING = re.compile(r"^(?:(?P<marks>=+)\s*(?P<title>.+?)\s*=+|:'''(?P<bold>[^']+)''')\s*$")
BOLD_LEVEL = 7  # a bold line ends at any heading
FOOTER = re.compile(r'^\[\[Category:')
NOWIKI = re.compile(r'(<nowiki>.*?</nowiki>)', re.DOTALL)
MONTHS = 'January February March April May June July August September October November December'.split()
NAMESPACES = {
    -2: 'Media', -1: 'Special', 0: '', 1: 'Talk', 2: 'User', 3: 'User talk', 4: 'Meta', 5: 'Meta talk',
    6: 'File', 7: 'File talk', 8: 'MediaWiki', 9: 'MediaWiki talk', 10: 'Template', 11: 'Template talk',
    12: 'Help', 13: 'Help talk', 14: 'Category', 15: 'Category talk',
    200: 'Grants', 201: 'Grants talk', 202: 'Research', 203: 'Research talk',
    828: 'Module', 829: 'Module talk', 1198: 'Translations', 1199: 'Translations talk',
}  # fmt: skip
EXPORT = 'http://www.mediawiki.org/xml/export-0.11/'


class SourceError(Exception):
    """The sources of the sample cannot be understood."""


@dataclass(frozen=True)
class User:
    """An account, or an IP address.

    :param id: user id; None for an IP address
    :param signature: what four tildes become, without the time
    """

    name: str
    id: int | None
    signature: str


@dataclass(frozen=True)
class Revision:
    """One version of a page."""

    time: datetime
    user: User
    comment: str
    text: str

    @property
    def id(self) -> int:
        """The revision id: it depends on the time alone, so a new edit changes no other."""
        return FIRST_REVISION + (self.time - EPOCH) // timedelta(seconds=10)


@dataclass(frozen=True)
class Page:
    """A page with its history, oldest first."""

    title: str
    id: int
    revisions: tuple[Revision, ...]
    redirect: str | None = None

    @property
    def namespace(self) -> int:
        """Number of the namespace."""
        prefix = self.title.split(':')[0] if ':' in self.title else ''
        return next((key for key, name in NAMESPACES.items() if name == prefix), 0)


Edit = Mapping[str, Any]


# --- changes of a text ------------------------------------------------------------------------------


def insert(lines: list[str], at: int, text: str) -> str:
    """Put a text before a line, behind the last line before it that is not blank."""
    while at and not lines[at - 1].strip():
        at -= 1
    return '\n'.join([*lines[:at], text, *lines[at:]])


def append(text: str, section: str, addition: str) -> str:
    """Add to the end of a section, before its subsections and before categories."""
    lines = text.split('\n')
    start = _find_section(lines, section)
    ends = (i for i in range(start + 1, len(lines)) if HEADING.match(lines[i]) or FOOTER.match(lines[i]))
    return insert(lines, next(ends, len(lines)), addition)


def _find_section(lines: list[str], section: str) -> int:
    found = [i for i, path in _headings(lines) if path == section or path.endswith(f'/{section}')]
    if len(found) != 1:
        raise SourceError(f'{len(found)} sections {section!r}; name it with those above, as A/B')
    return found[0]


def _headings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield line number and path ('A/B') of each heading."""
    above: list[tuple[int, str]] = []
    for i, line in enumerate(lines):
        if match := HEADING.match(line):
            level = len(match['marks']) if match['marks'] else BOLD_LEVEL
            above = [(at, title) for at, title in above if at < level]
            above.append((level, match['title'] or match['bold']))
            yield i, '/'.join(title for _, title in above)


def add_after(text: str, words: str, addition: str) -> str:
    """Add below the line that holds some words."""
    lines = text.split('\n')
    found = [i for i, line in enumerate(lines) if words in line]
    if len(found) != 1:
        raise SourceError(f'{len(found)} lines hold {words!r}; it must be one')
    return insert(lines, found[0] + 1, addition)


def replace(text: str, old: str, new: str) -> str:
    """Replace words that stand on the page once."""
    if text.count(old) != 1:
        raise SourceError(f'{old!r} stands on the page {text.count(old)} times; it must be once')
    return text.replace(old, new)


def sign(text: str, user: User, time: datetime) -> str:
    """Replace four tildes by signature and time, except in nowiki."""
    stamp = f'{time:%H:%M}, {time.day} {MONTHS[time.month - 1]} {time.year} (UTC)'
    parts = NOWIKI.split(text)
    parts[::2] = [part.replace('~~~~', f'{user.signature} {stamp}') for part in parts[::2]]
    return ''.join(parts)


def _clean(value: object) -> str:
    return str(value).rstrip('\n')


CHANGES: dict[str, Callable[[str, Edit], str]] = {
    'start': lambda _text, edit: _clean(edit['start']),
    'append': lambda text, edit: append(text, edit['append'], _clean(edit['text'])),
    'after': lambda text, edit: add_after(text, edit['after'], _clean(edit['text'])),
    'replace': lambda text, edit: replace(text, _clean(edit['replace']), _clean(edit['with'])),
    'moved_from': lambda text, _edit: text,
}
WITH = {'append': {'text'}, 'after': {'text'}, 'replace': {'with'}, 'moved_from': {'redirect_id'}}


# --- sources to pages -------------------------------------------------------------------------------


class Users:
    """The accounts of ``users.yaml``, by name."""

    def __init__(self, source: Mapping[str, Mapping[str, Any]]) -> None:
        self._known = {name: _account(name, entry) for name, entry in source.items()}
        if len({user.id for user in self._known.values()}) != len(self._known):
            raise SourceError('users.yaml: a user id stands there twice')

    def __getitem__(self, name: str) -> User:
        """Return the account, or the IP address, of that name."""
        if name in self._known:
            return self._known[name]
        try:
            ipaddress.ip_address(name)
        except ValueError:
            raise SourceError(f'no account {name!r} in users.yaml') from None
        return User(name, None, f'[[Special:Contributions/{name}|{name}]]')


def _account(name: str, entry: Mapping[str, Any]) -> User:
    page = f'Special:Contributions/{name}' if name.startswith('~2') else f'User:{name}'
    default = f'[[{page}|{name}]] ([[User talk:{name}|talk]])'
    return User(name, int(entry['id']), str(entry.get('signature', default)))


def pages_of(source: Mapping[str, Any], users: Users) -> Iterator[Page]:
    """Build a page from its source, and the redirects that its moves have left."""
    title, done = str(source['title']), list[Revision]()
    for number, edit in enumerate(source['edits'], 1):
        try:
            revision = _revision(edit, done, users, f'{source["id"]}/{number}')
        except (SourceError, KeyError, ValueError) as error:
            raise SourceError(f'{title}: edit {number} ({edit.get("time")}): {error}') from error
        if 'moved_from' in edit:
            revision, redirect = _move(edit, title, revision)
            yield redirect
        done.append(revision)
    target = re.match(r'#REDIRECT \[\[(.+?)\]\]', done[-1].text)
    yield Page(title, int(source['id']), tuple(done), target[1] if target else None)


def _revision(edit: Edit, before: list[Revision], users: Users, key: str) -> Revision:
    kind = _kind(edit)
    user, time = users[str(edit['user'])], _time(str(edit['time']), key)
    if before and time <= before[-1].time:
        raise SourceError('not later than the edit before')
    text = before[-2].text if kind == 'undo' else CHANGES[kind](before[-1].text if before else '', edit)
    comment = f'/* {edit["append"].split("/")[-1]} */ ' if kind == 'append' else ''
    return Revision(time, user, (comment + str(edit.get('comment', ''))).strip(), sign(text, user, time))


def _kind(edit: Edit) -> str:
    kinds = [kind for kind in (*CHANGES, 'undo') if kind in edit]
    if len(kinds) != 1:
        raise SourceError(f'needs one change of {", ".join((*CHANGES, "undo"))}')
    wanted = {'time', 'user', kinds[0]} | WITH.get(kinds[0], set())
    if wrong := (wanted ^ set(edit)) - {'comment'}:
        raise SourceError(f'missing or not expected: {", ".join(sorted(wrong))}')
    return kinds[0]


def _time(text: str, key: str) -> datetime:
    """Read a time; seconds that are not given follow from the page id and the number of the edit."""
    if len(text) == len('2027-05-03 14:05'):
        text += f':{crc32(key.encode()) % 60:02}'
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _move(edit: Edit, title: str, revision: Revision) -> tuple[Revision, Page]:
    """Return the revision that a move leaves in the history, and the redirect at the old title."""
    old = str(edit['moved_from'])
    comment = f'{revision.user.name} moved page [[{old}]] to [[{title}]]: {revision.comment}'
    moved = Revision(revision.time, revision.user, comment, revision.text)
    link = Revision(revision.time + timedelta(seconds=10), revision.user, comment, f'#REDIRECT [[{title}]]')
    return moved, Page(old, int(edit['redirect_id']), (link,), title)


# --- pages to XML -----------------------------------------------------------------------------------


def xml_of(pages: Iterable[Page]) -> str:
    """Write an export of some pages, in the order of their ids."""
    blocks = [_page_xml(page) for page in sorted(pages, key=lambda page: page.id)]
    opening = (
        f'<mediawiki xmlns="{EXPORT}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{EXPORT} http://www.mediawiki.org/xml/export-0.11.xsd"'
        ' version="0.11" xml:lang="en">\n'
    )
    return opening + _siteinfo_xml() + ''.join(blocks) + '</mediawiki>\n'


def _siteinfo_xml() -> str:
    spaces = ''.join(
        f'      <namespace key="{key}" case="first-letter"' + (f'>{name}</namespace>\n' if name else ' />\n')
        for key, name in NAMESPACES.items()
    )
    return (
        '  <siteinfo>\n    <sitename>Meta</sitename>\n    <dbname>metawiki</dbname>\n'
        '    <base>https://meta.wikimedia.org/wiki/Main_Page</base>\n'
        '    <generator>globalban_bot tools/make_sample.py</generator>\n    <case>first-letter</case>\n'
        f'    <namespaces>\n{spaces}    </namespaces>\n  </siteinfo>\n'
    )


def _page_xml(page: Page) -> str:
    redirect = f'    <redirect title={_quoted(page.redirect)} />\n' if page.redirect else ''
    parents = [None, *(revision.id for revision in page.revisions)]
    return (
        f'  <page>\n    <title>{escape(page.title)}</title>\n    <ns>{page.namespace}</ns>\n'
        f'    <id>{page.id}</id>\n{redirect}'
        + ''.join(_revision_xml(*pair) for pair in zip(page.revisions, parents, strict=False))
        + '  </page>\n'
    )


def _revision_xml(revision: Revision, parent: int | None) -> str:
    raw = revision.text.encode()
    sha1 = base36(int(hashlib.sha1(raw, usedforsecurity=False).hexdigest(), 16)).rjust(31, '0')
    lines = [
        f'<id>{revision.id}</id>',
        f'<parentid>{parent}</parentid>' if parent else '',
        f'<timestamp>{revision.time:%Y-%m-%dT%H:%M:%SZ}</timestamp>',
        f'<contributor>{_contributor_xml(revision.user)}</contributor>',
        f'<comment>{escape(revision.comment)}</comment>' if revision.comment else '',
        f'<origin>{revision.id}</origin>',
        '<model>wikitext</model>',
        '<format>text/x-wiki</format>',
        f'<text bytes="{len(raw)}" sha1="{sha1}" xml:space="preserve">{escape(revision.text)}</text>',
        f'<sha1>{sha1}</sha1>',
    ]
    return '    <revision>\n' + ''.join(f'      {line}\n' for line in lines if line) + '    </revision>\n'


def _contributor_xml(user: User) -> str:
    if user.id is None:
        return f'<ip>{user.name}</ip>'
    return f'<username>{escape(user.name)}</username><id>{user.id}</id>'


def _quoted(text: str) -> str:
    return '"' + escape(text, {'"': '&quot;'}) + '"'


def base36(number: int) -> str:
    """Write a number with the digits 0-9 and a-z, as MediaWiki writes SHA-1 sums."""
    digits = ''
    while number:
        number, digit = divmod(number, 36)
        digits = '0123456789abcdefghijklmnopqrstuvwxyz'[digit] + digits
    return digits


def check(pages: list[Page]) -> None:
    """Raise an error where ids or titles are not unique."""
    revisions = [revision.id for page in pages for revision in page.revisions]
    columns: dict[str, list[Any]] = {
        'page ids': [page.id for page in pages],
        'titles': [page.title for page in pages],
        'revisions within the same ten seconds': revisions,
    }
    for what, values in columns.items():
        if twice := {value for value in values if values.count(value) > 1}:
            raise SourceError(f'{what} must be unique: {twice}')


def build(folder: Path) -> bytes:
    """Return the export that the sources in a folder describe."""
    users = Users(_load(folder / 'users.yaml'))
    sources = [_load(path) for path in sorted(folder.glob('pages/*.yaml'))]
    pages = [page for source in sources for page in pages_of(source, users)]
    check(pages)
    export = xml_of(pages).encode()
    if len(export) > MAX_BYTES:
        raise SourceError(f'meta.xml would have {len(export)} bytes, more than {MAX_BYTES}')
    return export


def _load(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text('utf-8'))
    except yaml.YAMLError as error:
        raise SourceError(f'{path.name}: {error}') from error


def main(arguments: list[str]) -> int:
    """Write the export, or check whether it is up to date."""
    if set(arguments) - {'--check'}:
        print('usage: python tools/make_sample.py [--check]', file=sys.stderr)
        return 2
    target = SAMPLE / 'meta.xml'
    try:
        export = build(SAMPLE)
    except SourceError as error:
        print(f'error: {error}', file=sys.stderr)
        return 2
    if '--check' not in arguments:
        target.write_bytes(export)
    elif not target.exists() or target.read_bytes() != export:
        print(f'{target} is not up to date: run python tools/make_sample.py', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
