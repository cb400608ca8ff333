"""What becomes of a box whose request is gone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from globalban_bot.jobs.alarms import GONE_NOT_KNOWN
from globalban_bot.jobs.status_job import StatusOptions
from globalban_bot.model.marker import digest
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, SkipReason
from globalban_bot.pages.standing import told_line, told_wikis_on
from tests.unit.jobs.made import BOARD, BOT, META, START, World, box

GONE = 'The bot does not find this request any more.'
assert META.notices is not None
PLAN = META.notices.plan_page.format(page_id=7)
RESULT = META.notices.result_page.format(page_id=7)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a wiki with two requests and their boxes, of which one is deleted then."""
    made = World(tmp_path)
    made.request(7, 'Ada', 'Bel')
    made.request(8, 'Ada')
    made.run(0)
    made.deleted = {7}
    return made


def test_box_of_a_deleted_request(world: World) -> None:
    """It should put a note in place of what the box told, at once and once, and tell the operator."""
    report = world.run(1)
    assert {edit.title: edit.why for edit in report.plan.edits}[box(7)] is EditReason.GONE
    assert GONE in world.wiki.text(box(7))
    assert 'support' not in world.wiki.text(box(7))
    assert 'support' in world.wiki.text(box(8))
    assert 'Lacerta 7' not in world.wiki.text(BOARD)
    assert [line for line in report.alarms if line.startswith('page 7: it is no request any more')]
    assert world.run(2).plan.edits == ()


def test_request_that_comes_back(world: World) -> None:
    """It should fill the box again at once when the request is back."""
    world.run(1)
    world.deleted = set()
    world.run(2)
    assert '2 support' in world.wiki.text(box(7))


def test_box_that_a_person_edited(world: World) -> None:
    """It should leave a box to the person who edited it."""
    world.wiki.save(box(7), 'My own words.', 'Somebody')
    report = world.run(1)
    assert {one.title: one.reason for one in report.plan.left}[box(7)] is SkipReason.HANDS_OFF
    assert world.wiki.text(box(7)) == 'My own words.'


@pytest.mark.parametrize('state', ['deleted', 'blanked for good'])
def test_box_that_was_taken_away(world: World, state: str) -> None:
    """It should not fill a box that is gone for good."""
    if state == 'deleted':
        world.wiki.delete(box(7))
    else:
        empty = DesiredPage(DesiredFacts(box(7), digest(''), 'forgotten'), '', START)
        world.wiki.save(box(7), empty.text, BOT)
    world.run(1)
    assert box(7) not in world.wiki.saved


def test_wiki_that_does_not_tell(world: World) -> None:
    """It should leave the box, and say so to the operator, where the wiki does not tell what is gone."""
    world.tells = False
    report = world.run(1)
    assert (report.failures, report.alarms) == ((), (GONE_NOT_KNOWN,))
    assert '2 support' in world.wiki.text(box(7))


def test_one_request_alone(world: World) -> None:
    """It should leave the other boxes alone where the operator asks for one request."""
    world.run(1, StatusOptions(requests=frozenset({'8'})))
    assert '2 support' in world.wiki.text(box(7))


def test_plan_of_a_deleted_request(world: World) -> None:
    """It should take away what a plan told, too, but remember who was told, and keep the result."""
    for title, body in ((PLAN, f'Accused of much.\n{told_line(["dewiki"])}\n'), (RESULT, 'Sent.\n')):
        page = DesiredPage(DesiredFacts(title, digest(body), 'open'), body, START - timedelta(hours=1))
        world.wiki.save(title, page.text, BOT)
    world.run(1)
    assert GONE in world.wiki.text(PLAN)
    assert 'Accused' not in world.wiki.text(PLAN)
    assert told_wikis_on(world.wiki.page(PLAN)) == ('dewiki',)
    assert world.wiki.text(RESULT) == 'Sent.'
    assert world.run(2).plan.edits == ()
