"""Whether an account was indefinitely blocked on as many wikis as the policy asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from globalban_bot.decide.blocklog import indefinite_at, standing_at
from globalban_bot.model.account import Account
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.facts import AccountFacts, Moments
from globalban_bot.model.nomination import BlockFinding, Finding, FoundBlock, Verdict
from globalban_bot.model.policy import DatedValue, Rule
from globalban_bot.model.unknown import Gap, Unknown


def judge_blocks(
    rule: Rule, value: DatedValue, least_edits: int, facts: AccountFacts, moments: Moments
) -> BlockFinding:
    """Tell whether an account was indefinitely blocked on as many wikis as a rule asks for.

    Fewer than that is for people: a ban need not be a block, and other accounts may count.

    :param rule: the rule, of the shape ``blocked``
    :param value: its value in force
    :param least_edits: a block counts where the account has so many edits; they are counted now
    """
    if isinstance(facts.account, Unknown):
        return BlockFinding(Finding(rule, Verdict.UNDETERMINED, value, gap=facts.account.gap))
    sorted_out = _Sorted(least_edits, moments.decisive)
    for wiki in wikis_to_ask(facts.account, past=moments.closing is not None):
        local = facts.account.on(wiki)
        edits = local.edits if local is not None else 0
        sorted_out.add(wiki, edits, facts.blocks.get(wiki, Unknown(Gap.NOT_ASKED)))
    return sorted_out.finding(rule, value)


def wikis_to_ask(account: Account, *, past: bool) -> tuple[str, ...]:
    """Return the wikis whose blocks must be looked at.

    A block that was lifted since, on a wiki without any edit of the account, is not looked for: there can be
    hundreds of such wikis.

    :param past: for a moment in the past: a block that was lifted since is flagged nowhere
    """
    return tuple(local.wiki for local in account.locals if local.blocked or (past and local.edits > 0))


def worth_asking(gaps: Sequence[Gap]) -> Gap:
    """Return one of several reasons: that which a later run may mend, if there is one."""
    return next((gap for gap in gaps if gap.retry), gaps[0])


@dataclass
class _Sorted:
    """Blocks, sorted by whether they count."""

    least_edits: int
    moment: datetime
    counted: list[FoundBlock] = field(default_factory=list)
    partial: list[FoundBlock] = field(default_factory=list)
    without_edits: list[FoundBlock] = field(default_factory=list)
    unknown: list[tuple[str, Gap]] = field(default_factory=list)
    deciding: list[Gap] = field(default_factory=list)
    checked: int = 0

    def add(self, wiki: str, edits: int, found: WikiBlocks | Unknown) -> None:
        stood = found if isinstance(found, Unknown) else standing_at(found, self.moment)
        if isinstance(stood, Unknown):
            self.unknown.append((wiki, stood.gap))
            # Where there are too few edits no block would count.
            self.deciding += [stood.gap] if edits >= self.least_edits else []
        elif isinstance(found, WikiBlocks):
            self.checked += 1
            self._sort(found)

    def _sort(self, found: WikiBlocks) -> None:
        """Put the widest indefinite block of a wiki where it belongs."""
        blocks = sorted(indefinite_at(found, self.moment), key=lambda pair: pair[0].partial)
        for block, evidence in blocks[:1]:
            if block.partial:
                self.partial.append(evidence)
            else:
                (self.counted if found.edits >= self.least_edits else self.without_edits).append(evidence)

    def finding(self, rule: Rule, value: DatedValue) -> BlockFinding:
        verdict, gap = self._verdict(int(value.value or 0))
        return BlockFinding(
            Finding(rule, verdict, value, len(self.counted), gap),
            counted=_in_time(self.counted),
            partial=_in_time(self.partial),
            without_edits=_in_time(self.without_edits),
            unknown=tuple(self.unknown),
            checked=self.checked,
        )

    def _verdict(self, wanted: int) -> tuple[Verdict, Gap | None]:
        if len(self.counted) >= wanted:
            return Verdict.MET, None
        if len(self.counted) + len(self.deciding) < wanted:
            return Verdict.FOR_PEOPLE, None
        return Verdict.UNDETERMINED, worth_asking(self.deciding)


def _in_time(found: Iterable[FoundBlock]) -> tuple[FoundBlock, ...]:
    return tuple(sorted(found, key=lambda one: (one.since, one.wiki)))
