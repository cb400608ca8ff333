"""The people of the sample: accounts, most of them from ``users.yaml``, and IP addresses."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

FIRST_MADE_ID = 1_000_000  # the ids of accounts without an entry lie above this


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
        if not _is_address(name):
            raise SourceError(f'no account {name!r} in users.yaml')
        return User(name, None, f'[[Special:Contributions/{name}|{name}]]')

    def or_new(self, name: str) -> User:
        """Return the account of that name; one that has no entry gets an id that follows from its name."""
        if name in self._known or _is_address(name):
            return self[name]
        return _account(name, {'id': FIRST_MADE_ID + crc32(name.encode()) % 8_000_000})


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _account(name: str, entry: Mapping[str, Any]) -> User:
    page = f'Special:Contributions/{name}' if name.startswith('~2') else f'User:{name}'
    default = f'[[{page}|{name}]] ([[User talk:{name}|talk]])'
    return User(name, int(entry['id']), str(entry.get('signature', default)))
