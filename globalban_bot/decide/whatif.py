"""What closed requests tell: which requirement stopped them, and what other rules would have changed.

No outcome is judged. That a request met all that a bot can check does not mean that it was right, or that it
would have succeeded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from globalban_bot.decide.blocklog import first_indefinite, standing_at
from globalban_bot.decide.eligibility import judge
from globalban_bot.decide.nomination import blocks_of
from globalban_bot.decide.small_cells import cells_of
from globalban_bot.model.account import LockEvent
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.facts import Moments, NominationFacts
from globalban_bot.model.nomination import Finding, Verdict
from globalban_bot.model.policy import Party, Policy, Shape
from globalban_bot.model.state import Status
from globalban_bot.model.study import Figure, Later, Period, Study, Topic
from globalban_bot.model.unknown import Unknown

UNDETERMINED = 'undetermined'
_FAILED = frozenset(status for status in Status if status.without_ban)
_DAY = timedelta(days=1)
#: Spans that times are sorted into: the key, and what is longer than the span before and no longer than this.
_SPANS: Mapping[str, timedelta] = {
    'hours': timedelta(minutes=90),
    'day': _DAY,
    'week': 7 * _DAY,
    'month': 30 * _DAY,
    'year': 365 * _DAY,
}
_LONGER = 'longer'
_SPAN_KEYS = (*_SPANS, _LONGER)


@dataclass(frozen=True)
class Case:
    """A closed request, as far as the figures need it. It holds no name but in the facts.

    :param status: how it was closed
    :param opened: time of opening (UTC)
    :param closed: time of closing (UTC)
    :param facts: what was learnt about nominator and subject, for all versions of the rules
    :param locks: when the first subject was locked
    :param later: bans by other bodies
    """

    status: Status
    opened: datetime
    closed: datetime
    facts: NominationFacts
    locks: tuple[LockEvent, ...] | Unknown = ()
    later: tuple[Later, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether it was closed without a ban."""
        return self.status in _FAILED

    @property
    def moments(self) -> Moments:
        """The moments that rules refer to."""
        return Moments(self.opened, self.closed, self.closed)


@dataclass(frozen=True)
class Variant:
    """Rules that requests are put to.

    :param title: what people call them; empty for those in force at the opening
    :param source: who proposed them, where and when
    :param policy: the rules
    """

    title: str
    source: str
    policy: Policy

    @property
    def elsewhere(self) -> bool:
        """Whether what is outside the wikis counts, too."""
        return any(rule.elsewhere for rule in self.policy.rules.values())


def study_of(
    cases: Sequence[Case],
    periods: Sequence[Period],
    variants: Sequence[Variant],
    as_of: datetime,
    left_out: int,
) -> Study:
    """Make all figures, period by period.

    :param variants: rules that requests are put to, those in force first
    :param left_out: how many requests could not be read
    """
    figures: list[Figure] = []
    for period in periods:
        inside = [case for case in cases if period.holds(case.opened)]
        figures += _figures(inside, period, variants)
    return Study(tuple(figures), len(cases), left_out, as_of)


def periods_of(versions: Sequence[datetime]) -> tuple[Period, ...]:
    """Return the spans between the versions of a policy; the first holds all before the second version."""
    starts = (None, *versions[1:])
    return tuple(Period(start, end) for start, end in pairwise((*starts, None)))


def _figures(cases: list[Case], period: Period, variants: Sequence[Variant]) -> Iterator[Figure]:
    failed = [case for case in cases if case.failed]
    invalid = [case for case in cases if case.status is Status.INVALID]
    yield _figure(
        Topic.OUTCOMES, period, cases, lambda case: case.status.value, [one.value for one in Status]
    )
    policy = variants[0].policy
    yield _figure(Topic.MISSING, period, failed, lambda case: _missing(case, policy), _missing_keys(policy))
    for variant in variants:
        yield _passed(failed, period, variant)
    yield _figure(Topic.SECOND_BLOCK, period, cases, _second_block, _SECOND_BLOCK_KEYS)
    yield _open_invalid(invalid, period)
    followed = _figure(Topic.FOLLOWED, period, failed, _followed, _FOLLOWED_KEYS)
    yield followed
    timed = [case for case in failed if _followed_at(case) is not None] if _tells_how_many(followed) else []
    yield _figure(Topic.FOLLOWED_AFTER, period, timed, _followed_after, _SPAN_KEYS)


def _figure(
    topic: Topic,
    period: Period,
    cases: Sequence[Case],
    key_of: Callable[[Case], str],
    order: Sequence[str],
) -> Figure:
    found = cells_of(map(key_of, cases), order)
    return Figure(topic, period, len(cases), found.cells, found.merged, found.mostly)


# --- requirements ------------------------------------------------------------------------------------


def _findings(case: Case, policy: Policy) -> list[Finding]:
    """Return how all rules stand that a bot can check, on the nominator and on the first subject."""
    findings = [_counted(one) for one in judge(policy, Party.NOMINATOR, case.facts.nominator, case.moments)]
    if case.facts.subjects:
        findings.append(blocks_of(policy, case.facts.subjects[0], case.moments).finding)
    return findings


def _counted(finding: Finding) -> Finding:
    """Return a finding on a nominator as figures take it: no figure tells what is for people."""
    is_for_people = finding.verdict is Verdict.FOR_PEOPLE
    return replace(finding, verdict=Verdict.UNDETERMINED) if is_for_people else finding


def _missing(case: Case, policy: Policy) -> str:
    """Return the rule that a request did not meet; who has no account meets none on accounts."""
    findings = _findings(case, policy)
    missing = [one for one in findings if one.verdict in {Verdict.NOT_MET, Verdict.FOR_PEOPLE}]
    account = next((one for one in missing if one.rule.shape is Shape.ACCOUNT), None)
    if account is not None:
        return account.rule.name
    if missing:
        return missing[0].rule.name if len(missing) == 1 else 'several'
    return UNDETERMINED if any(one.verdict is Verdict.UNDETERMINED for one in findings) else 'none'


def _missing_keys(policy: Policy) -> list[str]:
    return [*policy.rules, 'several', 'none', UNDETERMINED]


def _passed(cases: Sequence[Case], period: Period, variant: Variant) -> Figure:
    keys = ['met', 'not-met', 'people', UNDETERMINED]
    figure = _figure(Topic.PASSED, period, cases, lambda case: _passes(case, variant), keys)
    return replace(figure, variant=variant.title, source=variant.source)


def _passes(case: Case, variant: Variant) -> str:
    verdicts = {one.verdict for one in _findings(case, variant.policy)}
    if Verdict.NOT_MET in verdicts:
        return 'not-met'
    if Verdict.FOR_PEOPLE in verdicts:
        # Fewer blocks than asked for; where other places count, only people can look there.
        return 'people' if variant.elsewhere else 'not-met'
    return UNDETERMINED if Verdict.UNDETERMINED in verdicts else 'met'


# --- times -------------------------------------------------------------------------------------------

_SECOND_BLOCK_KEYS = ('no-block', 'one-block', *_SPAN_KEYS, UNDETERMINED)


def _second_block(case: Case) -> str:
    """Return how long it took from the first to the second wiki with an indefinite block, at the closing."""
    subject = next(iter(case.facts.subjects), None)
    if subject is None or isinstance(subject.account, Unknown):
        return UNDETERMINED
    found = [*subject.blocks.values()]
    known = [one for one in found if isinstance(one, WikiBlocks)]
    if len(known) < len(found) or any(isinstance(standing_at(one, case.closed), Unknown) for one in known):
        return UNDETERMINED
    times = sorted(time for one in known if (time := first_indefinite(one, case.closed)) is not None)
    if len(times) < 2:
        return 'one-block' if times else 'no-block'
    return _span(times[1] - times[0])


def _span(length: timedelta) -> str:
    return next((key for key, longest in _SPANS.items() if length <= longest), _LONGER)


def _open_invalid(cases: Sequence[Case], period: Period) -> Figure:
    figure = _figure(
        Topic.OPEN_INVALID, period, cases, lambda case: _span(case.closed - case.opened), _SPAN_KEYS
    )
    together = sum(((case.closed - case.opened) for case in cases), timedelta())
    hours = None if figure.withheld else round(together / timedelta(hours=1))
    return replace(figure, hours=hours)


# --- what followed -----------------------------------------------------------------------------------

_SOMETHING = frozenset({'other-body', 'lock'})
_FOLLOWED_KEYS = ('other-body', 'lock', 'nothing', UNDETERMINED)


def _followed(case: Case) -> str:
    """Return what followed the closing; a ban by another body goes before a lock, which carries it out."""
    if _after(case.closed, (one.on for one in case.later)):
        return 'other-body'
    if isinstance(case.locks, Unknown):
        return UNDETERMINED
    return 'lock' if _locks_after(case) else 'nothing'


def _tells_how_many(figure: Figure) -> bool:
    """Tell whether the cells say how many something followed; else that number would tell what was merged."""
    mixed = {*figure.merged, figure.mostly} - {None}
    return mixed <= _SOMETHING or not mixed & _SOMETHING


def _followed_at(case: Case) -> datetime | None:
    times = [*_after(case.closed, (one.on for one in case.later)), *_locks_after(case)]
    return min(times, default=None)


def _followed_after(case: Case) -> str:
    at = _followed_at(case)
    return _span(at - case.closed) if at is not None else UNDETERMINED


def _locks_after(case: Case) -> list[datetime]:
    locks = () if isinstance(case.locks, Unknown) else case.locks
    return _after(case.closed, (one.time for one in locks if one.locked))


def _after(moment: datetime, times: Iterable[datetime]) -> list[datetime]:
    return [time for time in times if time > moment]
