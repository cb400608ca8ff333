"""Figures over closed requests, made of small cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from globalban_bot.decide.whatif import Case, Variant, periods_of, study_of
from globalban_bot.model.account import Account, Bounds, LocalAccount, LockEvent
from globalban_bot.model.block import Action, Block, BlockEvent, WikiBlocks
from globalban_bot.model.facts import AccountFacts, NominationFacts
from globalban_bot.model.state import Status
from globalban_bot.model.study import Figure, Later, Period, Study, Topic
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.policy.versions import versions
from tests.unit.policy.policy_of_2026 import GLOBAL_BANS_OF_2026, OVERLAYS_OF_2026

POLICY = GLOBAL_BANS_OF_2026
IN_FORCE = Variant('', '', POLICY)
PROPOSALS = {one.name: Variant(one.title, one.source, one.policy) for one in OVERLAYS_OF_2026}
OPENED = datetime(2027, 5, 1, 12, tzinfo=UTC)
CLOSED = OPENED + timedelta(days=20)
NOW = OPENED + timedelta(days=900)
EVER = (Period(None, None),)


def days(number: float) -> datetime:
    """Return a moment so many days after the closing."""
    return CLOSED + timedelta(days=number)


def blocked(wiki: str, *since: datetime, edits: int = 50, lifted: datetime | None = None) -> WikiBlocks:
    """Return indefinite blocks of an account on a wiki, the last one standing unless it was lifted."""
    made = [Block(time, None, partial=False, talk_open=True) for time in since]
    log = [BlockEvent(number, one.since, Action.BLOCK, one) for number, one in enumerate(made)]
    if lifted is not None:
        log.append(BlockEvent(99, lifted, Action.UNBLOCK))
    standing = tuple(made[-1:]) if lifted is None else ()
    return WikiBlocks(wiki, f'https://{wiki}.example', edits, standing, tuple(log), NOW)


def person(*blocks: WikiBlocks | str, edits: int = 5000, **more: Any) -> AccountFacts:
    """Return facts about an account; a name of a wiki stands for blocks that are not known."""
    plain = Account('x', datetime(2015, 1, 1, tzinfo=UTC), edits, (), False, False, NOW)
    wikis = {one if isinstance(one, str) else one.wiki: one for one in blocks}
    found = {wiki: Unknown(Gap.NO_ANSWER) if isinstance(one, str) else one for wiki, one in wikis.items()}
    locals_ = tuple(LocalAccount(wiki, f'https://{wiki}.example', 50, None, blocked=True) for wiki in wikis)
    account = replace(plain, locals=locals_, **more)
    return AccountFacts(account, edits={'nominator-edits': Bounds(edits, edits)}, blocks=found)


TWO = (blocked('enwiki', days(-90)), blocked('dewiki', days(-70)))
NOT_SHOWN = AccountFacts(Unknown(Gap.NOT_SHOWN))


def case(
    nominator: AccountFacts | str | None = 'good', subject: AccountFacts | None = None, **more: Any
) -> Case:
    """Return a request that failed and met all requirements, but for what is given."""
    who = person() if isinstance(nominator, str) else nominator
    facts = NominationFacts(who, (subject or person(*TWO),))
    return replace(Case(Status.UNSUCCESSFUL, OPENED, CLOSED, facts), **more)


def study(cases: Iterable[Case], *variants: Variant, periods: tuple[Period, ...] = EVER) -> Study:
    return study_of([*cases], periods, variants or (IN_FORCE,), NOW, 0)


def figures(topic: Topic, cases: Iterable[Case], *variants: Variant) -> list[Figure]:
    return [one for one in study(cases, *variants).figures if one.topic is topic]


def key(topic: Topic, one: Case, *variants: Variant) -> str:
    """Return the key that a request gets: three of its kind are a cell."""
    (cell,) = figures(topic, [one] * 3, *variants)[-1].cells
    assert cell.count == 3
    return cell.key


@pytest.mark.parametrize('status', Status)
def test_outcomes(status: Status) -> None:
    """It should tell how requests were closed, by the status word."""
    assert key(Topic.OUTCOMES, case(status=status)) == status.value


@pytest.mark.parametrize('status', Status)
def test_failed(status: Status) -> None:
    """It should count as failed what was closed without a ban, and nothing whose word does not say so."""
    failed = {Status.UNSUCCESSFUL, Status.INVALID, Status.INACTIVE, Status.WITHDRAWN}
    (figure,) = figures(Topic.MISSING, [case(status=status)] * 3)
    assert figure.of == (3 if status in failed else 0)


YOUNG = datetime(2027, 3, 1, tzinfo=UTC)
#: Requests, and the requirement that they did not meet.
MISSING: dict[str, tuple[Case, str]] = {
    'all met': (case(), 'none'),
    'an IP address, and one block': (case(None, person(TWO[0])), 'nominator-account'),
    'few edits': (case(person(edits=499)), 'nominator-edits'),
    'just enough edits': (case(person(edits=500)), 'none'),
    'registered two months before': (case(person(registered=YOUNG)), 'nominator-registered'),
    'both': (case(person(edits=3, registered=YOUNG)), 'several'),
    'one block': (case(subject=person(TWO[0])), 'blocked-projects'),
    'few edits, one block': (case(person(edits=3), person(TWO[0])), 'several'),
    'a second block after the closing': (
        case(subject=person(TWO[0], blocked('dewiki', days(1)))),
        'blocked-projects',
    ),
    'lifted since': (case(subject=person(TWO[0], blocked('dewiki', days(-9), lifted=days(9)))), 'none'),
    'lifted before': (
        case(subject=person(TWO[0], blocked('dewiki', days(-9), lifted=days(-5)))),
        'blocked-projects',
    ),
    'a block without edits': (
        case(subject=person(TWO[0], blocked('dewiki', days(-9), edits=0))),
        'blocked-projects',
    ),
    'no answer of a wiki': (case(subject=person(TWO[0], 'dewiki')), 'undetermined'),
    'no answer of a third wiki': (case(subject=person(*TWO, 'frwiki')), 'none'),
    'nominator not shown': (case(NOT_SHOWN), 'undetermined'),
    'nominator not shown, one block': (case(NOT_SHOWN, person(TWO[0])), 'blocked-projects'),
    'subject not shown': (case(subject=NOT_SHOWN), 'undetermined'),
    'before there were rules on nominators': (
        case(person(edits=3), opened=OPENED.replace(year=2017)),
        'none',
    ),
}


@pytest.mark.parametrize(('one', 'missing'), MISSING.values(), ids=MISSING)
def test_missing(one: Case, missing: str) -> None:
    """It should name the one requirement that was not met; what is not known is neither met nor missing."""
    assert key(Topic.MISSING, one) == missing


ONE_BLOCK, VENUES = PROPOSALS['one-block'], PROPOSALS['venues']
#: Requests, other rules, and whether they would have met them.
PASSED: dict[str, tuple[Case, Variant, str]] = {
    'all met': (case(), IN_FORCE, 'met'),
    'one block': (case(subject=person(TWO[0])), IN_FORCE, 'not-met'),
    'one block where one is enough': (case(subject=person(TWO[0])), ONE_BLOCK, 'met'),
    'no block where one is enough': (case(subject=person()), ONE_BLOCK, 'not-met'),
    'few edits where one block is enough': (case(person(edits=3)), ONE_BLOCK, 'not-met'),
    'one block where other places count': (case(subject=person(TWO[0])), VENUES, 'people'),
    'few edits where other places count': (case(person(edits=3), person(TWO[0])), VENUES, 'not-met'),
    'an answer is missing': (case(subject=person(TWO[0], 'dewiki')), IN_FORCE, 'undetermined'),
    'an answer is missing that one block needs not': (
        case(subject=person(TWO[0], 'dewiki')),
        ONE_BLOCK,
        'met',
    ),
}


@pytest.mark.parametrize(('one', 'variant', 'passed'), PASSED.values(), ids=PASSED)
def test_passed(one: Case, variant: Variant, passed: str) -> None:
    """It should put requests to other rules; what lies outside the wikis is for people."""
    assert key(Topic.PASSED, one, IN_FORCE, variant) == passed


def test_rules_are_named() -> None:
    """It should make a figure for each set of rules, with its title and its source."""
    found = figures(Topic.PASSED, [case()] * 3, IN_FORCE, *PROPOSALS.values())
    assert [(one.variant, one.source) for one in found] == [
        ('', ''),
        *((one.title, one.source) for one in PROPOSALS.values()),
    ]


def second(*since: float, **more: Any) -> Case:
    """Return a request on an account with blocks on so many wikis, so many days before the closing."""
    wikis = ('enwiki', 'dewiki', 'frwiki', 'itwiki')
    found = (blocked(wiki, days(-before)) for wiki, before in zip(wikis, since, strict=False))
    return case(subject=person(*found), **more)


#: Requests, and the time from the first block to the second.
SECOND: dict[str, tuple[Case, str]] = {
    'no block': (second(), 'no-block'),
    'one block': (second(5), 'one-block'),
    'an hour': (second(5, 5 - 1 / 24), 'hours'),
    'a day': (second(5, 4), 'day'),
    'more than a day': (second(5, 3.9), 'week'),
    'a week': (second(8, 1), 'week'),
    'thirty days': (second(31, 1), 'month'),
    'a year': (second(366, 1), 'year'),
    'more': (second(367, 1), 'longer'),
    'the first two of three, whatever the wikis': (second(1, 300, 302), 'week'),
    'a second one after the closing': (second(5, -3), 'one-block'),
    'no answer': (case(subject=person(*TWO, 'frwiki')), 'undetermined'),
    'not shown': (case(subject=NOT_SHOWN), 'undetermined'),
    'of a request that ended with a ban': (second(5, 4, status=Status.SUCCESSFUL), 'day'),
    'lifted and made again': (
        case(
            subject=person(
                TWO[0],
                WikiBlocks(
                    'dewiki',
                    'https://dewiki.example',
                    50,
                    (Block(days(-10), None, partial=False, talk_open=True),),
                    (
                        BlockEvent(1, days(-300), Action.BLOCK, Block(days(-300), None, False, True)),
                        BlockEvent(2, days(-200), Action.UNBLOCK),
                        BlockEvent(3, days(-10), Action.BLOCK, Block(days(-10), None, False, True)),
                    ),
                    NOW,
                ),
            )
        ),
        'year',
    ),
}


@pytest.mark.parametrize(('one', 'span'), SECOND.values(), ids=SECOND)
def test_second_block(one: Case, span: str) -> None:
    """It should tell the time between the first two of the blocks that stood at the closing."""
    assert key(Topic.SECOND_BLOCK, one) == span


def test_open_invalid() -> None:
    """It should tell for how long invalid requests were open, each and all together."""
    quick, slow = (timedelta(minutes=40), timedelta(days=3))
    cases = [case(status=Status.INVALID, closed=OPENED + length) for length in (quick, slow) for _ in 'abc']
    (figure,) = figures(Topic.OPEN_INVALID, [*cases, case()])
    assert (figure.of, figure.hours) == (6, 3 * 72 + 2)
    assert [(cell.key, cell.count) for cell in figure.cells] == [('hours', 3), ('week', 3)]


def test_hours_of_two() -> None:
    """It should not tell the hours of one or two requests."""
    (figure,) = figures(Topic.OPEN_INVALID, [case(status=Status.INVALID)] * 2)
    assert figure.withheld
    assert (figure.cells, figure.hours) == ((), None)


BAN = Later('foundation', days(400))
LOCK, UNLOCK = LockEvent(days(20), locked=True), LockEvent(days(30), locked=False)
#: Requests, what followed them, and how long after.
FOLLOWED: dict[str, tuple[Case, str, str | None]] = {
    'nothing': (case(), 'nothing', None),
    'a ban': (case(later=(BAN,)), 'other-body', 'longer'),
    'a lock': (case(locks=(LOCK, UNLOCK)), 'lock', 'month'),
    'a lock, then a ban': (case(later=(BAN,), locks=(LOCK,)), 'other-body', 'month'),
    'a ban before the closing': (case(later=(Later('u4c', days(-1)),)), 'nothing', None),
    'a lock that had been lifted before': (
        case(locks=(LockEvent(days(-9), locked=True), LockEvent(days(-8), locked=False))),
        'nothing',
        None,
    ),
    'an unlock only': (case(locks=(UNLOCK,)), 'nothing', None),
    'no answer': (case(locks=Unknown(Gap.NO_ANSWER)), 'undetermined', None),
    'no answer, and a ban': (case(locks=Unknown(Gap.NO_ANSWER), later=(BAN,)), 'other-body', 'longer'),
}


@pytest.mark.parametrize(('one', 'followed', 'after'), FOLLOWED.values(), ids=FOLLOWED)
def test_followed(one: Case, followed: str, after: str | None) -> None:
    """It should tell what followed, a ban before a lock, and how long after whichever came first."""
    assert key(Topic.FOLLOWED, one) == followed
    (figure,) = figures(Topic.FOLLOWED_AFTER, [one] * 3)
    assert [cell.key for cell in figure.cells] == ([after] if after else [])


@pytest.mark.parametrize(
    ('bans', 'locks', 'nothing', 'of'),
    [
        (4, 4, 4, 8),
        (4, 1, 9, 5),
        (9, 1, 4, 0),
        (1, 9, 4, 0),
        (2, 2, 9, 4),
        (2, 4, 0, 6),
        (1, 1, 9, 0),
        (3, 0, 9, 3),
    ],
)
def test_followed_tells_nothing_of_merged_cells(bans: int, locks: int, nothing: int, of: int) -> None:
    """It should not tell by the number of all that something followed what was merged before."""
    cases = [case(later=(BAN,))] * bans + [case(locks=(LOCK,))] * locks + [case()] * nothing
    (figure,) = figures(Topic.FOLLOWED_AFTER, cases)
    assert figure.of == of


def test_periods() -> None:
    """It should divide time by the versions of the policy, without a gap; the first holds all before."""
    before, since = periods_of(versions(POLICY))
    assert (before.start, since.end) == (None, None)
    assert before.end == since.start == datetime(2018, 1, 10, 15, 24, tzinfo=UTC)
    assert before.end is not None
    for moment in (before.end, before.end - timedelta(seconds=1)):
        assert [one.holds(moment) for one in (before, since)] == [moment < before.end, moment >= before.end]


def test_before_and_after_stand_apart() -> None:
    """It should put a request into the period of its opening, whenever it was closed."""
    amended = datetime(2018, 1, 10, 15, 24, tzinfo=UTC)
    old = case(opened=amended - timedelta(hours=1), closed=amended + timedelta(days=9))
    new = case(opened=amended, closed=amended + timedelta(days=9))
    made = study([old] * 4 + [new] * 5, periods=periods_of(versions(POLICY)))
    outcomes = [one for one in made.figures if one.topic is Topic.OUTCOMES]
    assert [one.of for one in outcomes] == [4, 5]
    assert made.requests == 9
    topics = [one.topic for one in made.figures]
    assert topics == [*Topic] * 2


def test_nothing() -> None:
    """It should make figures of no requests at all, which tell nothing."""
    made = study([])
    assert all(one.withheld and not one.cells for one in made.figures)
