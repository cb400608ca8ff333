"""The plan and the pages from which people send, as they are posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from globalban_bot.errors import UnsafePlanError
from globalban_bot.gather.holds import REARMED
from globalban_bot.jobs.notices.job import look
from globalban_bot.jobs.notices.posting import lift_hold, post_plan
from globalban_bot.model.gate import Barrier
from globalban_bot.model.limits import Limits
from globalban_bot.model.notice import NoticePlan, Skip
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.plan import EditReason, Plan
from globalban_bot.model.refusal import Refusal
from globalban_bot.pages.target_list import read_target_list
from tests.unit.jobs.made import BOT
from tests.unit.jobs.notices.test_job import Stage
from tests.unit.made_notices import CLOSED, META, NOW, OPENED, TITLE, page_of

PLAN, LIST, TEXT, WHY = (page_of(kind) for kind in ('plan', 'list', 'text', 'why'))
FORM = 'https://metawiki.example/wiki/Special:MassMessage?spamlist='
TARGETS = tuple((f'{wiki}.example', 'Project:Village pump') for wiki in ('dewiki', 'frwiki', 'metawiki'))
WITHDRAWN = '{{rfc subpage|status=withdrawn}}'


@pytest.fixture
def stage() -> Stage:
    return Stage()


def post(stage: Stage) -> Outcome:
    """Look and post, and let the wiki that is read know what was saved."""
    outcome = post_plan(stage.job, stage.look(), lambda _: True)
    told(stage, outcome)
    return outcome


def told(stage: Stage, outcome: Outcome, comment: str = '') -> None:
    for title in outcome.done:
        stage.farm.write(title, BOT, stage.wiki.text(title), stage.now, comment=comment)


def test_post_plan(stage: Stage) -> None:
    """It should post the pages from which people send first, then the plan with a link to each."""
    shown: list[Plan] = []

    def approve(plan: Plan) -> bool:
        shown.append(plan)
        return True

    assert post_plan(stage.job, stage.look(), approve) == Outcome((LIST, TEXT, PLAN, WHY))
    assert {edit.why for plan in shown for edit in plan.edits} == {EditReason.NEW}
    text = stage.wiki.text(PLAN)
    assert "'''ready to send'''" in text
    assert text.count(FORM) == 1
    assert 'action=edit&section=new' in text
    assert '[[Category:Global ban notices ready to send]]' in text
    assert read_target_list(stage.wiki.text(LIST)) == TARGETS
    assert not any('Bel' in edit.summary for plan in shown for edit in plan.edits)


def test_not_wanted(stage: Stage) -> None:
    """It should post nothing that the operator does not want."""
    assert post_plan(stage.job, stage.look(), lambda _: False) == Outcome()
    assert stage.wiki.saved == []


def test_again(stage: Stage) -> None:
    """It should post again only when there is something new, or on the next day: it was checked again."""
    post(stage)
    stage.wiki.saved.clear()
    stage.now = NOW + timedelta(hours=1)
    post(stage)
    assert stage.wiki.saved == []
    stage.now = NOW + timedelta(days=1)
    post(stage)
    assert stage.wiki.saved == [PLAN]


def told_wikis(plan: NoticePlan) -> set[str]:
    return {one.coverage.target.wiki for one in plan.skipped if one.reason is Skip.TOLD}


def test_told_wikis(stage: Stage) -> None:
    """It should remember on the plan which wikis were told, as the operator said, until people edit it."""
    found = look(stage.job, TITLE, told_wikis=('frwiki',))
    told(stage, post_plan(stage.job, found, lambda _: True))
    for _ in range(2):
        again = stage.look()
        assert told_wikis(again.plan) == {'frwiki'}
        stage.now += timedelta(days=1)
        told(stage, post_plan(stage.job, again, lambda _: True))
    assert 'frwiki' not in str(read_target_list(stage.wiki.text(LIST)))
    more = look(stage.job, TITLE, told_wikis=('dewiki',))
    assert told_wikis(more.plan) == {'dewiki', 'frwiki'}
    edited(stage, PLAN, stage.wiki.text(PLAN).replace('globalban-told', 'globalban-told dewiki'))
    assert told_wikis(stage.look().plan) == set()


@pytest.mark.parametrize('text', [CLOSED, '', WITHDRAWN])
def test_shut(stage: Stage, text: str) -> None:
    """It should empty list and text at once, and take the links away, when the gate shuts."""
    post(stage)
    stage.wiki.saved.clear()
    found = stage.look()
    stage.farm.write(TITLE, 'Clerk', text)
    post_plan(stage.job, replace(found, gate=found.keeper.gate()), lambda _: True)
    assert stage.wiki.saved == [LIST, TEXT, PLAN]
    assert read_target_list(stage.wiki.text(LIST)) == ()
    assert 'includeonly' not in stage.wiki.text(TEXT)
    plan = stage.wiki.text(PLAN)
    assert FORM not in plan
    assert '[[Category:' not in plan
    assert 'The request is not open' in plan


def test_held(stage: Stage) -> None:
    """It should empty the list when somebody edits the plan, and leave the plan to them."""
    post(stage)
    stage.farm.write(PLAN, 'Reader', 'Wait!')
    stage.wiki.save(PLAN, 'Wait!', 'Reader')
    post(stage)
    assert read_target_list(stage.wiki.text(LIST)) == ()
    assert stage.wiki.text(PLAN) == 'Wait!'


def edited(stage: Stage, title: str, text: str) -> None:
    stage.farm.write(title, 'Reader', text)
    stage.wiki.save(title, text, 'Reader')


def test_list_of_a_person(stage: Stage) -> None:
    """It should empty a list that a person has edited, say that it is held, and leave the hold to last."""
    post(stage)
    text = stage.wiki.text(LIST)
    edited(stage, LIST, f'{text}Wait!')
    for _ in range(2):
        outcome = post(stage)
        assert read_target_list(stage.wiki.text(LIST)) == ()
        assert FORM not in stage.wiki.text(PLAN)
        assert 'they are held' in stage.wiki.text(PLAN)
    assert outcome == Outcome()
    edited(stage, LIST, text)
    post(stage)
    assert read_target_list(stage.wiki.text(LIST)) == ()


def test_empty_list_of_a_person(stage: Stage) -> None:
    """It should leave what a person has written on a list to them where nothing can be sent from it."""
    post(stage)
    edited(stage, LIST, 'Please wait.')
    post(stage)
    assert stage.wiki.text(LIST) == 'Please wait.'


def test_rearmed_list(stage: Stage) -> None:
    """It should fill a list that a person has edited again when the operator lifts the hold."""
    post(stage)
    edited(stage, LIST, 'Wait!')
    post(stage)
    outcome, found = lift_hold(stage.job, stage.look(), lambda _: True)
    told(stage, outcome, REARMED)
    assert outcome.done == (LIST,)
    found = replace(found, gate=found.keeper.gate())
    assert found.gate.barriers == ()
    post_plan(stage.job, found, lambda _: True)
    assert read_target_list(stage.wiki.text(LIST)) == TARGETS


def test_young(stage: Stage) -> None:
    """It should give the subject's part alone while the request is not a day old."""
    stage.farm.now = OPENED + timedelta(hours=1)
    assert post(stage).done == (TEXT, PLAN, WHY)
    plan = stage.wiki.text(PLAN)
    assert FORM not in plan
    assert 'preload=' in plan
    assert 'less than 24 hours old' in plan


def test_list_that_was_not_saved(stage: Stage) -> None:
    """It should link no list that does not stand as it should."""
    stage.wiki.refusals[LIST] = [Refusal.PROTECTED]
    post(stage)
    assert FORM not in stage.wiki.text(PLAN)


def test_list_of_before(stage: Stage) -> None:
    """It should empty a list in a language that is not needed any more."""
    post(stage)
    french = LIST.replace('/en', '/fr')
    stage.wiki.save(french, stage.wiki.page(LIST).text, BOT)
    stage.farm.write(french, BOT, 'x')
    post(stage)
    assert read_target_list(stage.wiki.text(french)) == ()
    assert read_target_list(stage.wiki.text(LIST)) == TARGETS


def test_rearmed(stage: Stage) -> None:
    """It should lift a hold for the operator, by a summary of its own, and only then send again."""
    post(stage)
    stage.farm.write(PLAN, 'Reader', 'Wait!')
    stage.wiki.save(PLAN, 'Wait!', 'Reader')
    found = stage.look()
    assert found.gate.barriers == (Barrier.HELD,)
    plans: list[Plan] = []

    def approve(plan: Plan) -> bool:
        plans.append(plan)
        return True

    outcome, found = lift_hold(stage.job, found, approve)
    assert outcome.done == (PLAN,)
    assert [edit.summary.endswith(REARMED) for plan in plans for edit in plan.edits] == [True]
    told(stage, outcome, REARMED)
    found = replace(found, gate=found.keeper.gate())
    assert found.gate.barriers == ()
    post_plan(stage.job, found, approve)
    assert FORM in stage.wiki.text(PLAN)


def test_brake() -> None:
    """It should put the brake on a plan beyond a limit."""
    limits = Limits(**{**vars(META.limits), 'edits': 0})
    stage = Stage(profile=replace(META, limits=limits))
    with pytest.raises(UnsafePlanError):
        post_plan(stage.job, stage.look(), lambda _: True)
    assert stage.wiki.saved == []
