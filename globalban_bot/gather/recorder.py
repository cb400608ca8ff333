"""Records what is answered about accounts, in the form that :mod:`globalban_bot.gather.recorded` reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.recorded_blocks import written_blocks
from globalban_bot.gather.recorded_counts import RecordedCount, written_count
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


class Recorder:
    """Hands questions on, and remembers each answer.

    :param accounts: who is asked
    """

    def __init__(self, accounts: Accounts) -> None:
        self._asked = accounts
        self._named: dict[str, Account | Unknown] = {}
        self._seen: dict[str, Account] = {}
        self._edits: dict[tuple[str, EditsAsked], Bounds | Unknown] = {}
        self._blocks: dict[tuple[str, str], WikiBlocks | Unknown] = {}
        self._locks: dict[str, tuple[LockEvent, ...] | Unknown] = {}
        self._groups: dict[tuple[str, str], GroupHeld | Unknown] = {}

    def account(self, name: str) -> Account | Unknown:
        """Return a global account by its name."""
        found = self._named[name] = self._asked.account(name)
        if isinstance(found, Account):
            self._seen[found.name] = found
        return found

    def edits(self, account: Account, question: EditsAsked) -> Bounds | Unknown:
        """Return how many edits an account has, as far as the question needs."""
        found = self._edits[self._name(account), question] = self._asked.edits(account, question)
        return found

    def blocks(self, account: Account, local: LocalAccount) -> WikiBlocks | Unknown:
        """Return the blocks of an account on a wiki, those of the past included."""
        found = self._blocks[self._name(account), local.wiki] = self._asked.blocks(account, local)
        return found

    def locks(self, account: Account) -> tuple[LockEvent, ...] | Unknown:
        """Return when the account was shut out, and when not any more, oldest first."""
        found = self._locks[self._name(account)] = self._asked.locks(account)
        return found

    def group(self, account: Account, group: str) -> GroupHeld | Unknown:
        """Return since when an account holds a group."""
        found = self._groups[self._name(account), group] = self._asked.group(account, group)
        return found

    def here(self, names: Sequence[str]) -> Mapping[str, LocalAccountSummary | Unknown]:
        """Return accounts as the wiki of the requests alone knows them; this is not recorded."""
        return self._asked.here(names)

    def dump(self) -> str:
        """Return all answers as JSON, in an order of its own."""
        accounts = {name: self._account(account) for name, account in self._seen.items()}
        for name, found in self._named.items():
            if isinstance(found, Unknown):
                accounts[name] = found.gap.value
            elif found.name != name:
                accounts[name] = {'same-as': found.name}
        return json.dumps({'accounts': accounts}, ensure_ascii=False, indent=2, sort_keys=True) + '\n'

    def _name(self, account: Account) -> str:
        self._seen.setdefault(account.name, account)
        return account.name

    def _account(self, account: Account) -> Any:
        name = account.name
        blocked = account.globally_blocked
        return {
            'asked': _written(account.asked),
            'registered': _written(account.registered),
            'edits': account.edits,
            'locked': account.locked,
            'globally-blocked': blocked.gap.value if isinstance(blocked, Unknown) else blocked,
            'groups': sorted(account.groups),
            'wikis': {local.wiki: self._wiki(name, local) for local in account.locals},
            'counts': [
                written_count(RecordedCount(asked, found), _written)
                for (whose, asked), found in self._edits.items()
                if whose == name
            ],
            'locks': _locks(self._locks.get(name, Unknown(Gap.NOT_ASKED))),
            'held': {group: _held(found) for (whose, group), found in self._groups.items() if whose == name},
        }

    def _wiki(self, name: str, local: LocalAccount) -> dict[str, Any]:
        # That nobody asked must not be read as "none".
        blocks = self._blocks.get((name, local.wiki), Unknown(Gap.NOT_ASKED))
        return {
            'url': local.url,
            'edits': local.edits,
            'registered': _written(local.registered),
            'blocked': local.blocked,
            'groups': sorted(local.groups),
            'blocks': blocks.gap.value if isinstance(blocks, Unknown) else written_blocks(blocks, _written),
        }


def _locks(events: tuple[LockEvent, ...] | Unknown) -> Any:
    if isinstance(events, Unknown):
        return events.gap.value
    return [{'time': _written(event.time), 'locked': event.locked} for event in events]


def _held(held: GroupHeld | Unknown) -> str | None:
    return held.gap.value if isinstance(held, Unknown) else _written(held.since)


def _written(time: datetime | None) -> str | None:
    return None if time is None else time.astimezone(UTC).isoformat().replace('+00:00', 'Z')
