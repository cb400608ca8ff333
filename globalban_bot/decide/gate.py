"""Whether a plan of notices may be delivered.

The request is open and a day old; no rule on the nominator is not met, unless an uninvolved administrator or
steward has waived that; somebody uninvolved who may send messages has approved this very plan; and nobody has
asked to wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from globalban_bot.model.approval import Barrier, Gate, Ruling, Said, Standing, Word
from globalban_bot.model.nomination import Finding, Verdict

#: Half of the requests that are invalid are closed within hours.
LEAST_AGE = timedelta(hours=24)
HOLD = timedelta(hours=24)


@dataclass(frozen=True)
class GateFacts:
    """What the gate looks at, as it is now.

    :param is_open: whether the request is open, under its title
    :param opened: when it was opened (UTC); None where that is not known
    :param nominator: how the rules on the nominator stand
    :param involved: nominator, subjects and participants of the request
    :param digest: of the plan as it is now
    :param notices: how many notices it holds
    :param said: what was said on the page for approvals and on the talk page, oldest first
    :param standings: what those may do who said something, by name
    :param now: the moment of the run (aware, UTC)
    """

    is_open: bool
    opened: datetime | None
    nominator: tuple[Finding, ...]
    involved: frozenset[str]
    digest: str
    notices: int
    said: Sequence[Said]
    standings: Mapping[str, Standing]
    now: datetime


def judge_gate(facts: GateFacts) -> Gate:
    """Tell what stands in the way of a delivery."""
    approval, missing = _approval(facts)
    held_until = _held_until(facts)
    barriers = [*_of_request(facts), *([missing] if missing else [])]
    if held_until is not None:
        barriers.append(Barrier.HELD)
    return Gate(
        tuple(barrier for barrier in Barrier if barrier in barriers),
        approver=approval.author if approval is not None else None,
        revision=approval.revision if approval is not None else None,
        held_until=held_until,
    )


def _of_request(facts: GateFacts) -> Iterator[Barrier]:
    if not facts.is_open:
        yield Barrier.NOT_OPEN
    if facts.opened is None or facts.now - facts.opened < LEAST_AGE:
        yield Barrier.TOO_YOUNG
    if any(one.verdict is Verdict.NOT_MET for one in facts.nominator) and not _waived(facts):
        yield Barrier.NOMINATOR
    if not facts.notices:
        yield Barrier.NOTHING


def _waived(facts: GateFacts) -> bool:
    return any(
        one.word is Word.WAIVE and one.stands and _why_without_weight(one, facts) is None
        for one in facts.said
    )


def _approval(facts: GateFacts) -> tuple[Said | None, Barrier | None]:
    """Return the approval that counts, or what is wrong with the best one that there is."""
    approvals = [one for one in facts.said if one.word is Word.APPROVE and one.stands]
    reasons = [_why_without_weight(one, facts) for one in approvals]
    counts = [one for one, reason in zip(approvals, reasons, strict=True) if reason is None]
    if counts:
        return counts[-1], None
    known = [reason for reason in reasons if reason is not None]
    return None, max(known, key=[*Barrier].index, default=Barrier.NOT_APPROVED)


def judge_said(one: Said, facts: GateFacts) -> Ruling:
    """Tell whether what somebody has said counts."""
    until = one.time + HOLD if one.word is Word.HOLD else None
    return Ruling(one.word, _why_without_weight(one, facts), until)


def _why_without_weight(one: Said, facts: GateFacts) -> Barrier | None:
    """Tell why what somebody has said does not count; None where it does.

    The reasons are asked for in the order of :class:`Barrier`.
    """
    if one.word is Word.APPROVE and one.digest != facts.digest:
        return Barrier.OTHER_PLAN
    # A hidden name may be an IP address: to hide it must not give a word the weight that it never had.
    if one.author is None:
        return Barrier.NOBODYS
    standing = facts.standings.get(one.author, Standing())
    if one.word is Word.HOLD:
        return None if standing.registered else Barrier.NO_RIGHT
    entitled = standing.may_send if one.word is Word.APPROVE else standing.may_settle
    if not entitled(one.time):
        return Barrier.NO_RIGHT
    return Barrier.PARTICIPANT if one.author in facts.involved else None


def _held_until(facts: GateFacts) -> datetime | None:
    """Return until when it is held.

    To take the word out does not end it, else anybody could; to take out that it is settled brings it back.
    """
    until: datetime | None = None
    for one in facts.said:
        if _why_without_weight(one, facts) is not None:
            continue
        if one.word is Word.HOLD:
            until = one.time + HOLD
        elif one.word is Word.SETTLE and one.stands:
            until = None
    return until if until is not None and facts.now < until else None
