"""Runs that answer what people ask on talk pages."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from globalban_bot.decide.last_answers import LAST
from globalban_bot.errors import Stopped, UserError, WikiError
from globalban_bot.model.limits import Limits
from globalban_bot.model.marker import FORGOTTEN
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, SkipReason
from globalban_bot.model.refusal import Refusal
from tests.unit.jobs.made import BOT
from tests.unit.jobs.talk.made import ASK, OTHER_ID, OTHER_TALK, OWN_TALK, TALK, Stage, TalkWiki
from tests.unit.made_notices import HOME, META, PAGE_ID

NOTHING = Outcome()
FAILED = 'This could not be looked up just now'


@pytest.fixture
def stage() -> Stage:
    return Stage()


def quiet(stage: Stage) -> bool:
    """Run again, and tell whether nothing came of it."""
    stage.shown.clear()
    before = len(stage.recounts)
    report = stage.run()
    outcomes = (report.outcome, report.recounted, report.failures)
    return (
        outcomes == (NOTHING, None, ())
        and (stage.wiki.saved, stage.shown) == ([], [])
        and (len(stage.recounts) == before)
    )


# Answers.


def test_nothing_asked(stage: Stage) -> None:
    """It should edit nothing, and read no page, where nobody has asked."""
    assert quiet(stage)
    assert len(stage.farm.asked) == 1


def test_help(stage: Stage) -> None:
    """It should leave what the template answers itself to the template."""
    stage.ask('help')
    stage.ask('close')
    assert quiet(stage)


def test_asked(stage: Stage) -> None:
    """It should answer on a page of its own, named by a number, and leave the talk page alone."""
    revision = stage.ask('recount')
    before = stage.farm.revisions(TALK)
    report = stage.run()
    assert report.outcome.done == (stage.answers_page(),) == ('User:Request facts bot/Answers/70',)
    assert stage.farm.revisions(TALK) == before
    assert report.failures == ()
    assert [*stage.told()] == ['recount']
    assert stage.found().seen == revision
    (plan,) = stage.shown
    assert [(edit.why, edit.summary) for edit in plan.edits] == [
        (EditReason.NEW, 'Answers to what was asked on [[Special:Redirect/page/70|page 70]] (bot)')
    ]
    assert quiet(stage)


def test_on_each_page(stage: Stage) -> None:
    """It should answer on the talk pages of requests and on its own, in one plan."""
    stage.ask('recount')
    stage.ask('recount', on=OTHER_TALK)
    stage.ask('recount', str(OTHER_ID), on=OWN_TALK)
    report = stage.run()
    assert report.outcome.done == tuple(map(stage.answers_page, (TALK, OTHER_TALK, OWN_TALK)))
    assert ([*stage.told()], [*stage.told(OTHER_TALK)]) == (['recount'], ['recount'])
    assert [*stage.told(OWN_TALK)] == [f'recount {OTHER_ID}']
    assert len(stage.shown) == 1


@pytest.mark.parametrize(
    'title', ['Talk:Somewhere', 'User talk:Somebody', f'{TALK}/Archive 1', f'{OWN_TALK}/Archive 1']
)
def test_elsewhere(stage: Stage, title: str) -> None:
    """It should not hear other talk pages: they may be copies, such as archives."""
    stage.ask('recount', on=title)
    assert quiet(stage)
    assert not any(question.get('titles') == title for _, question in stage.farm.asked)


def test_asked_again(stage: Stage) -> None:
    """It should answer anew, at the end, what is asked again."""
    stage.ask('recount')
    stage.ask('status')
    stage.run()
    stage.wait(hours=2)
    stage.vote('Voter')
    stage.ask('recount', by='Bo')
    assert stage.run().outcome.done == (stage.answers_page(),)
    assert [*stage.told()] == ['status', 'recount']
    assert '1 support' in stage.told()['recount']
    assert 'Support +1' in stage.told()['recount']
    assert quiet(stage)


def test_at_once(stage: Stage) -> None:
    """It should not wait for the next day, as it does for news on its other pages."""
    for minutes in range(3):
        stage.ask('status', str(minutes))
        assert stage.run().outcome.done == (stage.answers_page(),)
        stage.wait(minutes=1)


def test_taken_out_before_the_run(stage: Stage) -> None:
    """It should not answer what was taken out before the run."""
    stage.ask('recount')
    stage.write(f'{{{{{ASK}|help}}}}', 'Bo')
    assert quiet(stage)


def test_asked_too_often(stage: Stage) -> None:
    """It should say once that it was too often, though nothing else is new."""
    for number in range(1, 6):
        stage.ask('status', str(number))
    stage.run()
    stage.ask('recount')
    report = stage.run()
    assert report.outcome.done == (stage.answers_page(),)
    assert 'Not answered: the limit of' in stage.told()['recount']
    assert (report.recounted, stage.recounts) == (None, [])
    assert quiet(stage)


# What cannot be read.


def test_failures(stage: Stage) -> None:
    """It should answer the others, and tell operators and people, where one answer cannot be looked up."""
    stage.source.unreadable = {OTHER_ID}
    stage.ask('recount', str(OTHER_ID), on=OWN_TALK)
    stage.ask('recount', str(PAGE_ID), on=OWN_TALK)
    report = stage.run()
    assert report.failures == ('talk page 90: recount could not be answered',)
    assert FAILED in stage.told(OWN_TALK)[f'recount {OTHER_ID}']
    assert '0 support' in stage.told(OWN_TALK)[f'recount {PAGE_ID}']


def test_talk_page_that_cannot_be_read(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """It should hear the other talk pages where one cannot be read, and hear that one by the next run."""
    stage.farm.unreadable = {TALK}
    for on in (TALK, OTHER_TALK):
        stage.ask('recount', on=on)
    with caplog.at_level(logging.WARNING):
        report = stage.run()
    assert report.failures == ('talk page 70: could not be read',)
    assert 'talk page 70' in caplog.text
    assert report.outcome.done == (stage.answers_page(OTHER_TALK),)
    stage.farm.unreadable = set()
    assert stage.run().outcome.done == (stage.answers_page(TALK),)


def test_silent_wiki(stage: Stage) -> None:
    """It should fail as a whole where the wiki does not tell on which pages somebody has asked."""
    stage.ask('recount')
    stage.farm.silent = {HOME}
    with pytest.raises(WikiError):
        stage.run()


def test_own_pages_that_cannot_be_read(stage: Stage) -> None:
    """It should fail as a whole where its own pages are not told: all would be answered a second time."""
    stage.ask('recount')

    class Silent(TalkWiki):
        def states(self, titles: object) -> None:  # type: ignore[override]
            raise WikiError('no answer')

    stage.wiki = Silent(stage.farm)
    with pytest.raises(WikiError):
        stage.run()


@pytest.mark.parametrize('error', [Stopped('SIGTERM'), UserError('-request')])
def test_let_through(stage: Stage, error: Exception) -> None:
    """It should be stopped between two talk pages, with nothing saved yet."""
    for on in (TALK, OTHER_TALK):
        stage.ask('recount', on=on)
    calls = iter([None, error])

    def check() -> None:
        found = next(calls)
        if found is not None:
            raise found

    stage.check_stop = check
    with pytest.raises(type(error)):
        stage.run()
    assert (stage.wiki.saved, stage.recounts) == ([], [])


# What people and the wiki do to the pages of answers.


def test_edited_by_a_person(stage: Stage) -> None:
    """It should leave a page of answers that a person has edited."""
    stage.ask('recount')
    stage.run()
    title = stage.answers_page()
    stage.wiki.save(title, stage.wiki.page(title).text + '\nWell.', 'Ada')
    text = stage.wiki.page(title).text
    stage.ask('status')
    assert stage.run().outcome == NOTHING
    assert stage.wiki.page(title).text == text
    assert [left.title for left in stage.shown[-1].left] == [title]
    assert [left.reason for left in stage.shown[-1].left] == [SkipReason.HANDS_OFF]


def test_deleted(stage: Stage) -> None:
    """It should never make a page of answers again that was deleted."""
    stage.ask('recount')
    stage.run()
    stage.wiki.delete(stage.answers_page())
    stage.ask('status')
    assert stage.run().outcome == NOTHING
    assert stage.wiki.page(stage.answers_page()).revision is None


def test_forgotten(stage: Stage) -> None:
    """It should never fill a page of answers again that an operator had blanked."""
    stage.ask('recount')
    stage.run()
    title = stage.answers_page()
    text = stage.wiki.page(title).text.partition('\n')[0].replace(f'seen-{stage.found().seen}', FORGOTTEN)
    stage.wiki.save(title, text, BOT)
    stage.ask('status')
    assert stage.run().outcome == NOTHING
    assert stage.wiki.page(title).text == text


@pytest.mark.parametrize('refusal', [Refusal.PROTECTED, Refusal.CONFLICT, Refusal.BLOCKED])
def test_refused(stage: Stage, refusal: Refusal) -> None:
    """It should tell of an edit that was refused, save the others, and make up for it by the next run."""
    stage.ask('recount')
    stage.ask('recount', on=OTHER_TALK)
    title = stage.answers_page()
    stage.wiki.refusals = {title: [refusal]}
    report = stage.run()
    assert report.outcome == Outcome(
        (stage.answers_page(OTHER_TALK),), (Refused(title, refusal, 'Vulpecula did it'),)
    )
    assert stage.run().outcome.done == (title,)
    assert [*stage.told()] == ['recount']


def test_answer_that_was_lost(stage: Stage) -> None:
    """It should know by the next run that an edit was made whose answer was lost."""
    stage.ask('recount')
    stage.wiki.lost = {stage.answers_page()}
    assert [one.refusal for one in stage.run().outcome.refused] == [Refusal.NO_ANSWER]
    stage.wiki.lost = set()
    assert quiet(stage)


def test_stopped_while_saving(stage: Stage) -> None:
    """It should be stopped in the midst, bring no box up to date then, and go on by the next run."""
    stage.ask('recount')
    stage.ask('recount', on=OTHER_TALK)
    stage.wiki.refusals = {stage.answers_page(OTHER_TALK): [Stopped('the stop page')]}
    report = stage.run()
    assert (report.outcome.done, report.outcome.stopped) == ((stage.answers_page(),), 'the stop page')
    assert (report.recounted, stage.recounts) == (None, [])
    report = stage.run()
    assert report.outcome.done == (stage.answers_page(OTHER_TALK),)
    assert stage.recounts == [{PAGE_ID, OTHER_ID}]


def test_not_approved(stage: Stage) -> None:
    """It should save nothing where the plan is not approved, and answer when it is."""
    stage.approved = False
    stage.boxes = False
    stage.ask('recount')
    report = stage.run()
    assert (report.outcome, stage.wiki.saved) == (NOTHING, [])
    assert [edit.title for plan in stage.shown for edit in plan.edits] == [stage.answers_page()]
    stage.approved = True
    assert stage.run().outcome.done == (stage.answers_page(),)


def test_more_pages_than_a_run_may_edit(stage: Stage) -> None:
    """It should answer on as many pages as a run may edit, and go on by the next run."""
    stage.profile = replace(META, limits=Limits(edits=1, fall=5, rise=60, shrink=0.5))
    for on in (TALK, OTHER_TALK):
        stage.ask('recount', on=on)
    assert stage.run().outcome.done == (stage.answers_page(TALK),)
    assert stage.run().outcome.done == (stage.answers_page(OTHER_TALK),)
    assert quiet(stage)


def test_answers_that_shrink(stage: Stage) -> None:
    """It should not be held back by answers that are shorter than those before."""
    stage.profile = replace(META, limits=Limits(edits=9, fall=5, rise=60, shrink=0.01))
    stage.ask('nomination')
    stage.run()
    long = len(stage.wiki.page(stage.answers_page()).text)
    stage.forget()
    for _ in range(LAST):
        stage.wait(hours=1)
        stage.ask('nomination')
        assert stage.run().outcome.done == (stage.answers_page(),)
    assert len(stage.wiki.page(stage.answers_page()).text) < long
    assert [edit.why for edit in stage.shown[-1].edits] == [EditReason.ANSWERS]


def test_answers_of_an_older_release(stage: Stage) -> None:
    """It should keep the answer of an older release as it is, beside the new one, and not answer it again."""
    stage.box()
    revision = stage.ask('recount')
    old = (
        f'<!-- asked {revision} of {PAGE_ID} at 2027-05-03T12:00:00Z -->Recounted at revision 7.<!-- end -->'
    )
    body = '<includeonly>{{#switch:{{{1|}}}/{{{2|}}}\n|recount/=' + old + '\n|#default=}}</includeonly>'
    title = stage.answers_page()
    stage.wiki.save(
        title, DesiredPage(DesiredFacts(title, 'facts', f'seen-{revision}'), body, stage.now).text, BOT
    )
    assert quiet(stage)
    stage.wait(hours=1)
    stage.ask('recount', by='Bo')
    assert stage.run().outcome.done == (title,)
    assert [one.revisions[0] > revision for one in stage.found().answers] == [False, True]
    assert f'<!-- end -->{old}\n' in stage.wiki.page(title).text
    assert quiet(stage)


@pytest.mark.parametrize('moment', ['0001-01-01T00:00:00Z', '0500-01-01T00:00:00Z', '2028-01-01T00:00:00Z'])
def test_page_of_answers_made_by_a_person(stage: Stage, moment: str) -> None:
    """It should believe nothing that a person has written on a page of answers, a time neither."""
    marker = f'<!-- globalban_bot facts=a standing=seen-1 positions=- as-of={moment} body=a -->'
    stage.wiki.save(stage.answers_page(), marker, 'Ada')
    stage.ask('status')
    stage.ask('recount', on=OTHER_TALK)
    assert stage.run().outcome.done == (stage.answers_page(OTHER_TALK),)


def test_pages_that_are_not_looked_up(stage: Stage) -> None:
    """It should not even look up the pages that it does not answer, however many call the template."""
    for number in range(60):
        stage.write(f'{{{{{ASK}|status}}}}', on=f'User talk:Flood/{number}')
    stage.ask('status')
    stage.run()
    looked = [one for _, one in stage.farm.asked if 'pageids' in one]
    assert [one['pageids'] for one in looked] == ['70']


# Boxes.


@pytest.mark.parametrize('on', [TALK, OTHER_TALK, OWN_TALK])
def test_recount(stage: Stage, on: str) -> None:
    """It should bring up to date the box of the request that was asked to be counted, once, and no other."""
    stage.box(PAGE_ID)
    stage.box(OTHER_ID)
    stage.wait(hours=1)
    stage.ask('recount', str(OTHER_ID), on=on)
    report = stage.run()
    assert report.recounted is not None
    assert stage.recounts == [{OTHER_ID}]
    assert quiet(stage)


@pytest.mark.parametrize('words', ['status', 'nomination', 'coverage'])
def test_no_recount(stage: Stage, words: str) -> None:
    """It should bring no box up to date for another question."""
    stage.ask(words)
    report = stage.run()
    assert (report.recounted, stage.recounts) == (None, [])
    assert [*stage.told()] == [words]


@pytest.mark.parametrize('words', [('recount', '99'), ('recount', 'the one on Ada'), ('recount', '0')])
@pytest.mark.parametrize('on', [TALK, OWN_TALK])
def test_recount_of_no_request(stage: Stage, words: tuple[str, ...], on: str) -> None:
    """It should bring no box up to date where another or no request was named."""
    stage.ask(*words, on=on)
    assert stage.run().recounted is None
    assert (stage.recounts, len(stage.told(on))) == ([], 1)


def test_box_that_is_still_owed(stage: Stage) -> None:
    """It should bring up to date by the next run a box that a run which was killed has left."""
    stage.box()
    stage.wait(hours=1)
    stage.ask('recount')
    stage.boxes = False
    stage.run()
    assert stage.recounts == []
    stage.boxes = True
    stage.wait(hours=1)
    report = stage.run()
    assert report.outcome == NOTHING
    assert stage.recounts == [{PAGE_ID}]
    assert quiet(stage)


def test_box_of_what_is_no_request_any_more(stage: Stage) -> None:
    """It should bring the others up to date where a request was moved away after it was asked about."""
    stage.boxes = False
    for page_id in (PAGE_ID, OTHER_ID):
        stage.ask('recount', str(page_id), on=OWN_TALK)
    stage.run()
    stage.boxes = True
    del stage.source.titles[PAGE_ID]
    stage.run()
    assert stage.recounts == [{OTHER_ID}]


@pytest.mark.parametrize(('hours', 'owed'), [(23.99, True), (24, False)])
def test_box_that_is_no_longer_owed(stage: Stage, hours: float, owed: bool) -> None:
    """It should not go on for more than a day: the box follows by itself then."""
    stage.boxes = False
    stage.ask('recount')
    stage.run()
    stage.boxes = True
    stage.wait(hours=hours)
    stage.run()
    assert bool(stage.recounts) is owed


def test_asked_on_two_pages(stage: Stage) -> None:
    """It should take the last time for which a box is owed, on whichever page it was asked."""
    stage.ask('recount', str(PAGE_ID), on=OWN_TALK)
    stage.run()
    stage.wait(hours=1)
    stage.ask('recount', on=TALK)
    stage.run()
    assert stage.recounts == [{PAGE_ID}] * 2
    assert [*stage.told(), *stage.told(OWN_TALK)] == ['recount', f'recount {PAGE_ID}']


def test_asked_on_two_pages_the_other_way_round(stage: Stage) -> None:
    """It should take the last time, though the page on which it was asked comes first."""
    stage.ask('recount', on=TALK)
    stage.ask('status', on=OWN_TALK)
    stage.run()
    stage.wait(hours=1)
    stage.ask('recount', on=TALK)
    stage.ask('recount', str(PAGE_ID), on=OWN_TALK)
    stage.boxes = False
    stage.run()
    stage.wait(hours=1)
    stage.box()
    stage.ask('recount', on=TALK)
    stage.boxes = True
    stage.wait(minutes=1)
    stage.run()
    assert stage.recounts[-1:] == [{PAGE_ID}]
    assert len(stage.recounts) == 2


@pytest.mark.parametrize('gone', ['deleted', 'forgotten'])
def test_box_that_is_gone(stage: Stage, gone: str) -> None:
    """It should tell nothing of a request whose box was taken away for good, and never owe that box."""
    title = stage.box()
    if gone == 'deleted':
        stage.wiki.delete(title)
    else:
        stage.forget()
    text = stage.wiki.page(title)
    stage.ask('recount')
    stage.ask('recount', str(PAGE_ID), on=OWN_TALK)
    stage.run()
    assert 'no request of this number' in stage.told()['recount']
    assert 'no request of this number' in stage.told(OWN_TALK)[f'recount {PAGE_ID}']
    assert (stage.recounts, stage.wiki.page(title)) == ([], text)
