"""Accounts of the farm, and the authors that an XML export names."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from defusedxml.ElementTree import iterparse

from tests.farm.folders import SOURCE, Folders
from tests.farm.maintenance import run_script

BOT_GRANTS = (
    'basic', 'highvolume', 'editpage', 'createeditmovepage', 'editprotected', 'rollback',
    'editmycssjs', 'patrol',
)  # fmt: skip


@dataclass(frozen=True)
class BotPassword:
    """A second password, for programs.

    :param suffix: what stands behind the @ of the login name
    :param password: 32 characters or more
    """

    suffix: str = 'farm'
    password: str = '0123456789abcdefghijklmnopqrstuv'
    grants: tuple[str, ...] = BOT_GRANTS


@dataclass(frozen=True)
class Account:
    """An account of a wiki.

    :param password: the one for people; without it nobody can log in
    :param registered: a MediaWiki or ISO 8601 timestamp; now, when left out
    """

    name: str
    password: str | None = None
    groups: tuple[str, ...] = ()
    bot_password: BotPassword | None = None
    registered: str | None = None


OPERATOR = Account('Farm operator', 'operator of the farm', ('sysop', 'bureaucrat', 'interface-admin'))
BOT = Account('Farm bot', 'bot of the farm', ('bot',), BotPassword())
#: A person who may send mass messages, and nothing else that is special.
SENDER = Account('Farm sender', 'sender of the farm', ('massmessage-sender',))
STANDARD = (OPERATOR, BOT, SENDER)


def create_accounts(folders: Folders, dbname: str, accounts: Iterable[Account]) -> None:
    """Create accounts on a wiki; those that exist are given what they lack."""
    listing = json.dumps([asdict(account) for account in accounts])
    run_script(folders, dbname, SOURCE / 'accounts.php', text=listing)


def authors_of(export: Path) -> tuple[Account, ...]:
    """Return the registered authors named in an XML export, in order of name.

    Each counts as registered at the first edit that the export shows.
    """
    first: dict[str, str] = {}
    time = name = ''
    for _, element in iterparse(export):
        tag = element.tag.rpartition('}')[2]
        if tag == 'timestamp':
            time = element.text or ''
        elif tag == 'username':
            name = element.text or ''
        elif tag == 'revision':
            if name:
                first[name] = min(first.get(name, time), time)
            time = name = ''
            element.clear()
    return tuple(
        Account(name, registered=time) for name, time in sorted(first.items()) if _is_account_name(name)
    )


def _is_account_name(name: str) -> bool:
    """Tell an account from an address, or from an author of another wiki ("de>Name")."""
    if '>' in name:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return True
    return False
