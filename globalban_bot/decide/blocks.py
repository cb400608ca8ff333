"""Whether an account was indefinitely blocked on as many wikis as the policy asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from globalban_bot.decide.blocklog import Changes, changes_between, evidence_at, standing_at
from globalban_bot.model.account import Account, LocalAccount
from globalban_bot.model.block import Block, WikiBlocks
from globalban_bot.model.facts import AccountFacts, Moments
from globalban_bot.model.nomination import BlockEvidence, BlockFinding, Finding, Verdict
from globalban_bot.model.policy import DatedValue, Rule
from globalban_bot.model.unknown import Gap, Unknown


def judge_blocks(
    rule: Rule, value: DatedValue, least_edits: int, facts: AccountFacts, moments: Moments
) -> BlockFinding:
    """Tell whether an account was indefinitely blocked on as many wikis as a rule asks for, and since when.

    Fewer than that is for people: a ban need not be a block, and other accounts may count.

    :param rule: the rule, of the shape ``blocked``
    :param value: its value in force
    :param least_edits: a block counts where the account has so many edits; they are counted now
    """
    if isinstance(facts.account, Unknown):
        return BlockFinding(Finding(rule, Verdict.UNDETERMINED, value, gap=facts.account.gap))
    groups = _Groups(least_edits, moments)
    for wiki in wikis_to_ask(facts.account, past=moments.looks_back):
        local = facts.account.on(wiki)
        if local is not None:
            groups.add(local, facts.blocks.get(wiki, Unknown(Gap.NOT_ASKED)))
    return groups.finding(rule, value)


def wikis_to_ask(account: Account, *, past: bool) -> tuple[str, ...]:
    """Return the wikis whose blocks must be looked at, those first that flag a block.

    A block that was lifted since, on a wiki without any edit of the account, is not looked for: there can be
    hundreds of such wikis.

    :param past: for a moment in the past: a block that was lifted since is flagged nowhere
    """
    flagged = tuple(local.wiki for local in account.locals if local.blocked)
    others = (local.wiki for local in account.locals if not local.blocked and local.edits > 0)
    return (*flagged, *others) if past else flagged


def worth_asking(gaps: Sequence[Gap]) -> Gap:
    """Return one of several reasons: that which a later run may mend, if there is one."""
    return next((gap for gap in gaps if gap.retry), gaps[0])


@dataclass
class _Groups:
    """Blocks, sorted by whether they count and since when."""

    least_edits: int
    moments: Moments
    counted: list[BlockEvidence] = field(default_factory=list)
    at_opening: list[BlockEvidence] = field(default_factory=list)
    since: list[BlockEvidence] = field(default_factory=list)
    ended: list[BlockEvidence] = field(default_factory=list)
    undated: list[BlockEvidence] = field(default_factory=list)
    partial: list[BlockEvidence] = field(default_factory=list)
    expiring: list[BlockEvidence] = field(default_factory=list)
    without_edits: list[BlockEvidence] = field(default_factory=list)
    unknown: list[tuple[str, Gap]] = field(default_factory=list)
    past_unknown: list[tuple[str, Gap]] = field(default_factory=list)
    deciding: list[Gap] = field(default_factory=list)
    checked: int = 0
    stood: int = 0

    def add(self, local: LocalAccount, blocks: WikiBlocks | Unknown) -> None:
        """Sort the blocks of an account on a wiki."""
        is_free_now = self.moments.closing is None and not local.blocked
        stood = standing_at(blocks, self.moments.decisive) if isinstance(blocks, WikiBlocks) else blocks
        edits = blocks.edits if isinstance(blocks, WikiBlocks) else local.edits
        counts = edits >= self.least_edits
        if isinstance(stood, Unknown) and not is_free_now:
            self.unknown.append((local.wiki, stood.gap))
            # Where there are too few edits no block would count.
            self.deciding += [stood.gap] if counts else []
            return
        self.checked += 1
        block = self._sort(blocks, counts=counts) if isinstance(blocks, WikiBlocks) else None
        if counts and (self.moments.looks_back or self.moments.opening is None):
            self._look_back(local.wiki, blocks, block)
        elif block is not None:
            # The request is opened at this very moment.
            self.at_opening.append(block)

    def _sort(self, blocks: WikiBlocks, *, counts: bool) -> BlockEvidence | None:
        """Put the widest block of a wiki where it belongs; return it if it counts."""
        stood = sorted(evidence_at(blocks, self.moments.decisive), key=lambda pair: _narrowness(pair[0]))
        if not stood:
            return None
        block, evidence = stood[0]
        if block.expiry is not None:
            self.expiring.append(evidence)
        elif block.partial:
            self.partial.append(evidence)
        elif not counts:
            self.without_edits.append(evidence)
        else:
            self.counted.append(evidence)
            return evidence
        return None

    def _look_back(self, wiki: str, blocks: WikiBlocks | Unknown, block: BlockEvidence | None) -> None:
        """Tell what counted at the opening from what changed since.

        :param block: the block that counts at the moment asked about; None where none does
        """
        changes = _changes(blocks, self.moments)
        if isinstance(changes, Changes):
            self.stood += changes.stood is not None
            self.ended += changes.ended[-1:]
            if block is not None:
                (self.since if changes.placed else self.at_opening).append(block)
        elif block is not None:
            self.undated.append(block)
        elif changes.gap is not Gap.NO_MOMENT:
            self.past_unknown.append((wiki, changes.gap))

    def finding(self, rule: Rule, value: DatedValue) -> BlockFinding:
        """Return what was found, each group oldest first."""
        verdict, gap = self._verdict(int(value.value or 0))
        return BlockFinding(
            Finding(rule, verdict, value, len(self.counted), gap),
            counted=_in_time(self.counted),
            at_opening=_in_time(self.at_opening),
            since=_in_time(self.since),
            ended=_in_time(self.ended),
            undated=_in_time(self.undated),
            partial=_in_time(self.partial),
            expiring=_in_time(self.expiring),
            without_edits=_in_time(self.without_edits),
            unknown=tuple(self.unknown),
            past_unknown=tuple(self.past_unknown),
            checked=self.checked,
            number_at_opening=self._number_at_opening(),
        )

    def _number_at_opening(self) -> int | None:
        if not self.moments.looks_back or self.moments.opening is None:
            return None
        return None if self.undated or self.past_unknown or self.deciding else self.stood

    def _verdict(self, wanted: int) -> tuple[Verdict, Gap | None]:
        if len(self.counted) >= wanted:
            return Verdict.MET, None
        if len(self.counted) + len(self.deciding) < wanted:
            return Verdict.FOR_PEOPLE, None
        return Verdict.UNDETERMINED, worth_asking(self.deciding)


def _changes(blocks: WikiBlocks | Unknown, moments: Moments) -> Changes | Unknown:
    if moments.opening is None:
        return Unknown(Gap.NO_MOMENT)
    if isinstance(blocks, Unknown):
        return blocks
    return changes_between(blocks, moments.opening, moments.decisive)


def _narrowness(block: Block) -> tuple[bool, bool]:
    return block.expiry is not None, block.partial


def _in_time(blocks: Iterable[BlockEvidence]) -> tuple[BlockEvidence, ...]:
    return tuple(sorted(blocks, key=lambda block: (block.since, block.wiki)))
