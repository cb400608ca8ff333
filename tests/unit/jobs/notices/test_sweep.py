"""What the scheduled job does: empty first, then plan what is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from globalban_bot.errors import UnsafePlanError, WikiError
from globalban_bot.jobs.notices.job import settings_of
from globalban_bot.jobs.notices.lists import Desk
from globalban_bot.jobs.notices.sweep import SweepReport, sweep
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.model.refusal import Refusal
from globalban_bot.pages.target_list import read_target_list
from tests.unit.jobs.made import BOT
from tests.unit.jobs.notices.test_job import Stage
from tests.unit.made_notices import CLOSED, HOME, META, NOW, OPEN, OPENED, PAGE_ID, TITLE, Requests, page_of

PLAN, LIST, TEXT, WHY = (page_of(kind) for kind in ('plan', 'list', 'text', 'why'))
BOX = META.box_title(PAGE_ID)
#: A page among the requests that names no account.
NO_ACCOUNT = 'Requests for comment/About a policy'


class NoRequests(Requests):
    """A source without any request."""

    def candidates(self) -> Iterator[RequestRef]:
        return iter(())


class TwoRequests(Requests):
    """A source with two pages that look like requests."""

    def candidates(self) -> Iterator[RequestRef]:
        yield RequestRef(NO_ACCOUNT, 5)
        yield RequestRef(TITLE, PAGE_ID)


def staged(standing: str = 'open') -> Stage:
    """Return a request whose box says how it stands."""
    stage = Stage()
    box(stage, standing)
    return stage


def box(stage: Stage, standing: str) -> None:
    stage.wiki.save(BOX, DesiredPage(DesiredFacts(BOX, 'f', standing), 'The box.', NOW).text, BOT)


def run(stage: Stage) -> SweepReport:
    """Run the job, and let the wiki that is read know what was saved."""
    stage.wiki.saved.clear()
    report = sweep(stage.job, lambda _: True)
    for title in stage.wiki.saved:
        stage.farm.write(title, BOT, stage.wiki.text(title), stage.now)
    return report


def targets(stage: Stage) -> int:
    return len(read_target_list(stage.wiki.text(LIST)) or ())


def test_first_plan() -> None:
    """It should plan an open request by itself, once."""
    stage = staged()
    assert run(stage) == SweepReport(Outcome((LIST, TEXT, PLAN, WHY)), ())
    assert stage.wiki.saved == [LIST, TEXT, PLAN, WHY]
    run(stage)
    assert stage.wiki.saved == []


def test_parts() -> None:
    """It should give the subject's part at once, and the communities' when the request is a day old."""
    stage = staged()
    stage.farm.now = OPENED + timedelta(hours=1)
    run(stage)
    assert stage.wiki.saved == [TEXT, PLAN, WHY]
    run(stage)
    assert stage.wiki.saved == []
    stage.farm.now = OPENED + timedelta(hours=24)
    run(stage)
    assert stage.wiki.saved == [LIST, PLAN]
    assert targets(stage) == 3


def test_daily() -> None:
    """It should look again once a day: communities are told by others, too."""
    stage = staged()
    run(stage)
    stage.farm.asked.clear()
    stage.now = NOW + timedelta(hours=23)
    run(stage)
    assert not any('iwblprefix' in question for _, question in stage.farm.asked)
    stage.now = NOW + timedelta(hours=24)
    run(stage)
    assert any('iwblprefix' in question for _, question in stage.farm.asked)


@pytest.mark.parametrize('text', [CLOSED, '', '{{rfc subpage|status=withdrawn}}'])
def test_shut(text: str) -> None:
    """It should empty lists and texts in the first run after the gate shut, before anything else."""
    stage = staged()
    run(stage)
    stage.farm.write(TITLE, 'Clerk', text)
    run(stage)
    assert stage.wiki.saved[:2] == [LIST, TEXT]
    assert targets(stage) == 0


def test_gone() -> None:
    """It should empty the pages of a request that is none any more."""
    stage = staged()
    run(stage)
    stage.farm.delete(TITLE)
    stage.job = replace(stage.job, source=NoRequests(stage.farm))
    run(stage)
    assert stage.wiki.saved == [LIST, TEXT]
    assert targets(stage) == 0


def test_held() -> None:
    """It should empty the list in the first run after somebody edited the plan, and plan no more."""
    stage = staged()
    run(stage)
    stage.farm.write(PLAN, 'Reader', 'Wait!')
    stage.wiki.save(PLAN, 'Wait!', 'Reader')
    run(stage)
    assert stage.wiki.saved == [LIST, TEXT]
    assert stage.wiki.text(PLAN) == 'Wait!'


def test_held_by_an_empty_list() -> None:
    """It should empty all lists after somebody edited one that was empty, though its marker still says so."""
    stage = staged()
    run(stage)
    assert targets(stage) == 3
    other = page_of('list', language='de')
    text = DesiredPage(DesiredFacts(other, 'f', 'empty'), '<noinclude>__NOINDEX__</noinclude>\n', NOW).text
    for user, saved in ((BOT, text), ('Reader', f'{text}Wait!')):
        stage.wiki.save(other, saved, user)
        stage.farm.write(other, user, saved)
    run(stage)
    assert targets(stage) == 0
    assert stage.wiki.text(other).endswith('Wait!')


def test_more_pages_than_the_brake_lets_through() -> None:
    """It should empty all pages from which could be sent, though somebody has made very many of them."""
    stage = staged()
    run(stage)
    limits = replace(META.limits, edits=1)
    stage.job = replace(stage.job, profile=replace(stage.job.profile, limits=limits))
    more = [page_of('list', language=f'a{number}') for number in range(3)]
    for title in more:
        stage.wiki.save(title, '{{#target:Project:Pump|en.wikipedia.org}}', 'Vandal')
        stage.farm.write(title, 'Vandal', '{{#target:Project:Pump|en.wikipedia.org}}')
    run(stage)
    assert ['{{' in stage.wiki.text(title) for title in [LIST, *more]] == [False] * 4


def test_fault_in_one_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """It should name a request whose pages could not be emptied, and go on."""

    def refuse(*_: object) -> None:
        raise UnsafePlanError('too much')

    stage = staged()
    run(stage)
    stage.farm.write(PLAN, 'Reader', 'No!')
    monkeypatch.setattr(Desk, 'post', refuse)
    report = run(stage)
    assert [one for one in report.failures if 'was not emptied; look at it' in one]


def test_without_account() -> None:
    """It should plan no notices of a page that names no account, and go on with the requests behind it."""
    stage = staged()
    stage.farm.write(NO_ACCOUNT, 'Ada', OPEN, OPENED, 5)
    title = META.box_title(5)
    stage.wiki.save(title, DesiredPage(DesiredFacts(title, 'f', 'open'), 'The box.', NOW).text, BOT)
    stage.job = replace(stage.job, source=TwoRequests(stage.farm))
    assert run(stage) == SweepReport(Outcome((LIST, TEXT, PLAN, WHY)), ())


def test_without_account_any_more() -> None:
    """It should empty the lists of a page that names no account any more."""
    stage = staged()
    listed = settings_of(META).list_page.format(page_id=5, language='en')
    stage.wiki.save(listed, DesiredPage(DesiredFacts(listed, 'f', 'open'), 'A list.', NOW).text, BOT)
    for title, text, number in ((NO_ACCOUNT, OPEN, 5), (listed, stage.wiki.text(listed), 6)):
        stage.farm.write(title, BOT, text, OPENED, number)
    stage.job = replace(stage.job, source=TwoRequests(stage.farm))
    assert run(stage).failures == ()
    assert 'A list.' not in stage.wiki.text(listed)
    assert targets(stage) == 3


def plus(stage: Stage, title: str, text: str) -> None:
    """Let a person add something to a page."""
    text = f'{stage.wiki.text(title)}{text}'
    stage.farm.write(title, 'Reader', text)
    stage.wiki.save(title, text, 'Reader')


def test_held_by_a_list() -> None:
    """It should empty the list that a person has edited, and again when somebody adds a target to it."""
    stage = staged()
    run(stage)
    plus(stage, LIST, 'Wait!')
    run(stage)
    assert stage.wiki.saved[:2] == [LIST, TEXT]
    assert targets(stage) == 0
    plus(stage, LIST, '{{#target:Project:Pump|dewiki.example}}')
    assert targets(stage) == 1
    run(stage)
    assert targets(stage) == 0
    run(stage)
    assert stage.wiki.saved == []


def test_other_model() -> None:
    """It should name a list that it cannot empty."""
    stage = staged()
    run(stage)
    stage.wiki.save(LIST, '{"targets": []}', 'Reader', 'MassMessageListContent')
    stage.farm.write(TITLE, 'Clerk', CLOSED)
    assert run(stage).failures == (f'{LIST}: not emptied; look at it',)


def test_closed_for_long() -> None:
    """It should not even read a request that was closed before there was a plan."""
    stage = staged('closed')
    stage.farm.asked.clear()
    run(stage)
    assert stage.wiki.saved == []
    assert not any(TITLE in question.get('titles', '') for _, question in stage.farm.asked)


def test_opened_again() -> None:
    """It should fill the lists again when the request is opened again."""
    stage = staged()
    run(stage)
    stage.farm.write(TITLE, 'Clerk', CLOSED)
    run(stage)
    stage.farm.write(TITLE, 'Clerk', OPEN)
    run(stage)
    assert targets(stage) == 3


def test_silent() -> None:
    """It should empty nothing less than all where the request cannot be read, and name the failure."""
    stage = staged()
    run(stage)
    stage.farm.unreadable = {TITLE}
    report = run(stage)
    assert report.failures == (f'request {PAGE_ID}: its gate could not be read',)
    assert targets(stage) == 0


def test_silent_wiki() -> None:
    """It should fail where the wiki does not tell which pages of the bot there are."""
    stage = staged()
    stage.farm.silent = {HOME}
    with pytest.raises(WikiError):
        run(stage)


def test_refused() -> None:
    """It should tell of a list that could not be emptied."""
    stage = staged()
    run(stage)
    stage.farm.write(TITLE, 'Clerk', CLOSED)
    stage.wiki.refusals[LIST] = [Refusal.PROTECTED]
    report = run(stage)
    assert [one.title for one in report.outcome.refused] == [LIST]
