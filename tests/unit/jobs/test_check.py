"""Check before a request is filed."""

from __future__ import annotations

from globalban_bot.jobs.check import check
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.model.account import Bounds, EditsAsked
from globalban_bot.model.nomination import Verdict
from globalban_bot.model.policy import Shape
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.policy.loader import load_policy
from tests.unit.made_accounts import NOW, AskedAccounts, account, day, local

ADA = account(local('metawiki'), name='Ada')
BEL = account(local('enwiki', blocked=True), local('dewiki'), local('frwiki', 0))


def nominations(accounts: AskedAccounts) -> Nominations:
    return Nominations(accounts, load_policy('global-bans'), 'metawiki')


def test_found() -> None:
    """It should tell how a request would stand if it were filed now."""
    found = check(nominations(AskedAccounts(ADA, BEL, edits=Bounds(3, 3))), 'Ada', 'Bel', NOW)
    assert found.subject == BEL
    assert found.policy == 'Global bans'
    assert found.as_of == found.nomination.moment == NOW
    clock = found.nomination.clock
    ends = [term.end for term in (clock.shortest, clock.longest) if term is not None]
    assert ends == [day('2027-06-15'), day('2027-07-01')]
    verdicts = {one.rule.shape: one.verdict for one in found.nomination.nominator}
    assert (verdicts[Shape.REGISTERED], verdicts[Shape.EDITS]) == (Verdict.MET, Verdict.NOT_MET)
    assert [one.wiki for one in found.nomination.subjects[0].blocks.counted] == ['enwiki']
    assert found.nomination.questions


def test_asks_no_more_than_needed() -> None:
    """It should ask for both accounts, the nominator's edits up to now, and the flagged wikis."""
    accounts = AskedAccounts(ADA, BEL)
    check(nominations(accounts), 'Ada', 'Bel', NOW)
    assert accounts.asked == [
        ('account', 'Ada'),
        ('edits', 'Ada', EditsAsked(500, NOW)),
        ('account', 'Bel'),
        ('blocks', 'Bel', 'enwiki'),
    ]


def test_not_shown() -> None:
    """It should find nothing not met by accounts that are not shown."""
    found = check(nominations(AskedAccounts()), 'Ada', 'Bel', NOW)
    assert found.subject == Unknown(Gap.NOT_SHOWN)
    findings = [*found.nomination.nominator, found.nomination.subjects[0].blocks.finding]
    assert {(one.verdict, one.gap) for one in findings} == {(Verdict.UNDETERMINED, Gap.NOT_SHOWN)}


def test_no_edits() -> None:
    """It should tell somebody who has no edit yet so, and not that the account is being renamed."""
    accounts = AskedAccounts(account(name='Ada'), BEL, edits=Bounds(0, 0))
    found = check(nominations(accounts), 'Ada', 'Bel', NOW)
    edits = next(one for one in found.nomination.nominator if one.rule.shape is Shape.EDITS)
    assert (edits.verdict, edits.found) == (Verdict.NOT_MET, 0)
