"""Pages and their histories, from the sources in ``pages/*.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from tools.sample.changes import CHANGES, WITH, Edit, sign
from tools.sample.users import SourceError, User, Users

EPOCH = datetime(2023, 1, 1, tzinfo=UTC)  # revision ids count steps of time from here
FIRST_REVISION = 28_000_000
NAMESPACES = {
    -2: 'Media', -1: 'Special', 0: '', 1: 'Talk', 2: 'User', 3: 'User talk', 4: 'Meta', 5: 'Meta talk',
    6: 'File', 7: 'File talk', 8: 'MediaWiki', 9: 'MediaWiki talk', 10: 'Template', 11: 'Template talk',
    12: 'Help', 13: 'Help talk', 14: 'Category', 15: 'Category talk',
    200: 'Grants', 201: 'Grants talk', 202: 'Research', 203: 'Research talk',
    828: 'Module', 829: 'Module talk', 1198: 'Translations', 1199: 'Translations talk',
}  # fmt: skip


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
        step = timedelta(seconds=10 if self.time >= EPOCH else 20)  # fewer ids were given in the years before
        return FIRST_REVISION + (self.time - EPOCH) // step


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
    user, time = users[str(edit['user'])], read_time(str(edit['time']), key)
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


def read_time(text: str, key: str) -> datetime:
    """Read a time; seconds that are not given follow from a key, as page id and number of the edit."""
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
