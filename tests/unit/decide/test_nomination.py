"""What is found on a nomination as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from globalban_bot.decide.nomination import blocks_of, clock_of, judge_nomination
from globalban_bot.errors import UserError
from globalban_bot.model.facts import AccountFacts, Moments, NominationFacts
from globalban_bot.model.nomination import Clock, Finding, Nomination, Reply, Term, Verdict
from globalban_bot.model.policy import Moment, Party, Policy, Rule, Shape, Unit
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.made_accounts import NOW, account, block, day, local, policy, rule, value, wiki_blocks

OPENED = day('2027-05-31')
MOMENTS = Moments(OPENED, None, NOW)
BLOCKED = rule(Shape.BLOCKED, value(1), of=Party.SUBJECT)
LEAST = rule(Shape.BLOCK_EDITS, value(10, '2027-05-31'), of=Party.SUBJECT)
WORDS = rule(Shape.WORDING, value('a sysop'), value('a steward', '2027-05-31'), of=Party.REQUEST)
QUESTION = rule(Shape.QUESTION, of=Party.SUBJECT)
OLD_QUESTION = rule(Shape.QUESTION, value(), value(None, '2026-01-01'), of=Party.SUBJECT, name='old')
MADE = policy(rule(Shape.ACCOUNT), BLOCKED, LEAST, WORDS, QUESTION, OLD_QUESTION)


def subject(edits: int = 100, *, blocked: bool = True) -> AccountFacts:
    standing = (block(),) if blocked else ()
    return AccountFacts(
        account(local('enwiki', edits, blocked=blocked)),
        blocks={'enwiki': wiki_blocks('enwiki', *standing, edits=edits)},
    )


def found_on(*subjects: AccountFacts, nominator: AccountFacts | None = None, **more: Any) -> Nomination:
    """Return what is found on a nomination of these subjects."""
    moments = more.get('moments', MOMENTS)
    return judge_nomination(
        more.get('policy', MADE), NominationFacts(nominator, subjects), moments, 'metawiki'
    )


def test_several_subjects() -> None:
    """It should judge each of several subjects by itself, in their order."""
    found = found_on(subject(), subject(blocked=False), AccountFacts(Unknown(Gap.NO_ANSWER)))
    verdicts = [one.blocks.finding.verdict for one in found.subjects]
    assert verdicts == [Verdict.MET, Verdict.FOR_PEOPLE, Verdict.UNDETERMINED]
    assert [one.reply for one in found.subjects] == [Reply.FREE, Reply.FREE, Unknown(Gap.NO_ANSWER)]


def test_no_rule_on_blocks() -> None:
    """It should name the policy that lacks the rule on blocks."""
    with pytest.raises(
        UserError, match=r"policy made-up: a rule of the shape 'blocked' on subjects is missing"
    ):
        found_on(subject(), policy=policy(rule(Shape.ACCOUNT)))


def test_rule_on_blocks_of_others() -> None:
    """It should not take a rule on others for the rule on the blocks of subjects."""
    with pytest.raises(UserError, match='blocked'):
        blocks_of(policy(rule(Shape.BLOCKED, value(1), of=Party.NOMINATOR)), subject(), MOMENTS)


def test_wordings_and_questions() -> None:
    """It should show wordings and questions that are in force, as they stood at the opening."""
    found = found_on(subject())
    assert found.wordings == (Finding(WORDS, Verdict.MET, WORDS.values[1]),)
    assert found.questions == (Finding(QUESTION, Verdict.FOR_PEOPLE, value()),)
    earlier = found_on(subject(), moments=Moments(day('2025-01-01'), None, NOW))
    assert [one.value and one.value.value for one in earlier.wordings] == ['a sysop']
    assert [one.rule.name for one in earlier.questions] == [QUESTION.name, 'old']
    before = found_on(subject(), moments=Moments(day('2019-01-01'), None, NOW))
    assert (before.wordings, before.questions) == ((), ())


@pytest.mark.parametrize(
    ('edits', 'opened', 'verdict'),
    [
        (10, '2027-05-31', Verdict.MET),
        (9, '2027-05-31', Verdict.FOR_PEOPLE),
        (0, '2027-05-30', Verdict.MET),
        (100, '2019-01-01', Verdict.NOT_YET),
    ],
)
def test_blocks_of(edits: int, opened: str, verdict: Verdict) -> None:
    """It should ask for edits where a block is only from the moment on at which the policy does."""
    found = blocks_of(MADE, subject(edits), Moments(day(opened), None, NOW))
    assert found.finding.verdict is verdict


@pytest.mark.parametrize(
    ('created', 'verdict', 'gap'),
    [('2027-05-31', Verdict.MET, None), ('2027-05-30', Verdict.UNDETERMINED, Gap.NO_MOMENT)],
)
def test_blocks_at_an_opening_that_is_not_known(created: str, verdict: Verdict, gap: Gap | None) -> None:
    """It should not tell whether blocks suffice where edits are asked for only since the page was made."""
    finding = blocks_of(MADE, subject(), Moments(None, None, NOW, day(created))).finding
    assert (finding.verdict, finding.gap) == (verdict, gap)


@pytest.mark.parametrize(
    ('nominator', 'edits'),
    [
        (AccountFacts(account(local('enwiki', 7))), 7),
        (AccountFacts(Unknown(Gap.NOT_SHOWN)), None),
        (None, None),
    ],
)
def test_edits_now(nominator: AccountFacts | None, edits: int | None) -> None:
    """It should give the nominator's edits of now, where there are any to be given."""
    assert found_on(subject(), nominator=nominator).edits_now == edits


@pytest.mark.parametrize(
    ('closed', 'moment'), [(None, NOW), (day('2027-05-31T12:00'), day('2027-05-31T12:00'))]
)
def test_moment(closed: Any, moment: Any) -> None:
    """It should say for which moment it was found: the closing, while open the run."""
    assert found_on(subject(), moments=Moments(OPENED, closed, NOW)).moment == moment


@pytest.mark.parametrize('opened', [OPENED, None])
def test_opened(opened: Any) -> None:
    """It should say when the request was opened, where that is known."""
    assert found_on(subject(), moments=Moments(opened, None, NOW)).opened == opened


@pytest.mark.parametrize('more', [0, 3])
def test_further_accounts(more: int) -> None:
    """It should say how many further accounts were not looked up."""
    facts = NominationFacts(None, (subject(),), more)
    assert judge_nomination(MADE, facts, MOMENTS, 'metawiki').more == more


SHORTEST = rule(Shape.SHORTEST, value(2), of=Party.REQUEST)
LONGEST = rule(Shape.LONGEST, value(1, '2026-01-01'), of=Party.REQUEST, unit=Unit.MONTHS)


def term(of: Rule, end: str) -> Term:
    """Return the length of time that the only value of a rule names, with its end."""
    return Term(Finding(of, Verdict.FOR_PEOPLE, of.values[0]), day(end))


MONTH = term(LONGEST, '2027-06-30')


@pytest.mark.parametrize(
    ('made', 'opened', 'clock'),
    [
        (policy(SHORTEST, LONGEST), '2027-05-31', Clock(term(SHORTEST, '2027-06-14'), MONTH)),
        (policy(LONGEST), '2027-05-31', Clock(None, MONTH)),
        (policy(SHORTEST, LONGEST), '2025-12-31', Clock(term(SHORTEST, '2026-01-14'), None)),
        (policy(SHORTEST, LONGEST), None, Clock()),
        (policy(), '2027-05-31', Clock()),
    ],
)
def test_clock(made: Policy, opened: str | None, clock: Clock) -> None:
    """It should tell when the times end that were in force at the opening, where that is known."""
    assert clock_of(made, Moments(None if opened is None else day(opened), None, NOW)) == clock


def test_nominator_in_the_order_of_the_policy() -> None:
    """It should judge the nominator by each rule on nominators, in the order of the policy."""
    registered = rule(Shape.REGISTERED, value(6), before=Moment.OPENING)
    rules = policy(registered, BLOCKED, rule(Shape.ACCOUNT))
    nominator = AccountFacts(account(local(), registered=day('2027-05-01')))
    found = found_on(subject(), nominator=nominator, policy=rules).nominator
    assert [(one.rule.shape, one.verdict) for one in found] == [
        (Shape.REGISTERED, Verdict.NOT_MET),
        (Shape.ACCOUNT, Verdict.MET),
    ]
