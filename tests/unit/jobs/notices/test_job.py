"""Telling the communities of a request: looked for, planned, delivered, told of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from globalban_bot.act.delivery_engine import Engine
from globalban_bot.errors import Stopped, UnsafePlanError, UserError, WikiError
from globalban_bot.gather.pumps import Pumps
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.jobs.notices.coverage_search import CoverageSearch
from globalban_bot.jobs.notices.delivering import DeliveryReport, deliver, exit_code_of
from globalban_bot.jobs.notices.job import NoticeSurvey, NotifyJob, look, settings_of
from globalban_bot.jobs.notices.planner import Planner
from globalban_bot.model.account import Bounds
from globalban_bot.model.gate import Barrier
from globalban_bot.model.marker import digest
from globalban_bot.model.notice import Audience, Delivery, Notice, Sent
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.model.refusal import Refusal
from globalban_bot.model.target import WikiState
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.render.notice_words import skip_text
from globalban_bot.wikitext.page import reader_for
from tests.unit.jobs.made import BOT, Wiki
from tests.unit.made_accounts import account, local
from tests.unit.made_notices import (
    CLOSED,
    HOME,
    META,
    NOW,
    OPEN,
    OPENED,
    PAGE_ID,
    TITLE,
    Carrier,
    Farm,
    Requests,
    Rights,
    page_of,
)
from tests.unit.policy.policy_of_2026 import GLOBAL_BANS_OF_2026
from tests.unit.render.notices import TEXTS

ADA = account(local('metawiki'), name='Ada')
BOT_ACCOUNT = account(local('metawiki'), name=BOT)
BEL = account(local('dewiki'), local('frwiki', 3), local('metawiki', 2))
POLICY = GLOBAL_BANS_OF_2026
STATES = {
    wiki: WikiState(wiki, f'https://{wiki}.example', 'en')
    for wiki in ('dewiki', 'eswiki', 'frwiki', 'metawiki')
}
COMMUNITIES = [
    ('dewiki', Audience.COMMUNITY),
    ('frwiki', Audience.COMMUNITY),
    ('metawiki', Audience.COMMUNITY),
]
ALL = [*COMMUNITIES, ('metawiki', Audience.SUBJECT)]


class Stage:
    """A farm with a request, and all that a run works on."""

    def __init__(self, **more: Any) -> None:
        self.farm = Farm()
        self.farm.write(TITLE, 'Ada', OPEN, OPENED, PAGE_ID)
        self.wiki = Wiki()
        self.wiki.now = NOW
        self.accounts = Rights(ADA, BEL, BOT_ACCOUNT)
        self.carrier = Carrier()
        self.engines: list[list[tuple[str, Audience]]] = []
        self.now = NOW
        plain = NotifyJob(
            source=Requests(self.farm),
            writer=self.wiki,
            reader=reader_for(META),
            nominations=Nominations(self.accounts, POLICY, 'metawiki'),
            scout=CoverageSearch(
                self.farm, lambda: STATES, lambda: Pumps(fallbacks=('Project:Village pump',))
            ),
            planner=Planner(TEXTS, META),
            wikis=self.farm,
            fresh=lambda: self.accounts,
            profile=META,
            messages=Messages(),
            clock=lambda: self.now,
        )
        self.job = replace(plain, **more)

    def look(self, request: str = str(PAGE_ID)) -> NoticeSurvey:
        return look(self.job, request)

    def engine_of(self, notices: Sequence[Notice]) -> Engine:
        self.engines.append(places(notices))
        return self.carrier

    def deliver(
        self, found: NoticeSurvey, check: Callable[[], None] = lambda: None, limit: int | None = None
    ) -> DeliveryReport:
        return deliver(self.job, found, self.engine_of, check, limit)

    @property
    def sent(self) -> list[tuple[str, Audience]]:
        """What was sent, and to whom."""
        return places(self.carrier.sent)

    @property
    def result(self) -> str:
        """The page with what became of it."""
        return self.wiki.text(page_of('result'))


@pytest.fixture
def stage() -> Stage:
    return Stage()


def places(notices: Sequence[Notice]) -> list[tuple[str, Audience]]:
    return [(one.target.wiki, one.audience) for one in notices]


def became(report: DeliveryReport) -> list[tuple[str, Sent]]:
    return [(one.notice.target.wiki, one.sent) for one in report.deliveries]


def stops_after(times: int, *, once: bool = False) -> Callable[[], None]:
    """Return a check that stops after so many calls; once, and never again, or for good."""
    calls = iter(range(times + 1))

    def check() -> None:
        call = next(calls, None)
        if call == times or (call is None and not once):
            raise Stopped('the stop page')

    return check


# Looking.


@pytest.mark.parametrize('name', [str(PAGE_ID), TITLE, TITLE.replace(' ', '_')])
def test_look(stage: Stage, name: str) -> None:
    """It should find a request by page id or title, its targets, its plan, and how the gate stands."""
    found = stage.look(name)
    assert places(found.plan.notices) == ALL
    assert (found.plan.page_id, found.plan.title, found.plan.as_of) == (PAGE_ID, TITLE, NOW)
    assert len(found.coverage) == 6
    assert found.unknown == 0
    assert found.gate.barriers == ()
    assert found.keeper.pages == (page_of('plan'), page_of('list'), page_of('text'))
    assert any(line.startswith('Nominator: ') for line in found.plan.nomination)
    assert stage.wiki.saved == []


def test_no_request(stage: Stage) -> None:
    """It should say where there is no such request."""
    for name in ('8', 'Requests for comment/Global ban for Cid', ''):
        with pytest.raises(UserError, match='no request'):
            stage.look(name)


def test_request_on_nobody() -> None:
    """It should say where a request is about no account: nobody has to be told."""
    title = 'Requests for comment/Something'

    class Other(Requests):
        def candidates(self) -> Iterator[Any]:
            return (replace(one, title=title) for one in super().candidates())

    stage = Stage()
    stage.farm.write(title, 'Ada', OPEN, OPENED, PAGE_ID)
    stage.job = replace(stage.job, source=Other(stage.farm))
    with pytest.raises(UserError, match='nobody has to be told'):
        stage.look()


def test_left_out(stage: Stage) -> None:
    """It should not take a page that is left out for a request."""

    class Excluded(Requests):
        def candidates(self) -> Iterator[Any]:
            return (replace(one, excluded='a translation') for one in super().candidates())

    stage.job = replace(stage.job, source=Excluded(stage.farm))
    with pytest.raises(UserError, match='no request'):
        stage.look()


def test_left_to_people() -> None:
    """It should do nothing on a farm that leaves notices to people."""
    with pytest.raises(UserError, match='left to people'):
        Stage(profile=replace(META, notices=None)).look()
    assert settings_of(META) is META.notices


def test_unknown() -> None:
    """It should count accounts that could not be looked up."""
    stage = Stage()
    stage.accounts = Rights(ADA)
    stage.job = replace(stage.job, nominations=Nominations(stage.accounts, POLICY, 'metawiki'))
    assert stage.look().unknown == 1


# The delivery.


def test_deliver(stage: Stage) -> None:
    """It should send each notice once, communities first, and tell of it."""
    found = stage.look()
    report = stage.deliver(found)
    assert stage.sent == ALL
    assert stage.engines == [COMMUNITIES, ALL[3:]]
    assert [one.target for one in stage.carrier.sent] == [one.target for one in found.plan.notices]
    assert {one.sent for one in report.deliveries} == {Sent.DELIVERED}
    assert report.outcome == Outcome((page_of('result'),))
    assert exit_code_of(report) == 0


def sent(stage: Stage, user: str = 'Sender', title: str = page_of('list')) -> None:
    """Let somebody send a message from a list."""
    line = {'title': title, 'user': user, 'timestamp': '2027-05-03T12:00:00Z', 'comment': 'A notice'}
    stage.farm.sends.append({**line, 'params': {'revid': 5}})


#: Who sent a message from which list after the plan was made, and whether the bot sends nothing then.
SENT_SINCE = {
    'a person': ('Sender', page_of('list'), True),
    'a person, in another language': ('Sender', page_of('list', language='de'), True),
    'the bot itself': (BOT, page_of('list'), False),
    'a person, about another request': ('Sender', page_of('list').replace('7', '70'), False),
}


@pytest.mark.parametrize('name', SENT_SINCE)
def test_sent_by_others(stage: Stage, name: str) -> None:
    """It should send nothing after a person has sent a message about the request since the plan was made."""
    user, title, is_stopped = SENT_SINCE[name]
    found = stage.look()
    sent(stage, user, title)
    reasons = {one.reason for one in stage.deliver(found).deliveries}
    assert reasons == (
        {'somebody has sent a message about the request since the plan was made'} if is_stopped else {''}
    )
    assert stage.sent == ([] if is_stopped else ALL)


def test_sent_before(stage: Stage) -> None:
    """It should send what the plan asks for where a person had sent a message before the plan was made."""
    sent(stage)
    stage.deliver(stage.look())
    assert stage.sent == ALL


def test_log_not_told(stage: Stage) -> None:
    """It should send nothing where it cannot be read whether somebody has sent a message."""
    found = stage.look()

    def fail() -> None:
        if 'leaction' in stage.farm.asked[-1][1]:
            raise WikiError('no answer')

    stage.farm.meanwhile = fail
    assert all('it cannot be read' in one.reason for one in stage.deliver(found).deliveries)
    assert stage.sent == []


def spoil_closed(stage: Stage) -> None:
    stage.farm.write(TITLE, 'Clerk', CLOSED)


def spoil_held(stage: Stage) -> None:
    stage.farm.write(page_of('plan'), 'Reader', 'Wait.')


def spoil_bot(**facts: Any) -> Callable[[Stage], None]:
    """Return what happens to the account of the bot."""

    def spoil(stage: Stage) -> None:
        stage.accounts = Rights(ADA, BEL, replace(BOT_ACCOUNT, **facts))

    return spoil


def spoil_unknown_bot(stage: Stage) -> None:
    stage.accounts = Rights(ADA, BEL)


@pytest.mark.parametrize(
    ('spoil', 'why'),
    [
        (spoil_closed, 'may not be delivered: not open'),
        (spoil_held, 'may not be delivered: held'),
        (spoil_bot(locked=True), 'blocked, globally blocked or locked'),
        (spoil_bot(globally_blocked=True), 'blocked, globally blocked or locked'),
        (spoil_bot(globally_blocked=Unknown(Gap.NO_ANSWER)), 'blocked, globally blocked or locked'),
        (spoil_bot(locals=(local('metawiki', blocked=True),)), 'blocked, globally blocked or locked'),
        (spoil_unknown_bot, 'not known whether the account'),
    ],
)
def test_shut(stage: Stage, spoil: Callable[[Stage], None], why: str) -> None:
    """It should send and post nothing where the gate, or the account of the bot, is shut now."""
    found = stage.look()
    spoil(stage)
    with pytest.raises(UnsafePlanError, match=why):
        stage.deliver(found)
    assert (stage.sent, stage.engines, stage.wiki.saved) == ([], [], [])


def test_gate_cannot_be_read(stage: Stage) -> None:
    """It should send nothing where the wiki does not tell how the gate stands."""
    found = stage.look()
    stage.farm.silent = {HOME}
    with pytest.raises(WikiError):
        stage.deliver(found)
    assert (stage.sent, stage.wiki.saved) == ([], [])


def test_subject_first(stage: Stage) -> None:
    """It should tell the subject alone while the request is not a day old."""
    stage.farm.now = OPENED + timedelta(hours=1)
    stage.deliver(stage.look())
    assert stage.sent == ALL[3:]


@pytest.mark.parametrize('limit', [0, 1, 3, 4, 9])
def test_limit(stage: Stage, limit: int) -> None:
    """It should send so many notices at most, the first ones."""
    report = stage.deliver(stage.look(), limit=limit)
    assert stage.sent == ALL[:limit]
    assert len(report.deliveries) == min(limit, len(ALL))


@pytest.mark.parametrize('times', [0, 1, 3])
def test_stopped(stage: Stage, times: int) -> None:
    """It should leave the rest where it is stopped in between, say so, and end as usual."""
    report = stage.deliver(stage.look(), stops_after(times))
    assert stage.sent == ALL[:times]
    assert [one.sent for one in report.deliveries] == [Sent.DELIVERED] * times + [Sent.LEFT] * (4 - times)
    assert 'the stop page' in stage.result
    assert exit_code_of(report) == 0


def test_closed_in_between(stage: Stage) -> None:
    """It should leave the rest where the request is closed in between."""
    found = stage.look()

    def close() -> None:
        if len(stage.carrier.sent) == 2:
            stage.farm.write(TITLE, 'Clerk', CLOSED)

    report = stage.deliver(found, close)
    assert stage.sent == ALL[:2]
    assert [one.reason for one in report.deliveries[2:]] == ['nothing more may be sent: not open'] * 2


def test_watched(stage: Stage) -> None:
    """It should look before each notice whether the gate is still open."""
    found = stage.look()
    stage.farm.asked.clear()
    stage.deliver(found)
    asked = [question['titles'] for _, question in stage.farm.asked if 'titles' in question]
    assert asked == [TITLE, page_of('plan'), page_of('list'), page_of('text')] * (1 + len(ALL))


def test_stopped_for_a_moment(stage: Stage) -> None:
    """It should send nothing more once it was stopped, though the reason of that has passed."""
    report = stage.deliver(stage.look(), stops_after(1, once=True))
    assert stage.sent == ALL[:1]
    assert [one.sent for one in report.deliveries] == [Sent.DELIVERED] + [Sent.LEFT] * 3


def test_goes_on(stage: Stage) -> None:
    """It should go on with a delivery that was stopped, each told once."""
    stage.deliver(stage.look(), stops_after(1))
    stage.farm.given = {('https://dewiki.example', 'Project:Village pump')}
    found = stage.look()
    assert places(found.plan.notices) == ALL[1:]
    stage.deliver(found)
    assert stage.sent == ALL


# What became of it.


def test_result(stage: Stage) -> None:
    """It should post what became of each notice, and who is left to the nominator."""
    stage.carrier = Carrier(refuses=frozenset({'frwiki'}))
    found = stage.look()
    report = stage.deliver(found)
    assert became(report)[1] == ('frwiki', Sent.REFUSED)
    assert stage.wiki.saved == [page_of('result')]
    assert 'protected' in stage.result
    assert stage.result.index('frwiki') < stage.result.index('Special:Diff/9')
    by_hand = {skip_text(one, Messages()) for one in found.plan.skipped}
    assert all(stage.result.count(text) == len(found.plan.skipped) == 2 for text in by_hand)


def test_result_again(stage: Stage) -> None:
    """It should post at once what became of a second delivery."""
    stage.carrier = Carrier(refuses=frozenset({'frwiki'}))
    found = stage.look()
    stage.deliver(found)
    stage.carrier = Carrier()
    stage.now = NOW + timedelta(hours=1)
    stage.deliver(found)
    assert stage.wiki.saved == [page_of('result')] * 2
    assert 'protected' not in stage.result


@pytest.mark.parametrize('sent', [*Sent])
def test_exit_code(sent: Sent) -> None:
    """It should tell by the exit code whether a wiki said no, to a notice or to the page that tells of it."""
    (notice,) = Stage().look().plan.notices[:1]
    report = DeliveryReport((Delivery(notice, sent),), Outcome())
    assert exit_code_of(report) == (WikiError.exit_code if sent is Sent.REFUSED else 0)
    refused = Outcome(refused=(Refused('Page', Refusal.PROTECTED),))
    assert exit_code_of(replace(report, outcome=refused)) == WikiError.exit_code
    assert exit_code_of(replace(report, outcome=Outcome(stopped='the stop page'))) == exit_code_of(report)


def test_result_refused(stage: Stage) -> None:
    """It should tell of a result that the wiki did not take, and of what was sent nevertheless."""
    stage.wiki.refusals[page_of('result')] = [Refusal.PROTECTED]
    report = stage.deliver(stage.look())
    assert {one.sent for one in report.deliveries} == {Sent.DELIVERED}
    assert [one.refusal for one in report.outcome.refused] == [Refusal.PROTECTED]
    assert exit_code_of(report) == WikiError.exit_code


def test_result_held_back(stage: Stage) -> None:
    """It should tell what was sent, also where the brake holds back the page that would."""
    stage.wiki.save(page_of('result'), _owned(stage, 'x' * 9000), stage.wiki.bot)
    report = stage.deliver(stage.look())
    assert {one.sent for one in report.deliveries} == {Sent.DELIVERED}
    assert exit_code_of(report) != 0


def test_result_cannot_be_read(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should tell what was sent, also where the wiki does not answer any more."""

    def states(_: object) -> Any:
        raise WikiError('no answer')

    found = stage.look()
    monkeypatch.setattr(stage.wiki, 'states', states)
    report = stage.deliver(found)
    assert {one.sent for one in report.deliveries} == {Sent.DELIVERED}
    assert exit_code_of(report) == WikiError.exit_code


def test_not_met() -> None:
    """It should hand what was found on the nominator to the gate."""
    stage = Stage()
    stage.accounts = Rights(ADA, BEL, BOT_ACCOUNT, edits=Bounds(0, 0))
    stage.job = replace(stage.job, nominations=Nominations(stage.accounts, POLICY, 'metawiki'))
    assert stage.look().gate.barriers == (Barrier.NOMINATOR,)


def _owned(stage: Stage, body: str) -> str:
    return DesiredPage(DesiredFacts(page_of('result'), digest('other'), 'result'), body, stage.now).text
