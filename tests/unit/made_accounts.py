"""Made-up accounts, blocks and rules; and a stand-in for the wikis that are asked about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from globalban_bot.model.account import (
    Account,
    Bounds,
    EditsAsked,
    GroupHeld,
    LocalAccount,
    LocalAccountSummary,
    LockEvent,
)
from globalban_bot.model.block import Block, WikiBlocks
from globalban_bot.model.policy import DatedValue, Party, Policy, Provenance, Reference, Rule, Shape, Unit
from globalban_bot.model.unknown import Gap, Unknown

VOTE = Reference('vote', 'Project:Vote', 'Invented: the vote that adopted it.')
#: The unit of each shape of rule that has just one.
UNITS = {
    Shape.EDITS: Unit.EDITS,
    Shape.BLOCKED: Unit.WIKIS,
    Shape.BLOCK_EDITS: Unit.EDITS,
    Shape.SHORTEST: Unit.WEEKS,
    Shape.LONGEST: Unit.WEEKS,
    Shape.REGISTERED: Unit.MONTHS,
    Shape.WORDING: Unit.WORDS,
}


def day(text: str) -> datetime:
    """Return a time in UTC; of a day alone its midnight."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


NOW = day('2027-06-01')


def local(wiki: str = 'enwiki', edits: int = 100, *, blocked: bool = False, **more: Any) -> LocalAccount:
    """Return an account on a wiki."""
    plain = LocalAccount(wiki, f'https://{wiki}.example', edits, day('2012-01-01'), blocked)
    return replace(plain, **more)


def account(*locals_: LocalAccount, name: str = 'Bel', **more: Any) -> Account:
    """Return a global account with these local ones."""
    plain = Account(
        name=name,
        registered=day('2012-01-01'),
        edits=sum(one.edits for one in locals_),
        locals=locals_,
        locked=False,
        globally_blocked=False,
        asked=NOW,
    )
    return replace(plain, **more)


def block(since: str = '2026-01-01', **more: Any) -> Block:
    """Return an indefinite block of a whole wiki, with an open talk page."""
    return replace(Block(day(since), None, partial=False, talk_open=True), **more)


def wiki_blocks(wiki: str = 'enwiki', *standing: Block, edits: int = 100, **more: Any) -> WikiBlocks:
    """Return what a wiki tells of blocks; it has no log."""
    return replace(WikiBlocks(wiki, f'https://{wiki}.example', edits, standing, (), NOW), **more)


def value(
    what: int | str | None = 'yes', start: str = '2020-01-01', provenance: Provenance = Provenance.SEEN
) -> DatedValue:
    """Return a value from a day on."""
    return DatedValue(day(start), what, provenance, VOTE)


def rule(shape: Shape, *values: DatedValue, of: Party = Party.NOMINATOR, **more: Any) -> Rule:
    """Return a rule, named and described by its shape."""
    plain = Rule(
        name=f'{of.value}-{shape.value}',
        of=of,
        shape=shape,
        description=f'What is asked by {shape.value}?',
        unit=UNITS.get(shape, Unit.YES),
        values=values or (value(),),
    )
    return replace(plain, **more)


def policy(*rules: Rule) -> Policy:
    """Return a policy with these rules."""
    return Policy(
        'made-up',
        'Bans of a made-up farm',
        'Project:Bans',
        date(2027, 1, 1),
        None,
        {r.name: r for r in rules},
    )


class AskedAccounts:
    """A hand-made stand-in for the wikis: it answers from what it was given, and keeps what it was asked.

    A wiki tells of one indefinite block where the local account is flagged, and of none elsewhere.

    :param accounts: those that there are
    :param edits: the answer to each question about edits
    :param blocks: other answers about blocks, by wiki
    :param gaps: why nothing is told of an account, by its name; of others, that it is not shown
    :param here: accounts on the wiki of the requests
    :ivar asked: the questions, in their order: what was asked, whose account, and about what
    """

    def __init__(
        self,
        *accounts: Account,
        edits: Bounds | Unknown = Bounds(1000, 1000),  # noqa: B008 - a frozen value
        blocks: Mapping[str, WikiBlocks | Unknown] | None = None,
        gaps: Mapping[str, Gap] | None = None,
        here: Mapping[str, LocalAccountSummary] | None = None,
    ) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self._accounts = {one.name: one for one in accounts}
        self._edits = edits
        self._blocks = blocks or {}
        self._gaps = gaps or {}
        self._here = here or {}

    def account(self, name: str) -> Account | Unknown:
        self.asked.append(('account', name))
        return self._accounts.get(name) or Unknown(self._gaps.get(name, Gap.NOT_SHOWN))

    def edits(self, account: Account, asked: EditsAsked) -> Bounds | Unknown:
        self.asked.append(('edits', account.name, asked))
        return self._edits

    def blocks(self, account: Account, local: LocalAccount) -> WikiBlocks | Unknown:
        self.asked.append(('blocks', account.name, local.wiki))
        standing = (block(),) if local.blocked else ()
        plain = wiki_blocks(local.wiki, *standing, edits=local.edits)
        return self._blocks.get(local.wiki, plain)

    def locks(self, account: Account) -> tuple[LockEvent, ...] | Unknown:
        self.asked.append(('locks', account.name))
        return ()

    def group(self, account: Account, group: str) -> GroupHeld | Unknown:
        self.asked.append(('group', account.name, group))
        return GroupHeld(day('2020-01-01'))

    def here(self, names: Sequence[str]) -> Mapping[str, LocalAccountSummary | Unknown]:
        self.asked.append(('here', *names))
        return {name: self._here.get(name) or Unknown(Gap.NOT_SHOWN) for name in names}
