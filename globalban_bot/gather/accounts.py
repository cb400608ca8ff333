"""Where facts about accounts come from: what live wikis and recorded facts have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

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
from globalban_bot.model.unknown import Unknown


class Accounts(Protocol):
    """Answers questions about accounts. What cannot be known is an answer, never an error."""

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
