"""Which blocks of an account stood at a moment, and whether they are as many as the policy asks for.

What a wiki says now is taken for what stands now. For a moment in the past the block log is replayed, as far
as it can be trusted: replayed to the end, it must lead to what stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from globalban_bot.model.account import Account
from globalban_bot.model.block import Action, Block, BlockEvent, WikiBlocks
from globalban_bot.model.facts import AccountFacts, Moments
from globalban_bot.model.nomination import BlockFinding, Finding, FoundBlock, Verdict
from globalban_bot.model.policy import DatedValue, Rule
from globalban_bot.model.unknown import Gap, Unknown


@dataclass(frozen=True)
class _Logged:
    """A block as the log tells it, with the line that began it."""

    block: Block
    began: BlockEvent


def standing_at(found: WikiBlocks, moment: datetime) -> tuple[Block, ...] | Unknown:
    """Return the blocks that stood on a wiki at a moment."""
    now = tuple(block for block in found.standing if block.stands(found.asked))
    if moment >= found.asked:
        return tuple(block for block in now if block.stands(moment))
    # That a block was made before the moment is no proof of how it stood then: a change leaves its time
    # (BlockUser of MediaWiki 1.39).
    ended = _replay(found.log, found.asked)
    if _kinds(now) != _kinds([ended.block] if ended else []):
        return Unknown(Gap.NO_LOG)
    then = _replay(found.log, moment)
    if _lacks_a_line(found.log, moment, then):
        return Unknown(Gap.NO_LOG)
    return (then.block,) if then else ()


def _lacks_a_line(log: Iterable[BlockEvent], moment: datetime, then: _Logged | None) -> bool:
    """Tell whether the log, as it is shown, must lack a line about the moment.

    What came next ended or changed a block that no line made, or made one although none had been lifted.
    """
    following = next((event for event in log if event.time > moment), None)
    if following is None:
        return False
    stood = then is not None and then.block.stands(following.time)
    return stood if following.action is Action.BLOCK else then is None


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


def indefinite_at(found: WikiBlocks, moment: datetime) -> Iterator[tuple[Block, FoundBlock]]:
    """Yield the indefinite blocks of a wiki at a moment, each with its evidence."""
    stood = standing_at(found, moment)
    for block in () if isinstance(stood, Unknown) else stood:
        if block.expiry is None:
            yield block, _evidence(found, block, moment)


def worth_asking(gaps: Sequence[Gap]) -> Gap:
    """Return one of several reasons: that which a later run may mend, if there is one."""
    return next((gap for gap in gaps if gap.retry), gaps[0])


def first_indefinite(found: WikiBlocks, moment: datetime) -> datetime | None:
    """Return when the indefinite block of the whole wiki was made that stood at a moment; None for none."""
    return next((one.since for block, one in indefinite_at(found, moment) if not block.partial), None)


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


def _evidence(found: WikiBlocks, block: Block, moment: datetime) -> FoundBlock:
    """Return since when a block of this kind stands, and the line of the log that says so."""
    logged = _replay(found.log, moment)
    if logged is None or _kind(logged.block) != _kind(block):
        return FoundBlock(found.wiki, block.since, None)
    return FoundBlock(found.wiki, logged.began.time, found.link(logged.began.log_id))


def _replay(log: Iterable[BlockEvent], moment: datetime) -> _Logged | None:
    """Return the block that a log leads to; a change that leaves its kind leaves its beginning."""
    stands: _Logged | None = None
    for event in log:
        if event.time > moment:
            break
        if event.action is Action.UNBLOCK or event.block is None:
            stands = None
        elif (
            stands is not None
            and event.action is Action.REBLOCK
            and _kind(stands.block) == _kind(event.block)
        ):
            stands = replace(stands, block=event.block)
        else:
            stands = _Logged(event.block, event)
    return stands if stands is not None and stands.block.stands(moment) else None


def _kind(block: Block) -> tuple[bool, bool]:
    return block.expiry is None, block.partial


def _kinds(blocks: Iterable[Block]) -> set[tuple[bool, bool]]:
    return {_kind(block) for block in blocks}
