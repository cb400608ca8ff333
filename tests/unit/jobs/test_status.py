"""Bringing board and boxes up to date, run after run."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from globalban_bot.act.folder_writer import FolderWriter
from globalban_bot.errors import Stopped, UnsafePlanError, UserError, WikiError
from globalban_bot.gather.cache import Cache
from globalban_bot.gather.export import ExportSource
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.status import MOST_TRIES, update_status
from globalban_bot.jobs.status_job import StatusJob, StatusOptions
from globalban_bot.model.limits import Limits
from globalban_bot.model.marker import FORGOTTEN, digest
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, Plan, SkippedPage, SkipReason
from globalban_bot.model.refusal import Refusal
from globalban_bot.model.settings import Flaw, InForce, Problem, Settings, Task
from globalban_bot.render.log import read_log
from globalban_bot.sample import EXPORT, TODAY
from globalban_bot.wikitext.page import reader_for
from tests.unit.jobs.made import BOARD, BOT, LOG, META, RFC, World, after, box


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a wiki with two open requests, 7 and 8."""
    made = World(tmp_path)
    made.request(7, 'Ada')
    made.request(8, 'Ada', 'Bel')
    return made


def whys(plan: Plan) -> dict[str, EditReason]:
    return {edit.title: edit.why for edit in plan.edits}


def left(plan: Plan) -> dict[str, SkipReason]:
    return {one.title: one.reason for one in plan.left}


def forgotten(number: int) -> str:
    return DesiredPage(DesiredFacts(box(number), digest(''), FORGOTTEN), '', after(-30)).text


# The ordinary way.


def test_first_run(world: World) -> None:
    """It should post a box for each request, the newest first, then the board, then the log."""
    report = world.run(0)
    assert world.wiki.saved == [box(8), box(7), BOARD, LOG]
    assert report.outcome == Outcome((box(8), box(7), BOARD))
    assert report.failures == ()
    assert [one.request.page_id for one in report.tallies] == [8, 7]
    assert '2 support, 0 oppose' in world.wiki.text(box(8))
    assert 'Global ban for Lacerta 7' in world.wiki.text(BOARD)
    assert [run.edits for run in read_log(world.wiki.text(LOG))] == [3]


def test_second_run(world: World) -> None:
    """It should edit nothing when nothing has changed, however often it runs within a day."""
    world.run(0)
    for hours in (0.1, 1, 23.9):
        report = world.run(hours)
        assert world.wiki.saved == []
        assert report.plan.edits == ()
        assert set(left(report.plan).values()) == {SkipReason.SAME}


def test_no_requests(tmp_path: Path) -> None:
    """It should post an empty board where there is no request."""
    world = World(tmp_path)
    assert world.run(0).tallies == ()
    assert world.wiki.saved == [BOARD, LOG]


def test_a_vote_more(world: World) -> None:
    """It should show a new vote in its box alone, a day after the last edit of the box."""
    world.run(0)
    world.request(7, 'Cid', hours=1)
    assert left(world.run(2).plan)[box(7)] is SkipReason.WAITS
    assert left(world.run(23.9).plan)[box(7)] is SkipReason.WAITS
    assert world.wiki.saved == []
    report = world.run(24)
    assert whys(report.plan) == {box(7): EditReason.FACTS}
    assert world.wiki.saved == [box(7), LOG]
    assert '2 support' in world.wiki.text(box(7))


def test_recount(world: World) -> None:
    """It should show a new vote at once when a recount is asked for."""
    world.run(0)
    world.request(7, 'Cid', hours=1)
    report = world.run(2, StatusOptions(recount=True))
    assert whys(report.plan) == {box(7): EditReason.RECOUNT}
    assert world.wiki.saved == [box(7), LOG]


def test_closing_is_told_at_once(world: World) -> None:
    """It should tell a closing as soon as it is stated, and when it counts, however young the pages are."""
    world.run(0)
    world.request(7, hours=1, status='closed')
    assert whys(world.run(1.1).plan) == {box(7): EditReason.STANDING, BOARD: EditReason.STANDING}
    assert ' closing stated (13:00, 3 May 2027 (UTC))' in world.wiki.text(BOARD)
    world.request(7, 'Cid', hours=2, status='closed')
    world.run(20, StatusOptions(recount=True))
    assert world.wiki.saved == [box(7), LOG]
    assert world.run(24.9).plan.edits == ()
    report = world.run(25)
    assert whys(report.plan) == {box(7): EditReason.STANDING, BOARD: EditReason.STANDING}
    assert 'Signed positions at closing' in world.wiki.text(box(7))
    assert 'closed 13:00, 3 May 2027 (UTC)' in world.wiki.text(BOARD)


def test_ready_plan(world: World) -> None:
    """It should mark a request whose notices can be sent, at once, and no more when a person holds them."""
    assert META.notices is not None
    world.run(0)
    title = META.notices.plan_page.format(page_id=7)
    mark = f'[[{title}|notices ready to send]]'
    plan = DesiredPage(DesiredFacts(title, 'f', 'open-community-subject-ready'), 'The plan.', after(0)).text
    world.wiki.save(title, plan, BOT)
    world.run(1)
    assert mark in world.wiki.text(BOARD)
    world.wiki.save(title, f'{plan} Wait!', 'Reader')
    world.run(2)
    assert mark not in world.wiki.text(BOARD)


def test_opened_again(world: World) -> None:
    """It should tell at once that a request was opened again."""
    world.request(7, hours=-30, status='closed')
    world.run(0)
    world.request(7, hours=1)
    assert whys(world.run(2).plan) == {box(7): EditReason.STANDING, BOARD: EditReason.STANDING}


def test_new_request(world: World) -> None:
    """It should post a new request at once, in a box of its own and on the board."""
    world.run(0)
    world.request(9, hours=1)
    assert whys(world.run(2).plan) == {box(9): EditReason.NEW, BOARD: EditReason.STANDING}


def test_titles_and_boxes_name_nobody(world: World) -> None:
    """It should name nobody in titles, summaries and boxes; the board has the titles of the requests."""
    report = world.run(0)
    names = re.compile('Lacerta|Ada|Bel')
    for edit in report.plan.edits:
        assert not names.search(f'{edit.title} {edit.summary}')
    assert not names.search(world.wiki.text(box(7)) + world.wiki.text(LOG))


# Pages that are left.


def test_hands_off(world: World) -> None:
    """It should leave a page that a person has edited, for ever, whatever happens to the request."""
    world.run(0)
    world.wiki.save(box(7), 'My own words.', 'Somebody')
    world.request(7, 'Cid', hours=1, status='closed')
    for hours in (30, 300):
        report = world.run(hours, StatusOptions(recount=True))
        assert left(report.plan)[box(7)] is SkipReason.HANDS_OFF
        assert report.failures == ()
    assert world.wiki.page(box(7)).text == 'My own words.'


def test_undo_by_the_bot(world: World) -> None:
    """It should leave a page that the bot saved last, with words of somebody else."""
    world.run(0)
    world.wiki.save(box(7), 'My own words.', BOT)
    assert left(world.run(30).plan)[box(7)] is SkipReason.HANDS_OFF


def test_rearm(world: World) -> None:
    """It should take back the page that the operator names, and no other."""
    world.run(0)
    for number in (7, 8):
        world.wiki.save(box(number), 'My own words.', 'Somebody')
    report = world.run(1, StatusOptions(rearmed=frozenset({box(7)})))
    assert whys(report.plan) == {box(7): EditReason.REARMED}
    assert left(report.plan)[box(8)] is SkipReason.HANDS_OFF
    assert '1 support' in world.wiki.text(box(7))
    assert world.run(2).plan.edits == ()


def test_rearm_of_the_log(world: World) -> None:
    """It should take back the log, too."""
    world.run(0)
    world.wiki.save(LOG, f'{world.wiki.page(LOG).text}\nMy own words.', 'Somebody')
    assert world.run(30).failures == ()
    assert 'My own words.' in world.wiki.text(LOG)
    world.run(31, StatusOptions(rearmed=frozenset({LOG})))
    assert world.wiki.page(LOG).is_of(BOT)


def test_deleted_page(world: World) -> None:
    """It should never make a page again that was deleted."""
    world.run(0)
    world.wiki.delete(box(7))
    assert left(world.run(30).plan)[box(7)] is SkipReason.REMOVED
    assert world.wiki.saved == [LOG]


def test_forgotten_box(world: World) -> None:
    """It should never fill a box again that was blanked for good, and drop its row from the board at once."""
    world.run(0)
    assert 'Lacerta 7' in world.wiki.text(BOARD)
    world.wiki.save(box(7), forgotten(7), BOT)
    world.request(7, 'Cid', hours=0.5)
    report = world.run(1, StatusOptions(recount=True))
    assert left(report.plan)[box(7)] is SkipReason.FORGOTTEN
    assert whys(report.plan) == {BOARD: EditReason.STANDING}
    assert 'Lacerta 7' not in world.wiki.text(BOARD)
    assert 'Lacerta 8' in world.wiki.text(BOARD)


@pytest.mark.parametrize('text', ['x', 'Words.\nMore.'])
def test_forgotten_box_that_somebody_fills(world: World, text: str) -> None:
    """It should keep out of the board what was blanked for good, whatever somebody saves in the box then."""
    world.run(0)
    world.wiki.save(box(7), forgotten(7), BOT)
    world.run(1)
    world.wiki.save(box(7), text, '192.0.2.7')
    world.request(7, 'Cid', hours=1.5)
    report = world.run(30, StatusOptions(rearmed=frozenset({box(7)})))
    assert left(report.plan)[box(7)] is SkipReason.FORGOTTEN
    assert world.wiki.page(box(7)).text == text
    assert 'Lacerta 7' not in world.wiki.text(BOARD)


def test_forged_marker(world: World) -> None:
    """It should leave a request on the board of which somebody else says that it was blanked for good."""
    world.run(0)
    world.wiki.save(box(7), forgotten(7), '192.0.2.7')
    world.request(8, 'Cid', hours=0.5)
    assert left(world.run(30).plan)[box(7)] is SkipReason.HANDS_OFF
    assert 'Lacerta 7' in world.wiki.text(BOARD)


# What the operator chooses.


@pytest.mark.parametrize(
    'name', ['7', f'{RFC}/Global ban for Lacerta 7', f'{RFC}/Global_ban_for_Lacerta_7'.replace(' ', '_')]
)
def test_one_request(world: World, name: str) -> None:
    """It should bring just the named request up to date, and leave the board."""
    report = world.run(0, StatusOptions(requests=frozenset({name})))
    assert world.wiki.saved == [box(7), LOG]
    assert report.plan.left == (SkippedPage(BOARD, SkipReason.INCOMPLETE),)
    assert world.reads == [7]


@pytest.mark.parametrize('name', ['99', f'{RFC}/Global ban for Nobody', 'None', ''])
def test_unknown_request(world: World, name: str) -> None:
    """It should refuse a request that there is not, name it, and do nothing."""
    with pytest.raises(UserError, match=f'-request: there is no request {name}') as error:
        world.run(0, StatusOptions(requests=frozenset({name, '7'})))
    assert ' 7' not in str(error.value)
    assert (world.reads, world.wiki.saved) == ([], [])


def test_limit(world: World) -> None:
    """It should bring so many requests up to date, the newest first, and leave the board where some miss."""
    report = world.run(0, StatusOptions(limit=1))
    assert world.wiki.saved == [box(8), LOG]
    assert report.plan.left == (SkippedPage(BOARD, SkipReason.INCOMPLETE),)
    assert BOARD in world.run(1, StatusOptions(limit=2)).outcome.done


def test_not_approved(world: World) -> None:
    """It should edit nothing, the log neither, when the plan is not approved."""
    world.approved = False
    report = world.run(0)
    assert whys(report.plan) == {box(8): EditReason.NEW, box(7): EditReason.NEW, BOARD: EditReason.NEW}
    assert world.shown == [report.plan]
    assert report.outcome == Outcome()
    assert report.failures == ()
    assert world.wiki.all_text() == {}


def test_brake(world: World) -> None:
    """It should hold back a plan beyond the limits before it is shown, unless the brake is off."""
    world.profile = replace(META, limits=Limits(edits=2, fall=5, rise=60, shrink=0.5))
    with pytest.raises(UnsafePlanError, match='3 edits'):
        world.run(0)
    assert (world.wiki.saved, world.shown) == ([], [])
    assert world.run(1, StatusOptions(brake=False)).outcome.done == (box(8), box(7), BOARD)


def test_votes_that_people_take_out(world: World) -> None:
    """It should tell that people took many votes out: the revision of before still has its count."""
    world.request(7, *(f'Cid {n}' for n in range(17)))
    world.run(0)
    world._votes[7] = []
    world.request(7, hours=1)
    report = world.run(30)
    assert (report.outcome.done, report.failures) == ((box(7),), ())
    assert '0 support' in world.wiki.text(box(7))


def miscount(world: World, number: int, counted: int) -> None:
    """Have a box say that an earlier run has counted so many positions."""
    state = world.wiki.page(box(number))
    world.wiki.save(box(number), re.sub(r'positions=\d+', f'positions={counted}', state.text, count=1), BOT)


def test_held_by_the_brake(world: World) -> None:
    """It should hold back a box alone whose old revision counts otherwise today, and say so in the log."""
    world.run(0)
    miscount(world, 7, 40)
    world.request(7, 'Cid', hours=1)
    world.request(9, 'Cid', hours=1)
    report = world.run(30)
    detail = 'loses 38 signed positions, limit 5'
    assert SkippedPage(box(7), SkipReason.HELD, detail) in report.plan.left
    assert report.outcome.done == (box(9), BOARD)
    assert report.failures == (f'{box(7)}: held by the brake ({detail})',)
    assert read_log(world.wiki.text(LOG))[0].failures == report.failures
    assert box(7) in world.run(31, StatusOptions(brake=False)).outcome.done


def test_thirty_requests_at_once(world: World) -> None:
    """It should post a box for each of thirty requests that somebody makes at once."""
    world.run(0)
    for number in range(10, 40):
        world.request(number, 'Ada', hours=1)
    report = world.run(2)
    assert (len(report.outcome.done), report.failures) == (31, ())


# When something fails.


def test_unreadable_request(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """It should go on after a request that cannot be read, say so by page id, and leave the board."""
    world.unreadable = {8}
    with caplog.at_level(logging.WARNING):
        report = world.run(0)
    assert report.outcome.done == (box(7),)
    assert report.plan.left == (SkippedPage(BOARD, SkipReason.INCOMPLETE),)
    assert report.failures == ('page 8: could not be read',)
    assert read_log(world.wiki.text(LOG))[0].failures == report.failures
    assert 'page 8: ' in caplog.text
    world.unreadable = set()
    assert world.run(1).outcome.done == (box(8), BOARD)


def test_unreadable_although_known(world: World) -> None:
    """It should go on after a request that is known from before, but cannot be read for its box."""
    world.run(0)
    for number in (7, 8):
        world.request(number, 'Cid', hours=1)
    world.run(2)
    world.unreadable = {8}
    report = world.run(30)
    assert report.outcome.done == (box(7),)
    assert report.failures == ('page 8: could not be read',)


def test_failures_name_nobody(world: World) -> None:
    """It should name nobody where it says what was not done, whatever the wiki says."""
    world.unreadable = {8}
    world.wiki.refusals = {box(7): [Refusal.FILTERED], LOG: []}
    report = world.run(0)
    assert report.failures == ('page 8: could not be read', f'{box(7)}: filtered')
    assert report.outcome.refused[0].detail == 'Vulpecula did it'
    assert 'Vulpecula' not in ''.join(world.wiki.all_text().values())


def test_one_refused(world: World) -> None:
    """It should make the other edits when one is refused, say so, and try it again in the next run."""
    world.wiki.refusals = {box(8): [Refusal.PROTECTED]}
    report = world.run(0)
    assert report.outcome.done == (box(7), BOARD)
    assert report.failures == (f'{box(8)}: protected',)
    assert read_log(world.wiki.text(LOG))[0].failures == report.failures
    assert world.run(1).outcome.done == (box(8),)


def test_log_refused(world: World) -> None:
    """It should say so when the log was refused, and tell the run in the next one."""
    world.wiki.refusals = {LOG: [Refusal.PROTECTED]}
    report = world.run(0)
    assert report.failures == (f'{LOG}: protected',)
    world.run(1)
    assert [(run.time, run.edits) for run in read_log(world.wiki.text(LOG))] == [(after(1), 3)]


def test_conflict_on_the_log(world: World) -> None:
    """It should plan the log anew when it met a conflict there."""
    world.wiki.refusals = {LOG: [Refusal.CREATED]}
    report = world.run(0)
    assert report.failures == ()
    assert [run.edits for run in read_log(world.wiki.text(LOG))] == [3]


def test_wiki_silent_after_the_edits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should tell what was edited though the pages cannot be read any more for the log."""
    states, asked = world.wiki.states, list[object]()

    def fail_later(titles: Iterable[str]) -> Mapping[str, CurrentPage]:
        asked.append(titles)
        if len(asked) > 1:
            raise WikiError('no answer')
        return states(titles)

    monkeypatch.setattr(world.wiki, 'states', fail_later)
    report = world.run(0)
    assert report.outcome.done == (box(8), box(7), BOARD)
    assert report.failures == (f'{LOG}: no answer',)


def test_conflict(world: World) -> None:
    """It should plan anew on fresh pages when somebody edited at the same moment, and leave the rest done."""
    world.wiki.refusals = {box(8): [Refusal.CONFLICT]}
    report = world.run(0)
    assert report.failures == ()
    assert report.outcome.done == (box(7), BOARD, box(8))
    assert [[*whys(plan)] for plan in world.shown] == [[box(8), box(7), BOARD], [box(8)]]


def test_conflict_beside_a_refusal(world: World) -> None:
    """It should try again what met a conflict, and nothing else."""
    world.wiki.refusals = {box(8): [Refusal.CONFLICT], box(7): [Refusal.PROTECTED]}
    report = world.run(0)
    assert report.outcome.done == (BOARD, box(8))
    assert report.failures == (f'{box(7)}: protected',)
    assert [*whys(world.shown[1])] == [box(8)]


def test_conflict_without_end(world: World) -> None:
    """It should give up after three tries, and say so."""
    world.wiki.refusals = {box(8): [Refusal.CONFLICT] * 9}
    report = world.run(0)
    assert MOST_TRIES == 3
    assert len(world.shown) == 3
    assert len(world.wiki.refusals[box(8)]) == 6
    assert report.failures == (f'{box(8)}: edit conflict',)


@pytest.mark.parametrize('kind', ['edited', 'deleted', 'created'])
def test_a_person_comes_first(world: World, kind: Literal['edited', 'deleted', 'created']) -> None:
    """It should leave a page that a person takes at the same moment, without asking for anything more."""
    if kind != 'created':
        world.run(0)
        world.request(7, 'Cid', hours=1)
        world.shown.clear()

    def meanwhile(title: str) -> None:
        if title == box(7) and world.wiki.page(title).user in {BOT, None}:
            world.wiki.delete(title) if kind == 'deleted' else world.wiki.save(title, 'Mine.', 'Somebody')

    world.wiki.meanwhile = meanwhile
    report = world.run(30)
    assert report.failures == ()
    assert box(7) not in report.outcome.done
    assert world.wiki.text(box(7)) == ('' if kind == 'deleted' else 'Mine.')
    assert len(world.shown) == 1
    assert LOG in world.wiki.saved


def test_no_answer(world: World) -> None:
    """It should look up whether an edit was made whose answer was lost, and never make it twice."""
    world.wiki.lost = {box(8)}
    world.wiki.refusals = {box(7): [Refusal.NO_ANSWER]}
    report = world.run(1.23456)
    assert set(report.outcome.done) == {box(8), BOARD}
    assert report.failures == (f'{box(7)}: no answer',)
    assert read_log(world.wiki.text(LOG))[0].edits == 2
    assert world.run(2).outcome.done == (box(7),)


def test_wiki_says_no(world: World) -> None:
    """It should stop asking a wiki that takes no edits, and name all that was not done."""
    world.request(9, 'Ada')
    world.wiki.refusals = {title: [Refusal.READ_ONLY] for title in (box(7), box(8), box(9), LOG)}
    report = world.run(0)
    assert world.wiki.saved == []
    assert report.failures == tuple(f'{title}: read only' for title in (box(9), box(8), box(7), BOARD, LOG))


def test_stopped(world: World) -> None:
    """It should end when somebody stops it, keep what is done, and leave the log alone."""
    world.request(9, 'Ada')
    world.wiki.refusals = {box(9): [Refusal.PROTECTED], box(7): [Stopped('somebody stopped it')]}
    report = world.run(0)
    assert report.outcome.stopped == 'somebody stopped it'
    assert report.outcome.done == (box(8),)
    assert report.failures == (f'{box(9)}: protected',)
    assert world.wiki.saved == [box(8)]
    world.run(1)
    assert read_log(world.wiki.text(LOG))[0].edits == 4


def test_stopped_while_reading(world: World) -> None:
    """It should end while it reads, too, before anything is edited."""

    def stop() -> None:
        if world.reads:
            raise Stopped('asked to end')

    world.check_stop = stop
    with pytest.raises(Stopped, match='asked to end'):
        world.run(0)
    assert world.reads == [8]
    assert world.wiki.saved == []


def test_killed_run(world: World) -> None:
    """It should go on where a killed run ended, and tell its edits."""
    world.wiki.refusals = {box(7): [KeyboardInterrupt()]}
    with pytest.raises(KeyboardInterrupt):
        world.run(0)
    assert world.wiki.saved == [box(8)]
    assert world.run(1).outcome.done == (box(7), BOARD)
    assert [(run.time, run.edits) for run in read_log(world.wiki.text(LOG))] == [(after(1), 3)]


def test_wiki_cannot_be_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should end with an error when its own pages cannot be read: it would not know what to leave."""

    def fail(titles: object) -> None:
        raise WikiError('no answer')

    monkeypatch.setattr(world.wiki, 'states', fail)
    with pytest.raises(WikiError):
        world.run(0)
    assert world.wiki.saved == []


# The log.


def test_log_of_quiet_runs(world: World) -> None:
    """It should log runs that edited or failed only, and give a sign of life each day."""
    world.run(0)
    first = world.wiki.text(LOG)
    world.run(12)
    assert world.wiki.text(LOG) == first
    world.run(24)
    assert world.wiki.saved == [LOG]
    assert 'Last sign of life: 12:00, 4 May 2027' in world.wiki.text(LOG)
    assert read_log(world.wiki.text(LOG)) == read_log(first)
    world.run(47.9)
    assert world.wiki.saved == []


def test_log_of_several_runs(world: World) -> None:
    """It should have the newest run at the top, each with its own edits."""
    world.run(0)
    world.request(9, hours=1)
    world.run(2)
    world.unreadable = {7}
    world.request(7, 'Cid', hours=2.5)
    world.run(3)
    assert [(run.edits, run.failures) for run in read_log(world.wiki.text(LOG))] == [
        (0, ('page 7: could not be read',)),
        (2, ()),
        (3, ()),
    ]


# The cache.


def test_read_once(world: World) -> None:
    """It should read a request again only when it has a new revision."""
    world.run(0)
    assert world.reads == [8, 7]
    world.run(1)
    assert world.reads == []
    world.request(7, 'Cid', hours=1)
    world.run(2)
    assert world.reads == [7]
    world.run(3)
    assert world.reads == []


def test_read_when_a_closing_counts(world: World) -> None:
    """It should read a request again at the moment from which its closing counts."""
    world.request(7, hours=-1, status='closed')
    world.run(0)
    world.run(22.9)
    assert world.reads == []
    world.run(23)
    assert world.reads == [7]


def test_read_for_its_box(world: World) -> None:
    """It should read a request that it knows when its box is to be written."""
    world.run(0)
    world.request(7, 'Cid', hours=1)
    world.run(2)
    world.run(30)
    assert world.reads == [7]


#: What happens between two runs: after so many hours a vote or another status, then a run.
STEPS = st.lists(
    st.tuples(
        st.sampled_from([0.5, 11, 24, 25]),
        st.sampled_from([None, 7, 8, 9]),
        st.sampled_from(['', 'closed']),
        st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_cache_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[float, int | None, str, bool]]
) -> None:
    """It should write the same pages when the cache is deleted between any two runs."""
    kept, deleted = (World(tmp_path_factory.mktemp(name)) for name in ('kept', 'deleted'))
    hours = 0.0
    for number, (wait, request, status, delete) in enumerate([(0.0, 7, '', False), *steps]):
        hours += wait
        if delete:
            shutil.rmtree(deleted.cache, ignore_errors=True)
        for world in (kept, deleted):
            if request is not None:
                world.request(request, f'Ada {number}', hours=hours - 0.2, status=status)
            world.run(hours)
        assert kept.wiki.saved == deleted.wiki.saved
    assert kept.wiki.all_text() == deleted.wiki.all_text()


def test_cache_cannot_be_written(world: World) -> None:
    """It should end with an error that the operator can mend, before anything is edited."""
    world.cache.write_text('')
    with pytest.raises(UserError, match='another folder for the cache'):
        world.run(0)
    assert world.wiki.saved == []


def test_sample(tmp_path: Path) -> None:
    """It should write the sample's board, boxes and log into a folder."""
    path = tmp_path / 'meta.xml'
    path.write_bytes(EXPORT.read_bytes())
    folder = tmp_path / 'out'
    source, writer = ExportSource(path, META), FolderWriter(folder)
    job = StatusJob(source, writer, reader_for(META), Cache(None), META, Messages(), TODAY)
    report = update_status(job, StatusOptions(), approve=lambda plan: True)
    assert len([*folder.iterdir()]) == len(report.tallies) + 2
    assert report.failures == ()


# Settings on the wiki.

assert META.settings is not None
IN_FORCE = META.settings.in_force
PROBLEM = Problem(Flaw.BROKEN, 9)


def test_problem_with_the_settings(world: World) -> None:
    """It should tell at once, on the board, of a problem that comes, and when it has gone; once each."""
    world.in_force = InForce(revision=8)
    world.run(0)
    assert world.wiki.saved == [IN_FORCE, box(8), box(7), BOARD, LOG]
    for hours, problem in ((1, PROBLEM), (2, None)):
        world.in_force = InForce(revision=8, problem=problem, told=True)
        report = world.run(hours)
        assert whys(report.plan) == {IN_FORCE: EditReason.SETTINGS, BOARD: EditReason.STANDING}
        assert ('Special:Diff/9' in world.wiki.text(BOARD)) is (problem is not None)
        assert world.run(hours + 0.5).plan.edits == ()


def test_in_force_taken_by_a_person(world: World) -> None:
    """It should leave the page that tells of settings alone where a person has edited it, and do the rest."""
    world.wiki.save(IN_FORCE, 'Mine.', 'Merrowby')
    world.in_force = InForce(problem=PROBLEM, told=True)
    report = world.run(0)
    assert left(report.plan) == {IN_FORCE: SkipReason.HANDS_OFF}
    assert world.wiki.text(IN_FORCE) == 'Mine.'
    assert 'Special:Diff/9' in world.wiki.text(BOARD)


def test_in_force_and_conflicts(world: World) -> None:
    """It should plan anew, with the rest, a page of settings that somebody edits at the same moment."""
    world.in_force = InForce(revision=8)
    world.wiki.refusals[IN_FORCE] = [Refusal.CONFLICT]
    assert world.run(0).failures == ()
    assert world.wiki.saved.count(IN_FORCE) == 1


def test_skipped_request(world: World) -> None:
    """It should leave a request alone that the settings name: no box, no row, and its box stays as it is."""
    world.run(0)
    before = world.wiki.all_text()
    world.request(7, 'Cid', hours=1)
    world.in_force = InForce(Settings(skip=frozenset({7})), 8)
    report = world.run(30)
    assert whys(report.plan) == {IN_FORCE: EditReason.SETTINGS, BOARD: EditReason.STANDING}
    assert world.wiki.all_text()[box(7)] == before[box(7)]
    assert 'Lacerta 7' not in world.wiki.text(BOARD)
    with pytest.raises(UserError, match='-request: 7 is no request here: left alone'):
        world.run(31, StatusOptions(frozenset({'7'})))


def test_switched_off(world: World) -> None:
    """It should read and edit nothing but the page that tells of it, once, while it is switched off."""
    world.in_force = InForce(Settings(off=frozenset({Task.STATUS})), 8)
    for saved in ([IN_FORCE], []):
        with pytest.raises(Stopped, match='status is switched off on User:Request facts bot'):
            world.run(0)
        assert (world.wiki.saved, world.reads) == (saved, [])


def test_switched_off_without_approval(world: World) -> None:
    """It should edit not even that page where nobody approves."""
    world.approved = False
    world.in_force = InForce(Settings(off=frozenset({Task.STATUS})), 8)
    with pytest.raises(Stopped):
        world.run(0)
    assert world.wiki.saved == []


def test_settings_may_shrink(world: World) -> None:
    """It should not have the brake held by settings that are taken back."""
    world.in_force = InForce(Settings(skip=frozenset(range(100, 300))), 8)
    world.run(0)
    world.in_force = InForce(Settings(), 9, told=True)
    assert whys(world.run(1).plan) == {IN_FORCE: EditReason.SETTINGS}
