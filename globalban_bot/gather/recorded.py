"""Facts about accounts from a file: recorded from a live wiki, or written down by hand.

The file is YAML, of which JSON is a part. A gap's text (``model.unknown.Gap``), such as ``not shown``, can
stand where a fact would. Keys that may be left out have the value of the example, unless it says otherwise::

    asked: '2025-05-03T14:05:00Z'  # of all below that has none of its own
    accounts:
      Ada Invented: not shown
      ada Invented: {same-as: Ada Invented}  # another spelling
      Bo Invented:
        registered: '2012-01-05T10:00:00Z'  # needed; null where there is none
        edits: 5012                         # needed
        locked: false
        globally-blocked: false             # or a gap
        groups: []
        wikis:
          enwiki:
            url: https://en.wikipedia.org   # needed
            edits: 4000                     # needed
            registered: null
            blocked: false
            groups: []
            blocks:                         # see recorded_blocks.py
              standing: [{since: '2025-01-01T00:00:00Z', expiry: null, partial: false, talk-open: true}]
              log: [{id: 77, time: '2025-01-01T00:00:00Z', action: block, expiry: null}]
        counts:                             # see recorded_counts.py
          - {before: '2025-05-01T00:00:00Z', after: null, where: together, at-least: 512, at-most: 512}
        locks: []                           # or [{time: '2025-01-01T00:00:00Z', locked: true}]
        held: {sysop: '2020-01-01T00:00:00Z'}  # null: does not hold it; a group that is left out: not asked
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml

from globalban_bot.errors import UserError
from globalban_bot.gather.place import FileNode
from globalban_bot.gather.recorded_blocks import read_blocks
from globalban_bot.gather.recorded_counts import RecordedCount, answer, read_counts
from globalban_bot.gather.recorder import Recorder
from globalban_bot.model.account import (
    Account,
    Bounds,
    EditsAsked,
    GroupHeld,
    LocalAccount,
    LocalAccountSummary,
    LockEvent,
)
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.wiki.api_values import DATABASE, SERVER

__all__ = ['RecordedAccounts', 'Recorder']

_NOT_ASKED = Unknown(Gap.NOT_ASKED)
_ACCOUNT = (
    'asked', 'registered', 'edits', 'locked', 'globally-blocked', 'groups', 'wikis', 'counts', 'locks',
    'held',
)  # fmt: skip
_WIKI = ('url', 'edits', 'registered', 'blocked', 'groups', 'blocks')


@dataclass(frozen=True)
class _Facts:
    """All that the file tells of an account."""

    account: Account
    blocks: dict[str, WikiBlocks | Unknown]
    counts: tuple[RecordedCount, ...]
    locks: tuple[LockEvent, ...] | Unknown
    held: dict[str, GroupHeld | Unknown]


class RecordedAccounts:
    """Answers from a file; what is not in it was not asked.

    :param content: the file's text
    :param name: its name, for error messages
    :raises UserError: it is malformed
    """

    def __init__(self, content: str, name: str) -> None:
        fields = FileNode(_loaded(content, name), name).fields(('asked', 'accounts'), required=('accounts',))
        asked = fields['asked'].time() if 'asked' in fields else None
        self._facts: dict[str, _Facts | Unknown] = {}
        spellings: dict[str, FileNode] = {}
        for account, place in fields['accounts'].entries().items():
            if isinstance(place.value, dict) and 'same-as' in place.value:
                spellings[account] = place.fields(('same-as',))['same-as']
            else:
                self._facts[account] = place.gap() or _read_account(account, place, asked)
        for spelling, place in spellings.items():
            if place.text() not in self._facts:
                place.wrong('there is no such account in this file; add it, or mend the name')
            self._facts[spelling] = self._facts[place.text()]

    def account(self, name: str) -> Account | Unknown:
        """Return a global account by its name."""
        facts = self._facts.get(name, _NOT_ASKED)
        return facts if isinstance(facts, Unknown) else facts.account

    @property
    def oldest(self) -> datetime | None:
        """When the first of the accounts was asked for (UTC); None where the file holds none."""
        facts = (one for one in self._facts.values() if not isinstance(one, Unknown))
        return min((one.account.asked for one in facts), default=None)

    def edits(self, account: Account, question: EditsAsked) -> Bounds | Unknown:
        """Return how many edits an account has, as far as the file tells."""
        facts = self._facts.get(account.name, _NOT_ASKED)
        if isinstance(facts, Unknown):
            return facts
        # What was recorded is of all its wikis together.
        alone = account.locals != facts.account.locals
        return _NOT_ASKED if alone else answer(facts.counts, facts.account, question)

    def blocks(self, account: Account, local: LocalAccount) -> WikiBlocks | Unknown:
        """Return the blocks of an account on a wiki, those of the past included."""
        facts = self._facts.get(account.name, _NOT_ASKED)
        return facts if isinstance(facts, Unknown) else facts.blocks.get(local.wiki, _NOT_ASKED)

    def locks(self, account: Account) -> tuple[LockEvent, ...] | Unknown:
        """Return when the account was shut out, and when not any more, oldest first."""
        facts = self._facts.get(account.name, _NOT_ASKED)
        return facts if isinstance(facts, Unknown) else facts.locks

    def group(self, account: Account, group: str) -> GroupHeld | Unknown:
        """Return since when an account holds a group."""
        facts = self._facts.get(account.name, _NOT_ASKED)
        return facts if isinstance(facts, Unknown) else facts.held.get(group, _NOT_ASKED)

    def here(self, names: Sequence[str]) -> Mapping[str, LocalAccountSummary | Unknown]:
        """Return accounts as the wiki of the requests alone knows them, which no file holds."""
        return dict.fromkeys(names, _NOT_ASKED)


def _loaded(content: str, name: str) -> Any:
    """Return what a file holds; JSON is tried first, since it is read so much faster."""
    with suppress(ValueError, RecursionError):
        return json.loads(content)
    try:
        return yaml.safe_load(content)
    except (yaml.YAMLError, RecursionError, ValueError, KeyError, TypeError) as error:
        raise UserError(f'{name}: this is no YAML ({error}); mend it there') from error


def _read_account(name: str, place: FileNode, at: datetime | None) -> _Facts:
    fields = place.fields(_ACCOUNT, required=('registered', 'edits'))
    if 'asked' in fields:
        at = fields['asked'].time()
    if at is None:
        place.wrong("it does not tell when it was asked; add the key 'asked' here or at the top of the file")
    locals_: list[LocalAccount] = []
    blocks: dict[str, WikiBlocks | Unknown] = {}
    for wiki, entry in (fields['wikis'].entries() if 'wikis' in fields else {}).items():
        parts = entry.fields(_WIKI, required=('url', 'edits'))
        url = parts['url'].text()
        # A wiki without an address that can be asked has none here.
        if not DATABASE.fullmatch(wiki) or (url and not SERVER.fullmatch(url)):
            entry.wrong("write the name of the database and the address, such as enwiki: {url: 'https://…'}")
        local = LocalAccount(
            wiki=wiki,
            url=url,
            edits=parts['edits'].number(),
            registered=parts['registered'].time_or_none() if 'registered' in parts else None,
            blocked=parts['blocked'].flag() if 'blocked' in parts else False,
            groups=_groups(parts.get('groups')),
        )
        locals_.append(local)
        blocks[wiki] = read_blocks(parts.get('blocks'), local, at)
    account = Account(
        name=name,
        registered=fields['registered'].time_or_none(),
        edits=fields['edits'].number(),
        locals=tuple(sorted(locals_, key=lambda local: (-local.edits, local.wiki))),
        locked=fields['locked'].flag() if 'locked' in fields else False,
        globally_blocked=_flag_or_gap(fields.get('globally-blocked')),
        asked=at,
        groups=_groups(fields.get('groups')),
    )
    held = fields['held'].entries() if 'held' in fields else {}
    return _Facts(
        account,
        blocks,
        read_counts(fields['counts']) if 'counts' in fields else (),
        _locks(fields.get('locks')),
        {group: item.gap() or GroupHeld(item.time_or_none()) for group, item in held.items()},
    )


def _groups(place: FileNode | None) -> frozenset[str]:
    return frozenset() if place is None else frozenset(item.text() for item in place.items())


def _flag_or_gap(place: FileNode | None) -> bool | Unknown:
    return False if place is None else place.gap() or place.flag()


def _locks(place: FileNode | None) -> tuple[LockEvent, ...] | Unknown:
    if place is None:
        return ()
    return place.gap() or tuple(_lock(item) for item in place.items())


def _lock(place: FileNode) -> LockEvent:
    fields = place.fields(('time', 'locked'), required=('time', 'locked'))
    return LockEvent(fields['time'].time(), fields['locked'].flag())
