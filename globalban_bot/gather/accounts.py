"""Where facts about accounts come from, and how much may be asked for one request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

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

#: Queries about the accounts of a request. An account can be attached on some 900 wikis.
MOST_QUESTIONS = 300
_Fact = TypeVar('_Fact')


class Accounts(Protocol):
    """Live wikis or recorded facts. What cannot be known is an answer, never an error."""

    def account(self, name: str) -> Account | Unknown:
        """Return a global account by its name."""

    def edits(self, account: Account, question: EditsAsked) -> Bounds | Unknown:
        """Return how many edits an account has, as far as the question needs."""

    def blocks(self, account: Account, local: LocalAccount) -> WikiBlocks | Unknown:
        """Return the blocks of an account on a wiki, those of the past included."""

    def locks(self, account: Account) -> tuple[LockEvent, ...] | Unknown:
        """Return when the account was locked or globally blocked, and when not any more, oldest first."""

    def group(self, account: Account, group: str) -> GroupHeld | Unknown:
        """Return since when an account holds a group, on the wiki of the requests or globally."""

    def here(self, names: Sequence[str]) -> Mapping[str, LocalAccountSummary | Unknown]:
        """Return accounts as the wiki of the requests alone knows them, by the names that were asked for."""


class LimitedAccounts:
    """Hands on so many questions as one request may take: anybody can write one that names many accounts.

    :param check_stop: called before each question; raises ``Stopped`` when the run was asked to end
    """

    def __init__(self, accounts: Accounts, check_stop: Callable[[], None]) -> None:
        self._accounts = accounts
        self._check_stop = check_stop
        self._left = MOST_QUESTIONS

    def account(self, name: str) -> Account | Unknown:
        """Return a global account by its name."""
        return self._ask(lambda: self._accounts.account(name))

    def edits(self, account: Account, question: EditsAsked) -> Bounds | Unknown:
        """Return how many edits an account has, as far as the question needs."""
        return self._ask(lambda: self._accounts.edits(account, question))

    def blocks(self, account: Account, local: LocalAccount) -> WikiBlocks | Unknown:
        """Return the blocks of an account on a wiki, those of the past included."""
        return self._ask(lambda: self._accounts.blocks(account, local))

    def locks(self, account: Account) -> tuple[LockEvent, ...] | Unknown:
        """Return when the account was shut out, and when not any more, oldest first."""
        return self._ask(lambda: self._accounts.locks(account))

    def group(self, account: Account, group: str) -> GroupHeld | Unknown:
        """Return since when an account holds a group."""
        return self._ask(lambda: self._accounts.group(account, group))

    def here(self, names: Sequence[str]) -> Mapping[str, LocalAccountSummary | Unknown]:
        """Return accounts as the wiki of the requests alone knows them."""
        return self._accounts.here(names)

    def _ask(self, question: Callable[[], _Fact | Unknown]) -> _Fact | Unknown:
        self._check_stop()
        if not self._left:
            return Unknown(Gap.TOO_MUCH)
        self._left -= 1
        return question()
