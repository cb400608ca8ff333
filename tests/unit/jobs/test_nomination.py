"""What is asked about the accounts of a request: no more than is needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from globalban_bot.errors import Stopped, UserError
from globalban_bot.gather.recorded import RecordedAccounts, Recorder
from globalban_bot.jobs.nomination import MOST_SUBJECTS, Nominations, moments_of
from globalban_bot.model.account import Bounds, EditsAsked
from globalban_bot.model.facts import AccountFacts, Moments
from globalban_bot.model.nomination import Reply, Verdict
from globalban_bot.model.policy import Policy, Shape
from globalban_bot.model.state import Phase, RequestState
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.decide.made import at, closed_at, request
from tests.unit.made_accounts import NOW, AskedAccounts, account, day, local, policy, rule
from tests.unit.policy.policy_of_2026 import GLOBAL_BANS_OF_2026

ADA = account(local('metawiki'), local('enwiki', blocked=True), name='Ada')
#: Flagged on two wikis, on one of which without edits; edits on two wikis more.
BEL = account(
    local('enwiki', blocked=True),
    local('dewiki'),
    local('metawiki', 3),
    local('frwiki', 0, blocked=True),
    local('eswiki', 0),
)
META = GLOBAL_BANS_OF_2026
EDITS = EditsAsked(500, at(1))
FLAGGED = [('account', 'Bel'), ('blocks', 'Bel', 'enwiki'), ('blocks', 'Bel', 'frwiki')]
OF_BEL = [*FLAGGED, ('blocks', 'Bel', 'dewiki'), ('blocks', 'Bel', 'metawiki')]


def asked_for(made: Policy = META, accounts: AskedAccounts | None = None, **more: Any) -> list[Any]:
    """Return what is asked for a request."""
    asked = accounts or AskedAccounts(ADA, BEL)
    Nominations(asked, made, 'metawiki').of(request(**more), NOW)
    return asked.asked


def test_open_request() -> None:
    """It should ask for the nominator's edits, for the flagged wikis, and then for all with edits."""
    assert asked_for() == [('account', 'Ada'), ('edits', 'Ada', EDITS), *OF_BEL]


def test_closed_request() -> None:
    """It should ask each wiki with edits, too, where the request is closed: a lifted block has no flag."""
    assert asked_for(state=closed_at(at(20))) == [
        ('account', 'Ada'),
        ('edits', 'Ada', EDITS),
        *OF_BEL,
    ]


def test_several_subjects() -> None:
    """It should ask for each subject, in the order in which the page names them."""
    cid = account(local('metawiki', blocked=True), name='Cid')
    asked = asked_for(accounts=AskedAccounts(ADA, BEL, cid), subjects=('Cid', 'Bel'))
    assert asked[2:] == [('account', 'Cid'), ('blocks', 'Cid', 'metawiki'), *OF_BEL]


def test_rules_not_in_force() -> None:
    """It should not ask for edits where no rule on them was in force when the request was opened."""
    assert asked_for(opened=day('2015-01-01')) == [('account', 'Ada'), *OF_BEL]


def test_opening_not_known() -> None:
    """It should not ask for edits before a moment that nobody knows."""
    assert asked_for(opened=None) == [('account', 'Ada'), *FLAGGED]


@pytest.mark.parametrize('more', [{'nominator': None, 'unregistered': True}, {'nominator': None}])
def test_nobody_to_ask_for(more: dict[str, Any]) -> None:
    """It should ask for no nominator who has no account, or whom the page does not tell."""
    assert asked_for(**more) == OF_BEL


def test_no_request_on_accounts() -> None:
    """It should ask nothing, and find nothing, for a page that is about no account."""
    accounts = AskedAccounts(ADA)
    assert Nominations(accounts, META, 'metawiki').of(request(subjects=()), NOW) is None
    assert accounts.asked == []


def test_accounts_that_are_not_shown() -> None:
    """It should ask no further for an account that is not shown."""
    assert asked_for(accounts=AskedAccounts()) == [('account', 'Ada'), ('account', 'Bel')]


def test_name_that_was_registered_after_the_opening() -> None:
    """It should know nothing of accounts that took the names after the opening: they were renamed since."""
    opened = day('2027-02-01')
    later = [replace(one, registered=day('2027-02-02')) for one in (ADA, BEL)]
    accounts = AskedAccounts(*later)
    assert asked_for(accounts=accounts, opened=opened) == [('account', 'Ada'), ('account', 'Bel')]
    facts = Nominations(accounts, META, 'metawiki').facts(request(opened=opened), NOW)
    assert facts.nominator == AccountFacts(Unknown(Gap.NOT_SHOWN))
    assert [one.account for one in facts.subjects] == [Unknown(Gap.NOT_SHOWN)]


def test_what_is_found() -> None:
    """It should judge what it learnt."""
    accounts = AskedAccounts(ADA, BEL, edits=Bounds(312, 312))
    found = Nominations(accounts, META, 'metawiki').of(request(), NOW)
    assert found is not None
    verdicts = {one.rule.shape: one.verdict for one in found.nominator}
    assert verdicts == {
        Shape.ACCOUNT: Verdict.MET,
        Shape.REGISTERED: Verdict.MET,
        Shape.EDITS: Verdict.NOT_MET,
    }
    (subject,) = found.subjects
    assert [one.wiki for one in subject.blocks.counted] == ['enwiki']
    assert [one.wiki for one in subject.blocks.without_edits] == ['frwiki']
    assert subject.reply is Reply.FREE
    assert found.edits_now == ADA.edits


@pytest.mark.parametrize(
    ('more', 'facts'),
    [
        ({'nominator': None, 'unregistered': True}, None),
        ({'nominator': None}, AccountFacts(Unknown(Gap.NOT_NAMED))),
        ({'nominator': 'Dov'}, AccountFacts(Unknown(Gap.NO_ANSWER))),
    ],
)
def test_nominator_who_is_not_known(more: dict[str, Any], facts: AccountFacts | None) -> None:
    """It should tell a person without an account from one who is not named, and from no answer."""
    accounts = AskedAccounts(BEL, gaps={'Dov': Gap.NO_ANSWER})
    found = Nominations(accounts, META, 'metawiki').facts(request(**more), NOW)
    assert found.nominator == facts


def test_no_rule_on_blocks() -> None:
    """It should not go on under a policy that does not tell how many blocks it asks for."""
    with pytest.raises(UserError, match='made-up'):
        asked_for(policy(rule(Shape.ACCOUNT)))


def test_moments() -> None:
    """It should take the moments from the request; a closing that waits is none yet."""
    assert moments_of(request(state=closed_at(at(8))), NOW) == Moments(at(1), at(8), NOW)
    assert moments_of(request(state=RequestState(Phase.CLOSING_STATED, counts_from=at(9))), NOW) == Moments(
        at(1), None, NOW
    )


def test_closed_request_is_not_asked_again_for_the_reply() -> None:
    """It should know all of a closed request where just the reply, which is not shown, is not known."""
    silent = replace(BEL, globally_blocked=Unknown(Gap.NO_ANSWER))
    found = Nominations(AskedAccounts(ADA, silent), META, 'metawiki').of(
        request(state=closed_at(at(20))), NOW
    )
    assert found is not None
    assert not found.retry


@pytest.mark.parametrize(('named', 'more'), [(1, 0), (5, 0), (6, 1), (500, 495)])
def test_many_subjects(named: int, more: int) -> None:
    """It should look up the first accounts that a request names, and give the number of the rest."""
    accounts = AskedAccounts(ADA)
    names = tuple(f'Bel {number}' for number in range(named))
    found = Nominations(accounts, META, 'metawiki').of(request(subjects=names), NOW)
    assert found is not None
    assert (len(found.subjects), found.more) == (min(named, MOST_SUBJECTS), more)
    assert [one[1] for one in accounts.asked if one[0] == 'account'] == ['Ada', *names[:5]]


def test_asked_to_end() -> None:
    """It should ask nothing any more when the run was asked to end."""
    accounts = AskedAccounts(ADA, BEL)

    def check_stop() -> None:
        raise Stopped('asked to end')

    with pytest.raises(Stopped):
        Nominations(accounts, META, 'metawiki', check_stop).of(request(), NOW)
    assert accounts.asked == []


def test_record_of_an_open_request() -> None:
    """It should not take it for no block that nobody asked, where a record is replayed after the closing."""
    recorder = Recorder(AskedAccounts(ADA, BEL))
    # Where nobody knows when it was opened, the past is not asked for.
    then = Nominations(recorder, META, 'metawiki').of(request(opened=None), NOW)
    record = RecordedAccounts(recorder.dump(), 'record')
    assert Nominations(record, META, 'metawiki').of(request(opened=None), NOW) == then
    closed = Nominations(record, META, 'metawiki').of(request(state=closed_at(at(20))), NOW)
    assert closed is not None
    (subject,) = closed.subjects
    # Both have edits, and are not flagged.
    unasked = ('dewiki', 'metawiki')
    assert [one for one in subject.blocks.unknown if one[0] in unasked] == [
        (wiki, Gap.NOT_ASKED) for wiki in unasked
    ]
    assert closed.partly
