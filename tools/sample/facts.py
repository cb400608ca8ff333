"""Recorded facts about the accounts of the sample, from ``accounts.yaml`` and ``archive.yaml``.

An account is noted down in few words; what follows from them is worked out here, so that the facts agree:
the edits on all wikis are the sum, a block stands as its log tells.

``registered``  when, or null where the wiki does not know
``wikis``       by database name the edits there, or ``{edits: …, log: […]}`` with lines as ``blocks.py``
                explains them, or ``{edits: …, blocked: true, blocks: no answer}``
``edits``       by page id the edits at the opening of that request; ``470..530`` where only bounds are known
``edits-closing``  by time the edits at the closing of a request
``locks``       times of locks; ``2020-01-02 10:00 open`` is the end of one
``groups``      global groups; ``globally-blocked`` as it is recorded

Instead of an account, of edits at an opening or of blocks a text may stand that says why they are not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from tools.sample.archive import name_of
from tools.sample.blocks import events_of, stamp, standing
from tools.sample.pages import Page, read_time
from tools.sample.users import SourceError

Facts = dict[str, Any]
Noted = Mapping[str, Any] | str
SOON = 5_000  # minutes after the registration by which the other wikis have been visited


def accounts_of(source: Mapping[str, Any], archive: Mapping[str, Any], pages: Iterable[Page]) -> Facts:
    """Return the recorded facts about all nominators and subjects.

    :param pages: the pages of both exports, which tell when a request was opened
    """
    asked = read_time(str(source['asked']), 'asked')
    recorder = Recorder(source['wikis'], {page.id: page.revisions[0].time for page in pages}, asked)
    noted = _joined(source['accounts'], from_archive(archive))
    accounts = {name: recorder.account(name, noted[name]) for name in sorted(noted)}
    return {'asked': stamp(asked), 'accounts': accounts}


def from_archive(archive: Mapping[str, Any]) -> dict[str, Noted]:
    """Collect what the requests of the archive note down of people; a person may stand in several."""
    found: dict[str, Noted] = {}
    for request in archive['requests']:
        nominator = request['nominator']
        if isinstance(nominator, Mapping):
            facts = dict(nominator)
            if 'edits' in facts:
                facts['edits'] = {request['page']: facts['edits']}
            if 'edits-closing' in facts:
                closed = read_time(str(request['closed']), f'{request["page"]}/closed')
                facts['edits-closing'] = {closed: facts['edits-closing']}
            _add(found, name_of(request), facts.get('facts') or facts)
        if 'account' in request:
            _add(found, str(request['subject']), request['account'])
    return found


def _joined(one: Mapping[str, Noted], other: Mapping[str, Noted]) -> dict[str, Noted]:
    if twice := one.keys() & other.keys():
        raise SourceError(f'noted down in accounts.yaml and in archive.yaml: {twice}')
    return {**one, **other}


def _add(found: dict[str, Noted], name: str, more: Noted) -> None:
    """Add facts about a person; the edits at the openings of several requests stand side by side."""
    before = found.get(name)
    if isinstance(more, str) or before is None:
        found[name] = more
    elif isinstance(before, Mapping):
        edits = {**before.get('edits', {}), **more.get('edits', {})}
        found[name] = {**before, **more, 'edits': edits}


class Recorder:
    """Writes accounts down as recorded facts.

    :param servers: addresses of the wikis, by database name
    :param openings: when the requests were opened, by page id
    :param asked: when the wikis were asked
    """

    def __init__(self, servers: Mapping[str, str], openings: Mapping[int, datetime], asked: datetime) -> None:
        self._servers = servers
        self._openings = openings
        self._asked = asked

    def account(self, name: str, noted: Noted) -> Facts | str:
        """Return the facts about an account, or why they are not known."""
        if isinstance(noted, str):
            return noted
        registered = noted['registered'] and read_time(str(noted['registered']), f'{name}/registered')
        wikis = self._wikis(name, noted['wikis'], registered)
        locks = [_lock(str(line), f'{name}/lock') for line in noted.get('locks', [])]
        facts: Facts = {
            'registered': registered and stamp(registered),
            'edits': sum(wiki['edits'] for wiki in wikis.values()),
            'locked': bool(locks) and locks[-1]['locked'],
            'globally-blocked': noted.get('globally-blocked', False),
            'groups': noted.get('groups', []),
            'wikis': wikis,
            'locks': locks,
        }
        if 'edits' in noted:
            openings = ((self._openings[page], number) for page, number in sorted(noted['edits'].items()))
            closings = noted.get('edits-closing', {}).items()
            facts['counts'] = [_count(time, number) for time, number in (*openings, *closings)]
        return facts

    def _wikis(self, name: str, noted: Mapping[str, Any], registered: datetime | None) -> Facts:
        wikis: Facts = {}
        for wiki, entry in noted.items():
            if wiki not in self._servers:
                raise SourceError(f'{name}: no address of {wiki} in accounts.yaml')
            wait = timedelta(minutes=crc32(f'{name}/{wiki}'.encode()) % SOON if wikis else 0)
            local = {'url': self._servers[wiki], 'registered': registered and stamp(registered + wait)}
            wikis[wiki] = local | self._local(entry, f'{name}/{wiki}')
        return wikis

    def _local(self, noted: Mapping[str, Any] | int, key: str) -> Facts:
        entry: Mapping[str, Any] = {'edits': noted} if isinstance(noted, int) else noted
        facts: Facts = {'edits': entry['edits']}
        if 'groups' in entry:
            facts['groups'] = entry['groups']
        if 'blocks' in entry:
            return facts | {'blocked': entry.get('blocked', False), 'blocks': entry['blocks']}
        if 'log' not in entry:
            return facts
        log = events_of(entry['log'], key)
        stands = standing(log, self._asked)
        return facts | {'blocked': bool(stands), 'blocks': {'standing': stands, 'log': log}}


def _count(before: datetime, number: int | str) -> Facts:
    asked = {'before': stamp(before), 'after': None, 'where': 'together'}
    low, _, high = str(number).partition('..')
    if not low.isdecimal():
        return asked | {'at-least': number}
    return asked | {'at-least': int(low), 'at-most': int(high or low)}


def _lock(line: str, key: str) -> Facts:
    """Read the time of a lock, or with ``open`` behind it of its end."""
    time, opened = line.removesuffix(' open'), line.endswith(' open')
    return {'time': stamp(read_time(time, key)), 'locked': not opened}
