"""Whether notices of a request may be sent.

The request is open, not forgotten and, for communities, a day old; no rule on the nominator is not met; and
nobody holds the plan. Nothing that people write opens the gate: who sends is a matter of the rights that
MediaWiki checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from globalban_bot.model.gate import Barrier, Gate, Hold
from globalban_bot.model.nomination import Finding, Verdict

#: Half of the requests that are invalid are closed within hours.
LEAST_AGE = timedelta(hours=24)
#: Verdicts that leave the gate open, but that the sender should see.
_TO_CHECK = {Verdict.UNDETERMINED, Verdict.FOR_PEOPLE}


@dataclass(frozen=True)
class GateFacts:
    """What the gate looks at, as it is now.

    :param is_open: whether the request is open, under its title
    :param forgotten: whether an operator had the pages about it blanked
    :param opened: when it was opened (UTC); None where that is not known
    :param moved: when it was moved to its title (UTC); None where it was not
    :param nominator: how the rules on the nominator stand
    :param holds: of the plan and of each list
    :param at: this moment, by the clock of the wiki (UTC); None where the wiki does not tell
    :param held_by: titles of the special pages that show by what people hold them
    """

    is_open: bool
    forgotten: bool
    opened: datetime | None
    moved: datetime | None
    nominator: tuple[Finding, ...]
    holds: frozenset[Hold]
    at: datetime | None
    held_by: tuple[str, ...] = ()


def judge_gate(facts: GateFacts) -> Gate:
    """Tell what stands in the way of sending."""
    barriers = {*_barriers(facts)}
    return Gate(
        tuple(barrier for barrier in Barrier if barrier in barriers),
        tuple(finding for finding in facts.nominator if finding.verdict in _TO_CHECK),
        facts.held_by,
    )


def _age_barrier(facts: GateFacts) -> Barrier | None:
    if facts.opened is None or facts.at is None:
        return Barrier.AGE_NOT_KNOWN
    return Barrier.TOO_YOUNG if facts.at - facts.opened < LEAST_AGE else None


def _barriers(facts: GateFacts) -> Iterator[Barrier]:
    if not facts.is_open:
        yield Barrier.NOT_OPEN
    if facts.forgotten:
        yield Barrier.FORGOTTEN
    if (age := _age_barrier(facts)) is not None:
        yield age
    if facts.moved is not None and (facts.at is None or facts.at - facts.moved < LEAST_AGE):
        yield Barrier.MOVED
    if any(finding.verdict is Verdict.NOT_MET for finding in facts.nominator):
        yield Barrier.NOMINATOR
    if Hold.HELD in facts.holds:
        yield Barrier.HELD
    if Hold.NOT_KNOWN in facts.holds:
        yield Barrier.NOT_KNOWN
