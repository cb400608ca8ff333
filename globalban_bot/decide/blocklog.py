"""Which blocks of an account stood on a wiki at a moment.

What a wiki says now is taken for what stands now. For a moment in the past the block log is replayed, as far
as it can be trusted: all its lines can be read, and replayed to the end they lead to what stands. While
several blocks stood on a wiki at once, the log does not tell which of them a line changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from globalban_bot.model.block import Action, Block, BlockEvent, WikiBlocks
from globalban_bot.model.nomination import BlockEvidence
from globalban_bot.model.unknown import Gap, Unknown


@dataclass(frozen=True)
class _Logged:
    """A block as the log tells it, with the line that began it."""

    block: Block
    began: BlockEvent


@dataclass(frozen=True)
class Changes:
    """What happened to the indefinite blocks of a whole wiki between two moments.

    :param stood: the block that stood at the first moment; None where none did
    :param placed: blocks that began after it, oldest first
    :param ended: blocks that were lifted, or changed into others, oldest first
    """

    stood: BlockEvidence | None = None
    placed: tuple[BlockEvidence, ...] = ()
    ended: tuple[BlockEvidence, ...] = ()


def standing_at(blocks: WikiBlocks, moment: datetime) -> tuple[Block, ...] | Unknown:
    """Return the blocks that stood on a wiki at a moment."""
    now = tuple(block for block in blocks.standing if block.stands(blocks.asked))
    if moment >= blocks.asked:
        return tuple(block for block in now if block.stands(moment))
    # That a block was made before the moment is no proof of how it stood then: a change leaves its time
    # (BlockUser of MediaWiki 1.39).
    ended = _replay(blocks.log, blocks.asked)
    if not blocks.whole or _kinds(now) != _kinds([ended.block] if ended else []):
        return Unknown(Gap.NO_LOG)
    then = _replay(blocks.log, moment)
    if _is_unsure(blocks.log, moment):
        return Unknown(Gap.NO_LOG)
    return (then.block,) if then else ()


def changes_between(blocks: WikiBlocks, start: datetime, end: datetime) -> Changes | Unknown:
    """Return what happened to the indefinite blocks of a whole wiki after a moment, up to another one."""
    within = [event for event in blocks.log if start < event.time <= end]
    stood = standing_at(blocks, start)
    if isinstance(stood, Unknown):
        return stood
    if any(_is_unsure(blocks.log, event.time) for event in within):
        return Unknown(Gap.NO_LOG)
    first = next((one for block, one in evidence_at(blocks, start) if _counts(block)), None)
    placed, ended = list[BlockEvidence](), list[BlockEvidence]()
    counted = first is not None
    for event, logged in _states(blocks.log):
        if event in within and (logged is not None and _counts(logged.block)) is not counted:
            counted = not counted
            change = BlockEvidence(blocks.wiki, event.time, blocks.link(event.log_id))
            (placed if counted else ended).append(change)
    return Changes(first, tuple(placed), tuple(ended))


def evidence_at(blocks: WikiBlocks, moment: datetime) -> Iterator[tuple[Block, BlockEvidence]]:
    """Yield the blocks of a wiki that stood at a moment, each with its evidence."""
    stood = standing_at(blocks, moment)
    for block in () if isinstance(stood, Unknown) else stood:
        yield block, _evidence(blocks, block, moment)


def first_indefinite(blocks: WikiBlocks, moment: datetime) -> datetime | None:
    """Return when the indefinite block of the whole wiki was made that stood at a moment; None for none."""
    return next((one.since for block, one in evidence_at(blocks, moment) if _counts(block)), None)


def _is_unsure(log: Sequence[BlockEvent], moment: datetime) -> bool:
    return _several_at(log, moment) or _lacks_a_line(log, moment, _replay(log, moment))


def _lacks_a_line(log: Iterable[BlockEvent], moment: datetime, then: _Logged | None) -> bool:
    """Tell whether the log, as it is shown, must lack a line about the moment.

    What came next ended or changed a block that no line made, or made one although none had been lifted.
    """
    following = next((event for event in log if event.time > moment), None)
    if following is None:
        return False
    stood = then is not None and then.block.stands(following.time)
    return stood if following.action is Action.BLOCK else then is None


def _several_at(log: Sequence[BlockEvent], moment: datetime) -> bool:
    """Tell whether other blocks stood at a moment than the one that the last line tells of."""
    last = next((event for event in reversed(log) if event.time <= moment and event.left is not None), None)
    return last is not None and (last.left or 0) > (last.action is not Action.UNBLOCK)


def _counts(block: Block) -> bool:
    return block.expiry is None and not block.partial


def _evidence(blocks: WikiBlocks, block: Block, moment: datetime) -> BlockEvidence:
    """Return since when a block of this kind stands, and the line of the log that says so."""
    logged = _replay(blocks.log, moment)
    if logged is None or _kind(logged.block) != _kind(block) or _several_at(blocks.log, moment):
        return BlockEvidence(blocks.wiki, block.since, None)
    return BlockEvidence(blocks.wiki, logged.began.time, blocks.link(logged.began.log_id))


def _replay(log: Iterable[BlockEvent], moment: datetime) -> _Logged | None:
    """Return the block that a log leads to."""
    stands: _Logged | None = None
    for _, stands in _states(event for event in log if event.time <= moment):  # noqa: B007
        pass
    return stands if stands is not None and stands.block.stands(moment) else None


def _states(log: Iterable[BlockEvent]) -> Iterator[tuple[BlockEvent, _Logged | None]]:
    """Yield each line with the block that stood after it.

    A change that leaves the kind of a block leaves its beginning.
    """
    stands: _Logged | None = None
    for event in log:
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
        yield event, stands


def _kind(block: Block) -> tuple[bool, bool]:
    return block.expiry is None, block.partial


def _kinds(blocks: Iterable[Block]) -> set[tuple[bool, bool]]:
    return {_kind(block) for block in blocks}
