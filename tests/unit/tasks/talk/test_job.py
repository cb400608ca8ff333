"""Runs that answer what people ask on talk pages."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from globalban_bot.errors import Stopped, UserError, WikiError
from globalban_bot.model.limits import Limits
from globalban_bot.model.marker import FORGOTTEN
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.plan import Leaving, Why
from globalban_bot.model.refusal import Refusal
from globalban_bot.profiles.controls import Reply
from tests.unit.made_notices import HOME, META, NOW, PAGE_ID
from tests.unit.tasks.made import BOT
from tests.unit.tasks.talk.made import ASK, OTHER_ID, OTHER_TALK, OWN_TALK, SIGNED, TALK, Stage, TalkWiki

NOTHING = Outcome()
FAILED = 'This could not be looked up just now'


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def threaded() -> Stage:
    return Stage(Reply.THREADED)


def quiet(stage: Stage) -> bool:
    """Run again, and tell whether nothing came of it."""
    stage.shown.clear()
    before = len(stage.recounts)
    report = stage.run()
    outcomes = (report.replies, report.outcome, report.recounted, report.failures)
    return (
        outcomes == (NOTHING, NOTHING, None, ())
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
    assert (report.replies, report.failures) == (NOTHING, ())
    assert [*stage.told()] == ['recount']
    assert stage.found().seen == revision
    (plan,) = stage.shown
    assert [(edit.why, edit.summary) for edit in plan.edits] == [
        (Why.NEW, 'Answers to what was asked on [[Special:Redirect/page/70|page 70]] (bot)')
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
    assert 'Asked too often' in stage.told()['recount']
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
    assert [left.reason for left in stage.shown[-1].left] == [Leaving.HANDS_OFF]


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


@pytest.mark.parametrize('reply', Reply)
def test_more_pages_than_a_run_may_edit(reply: Reply) -> None:
    """It should answer on as many pages as a run may edit, and go on by the next run."""
    stage = Stage(reply)
    stage.profile = replace(META, limits=Limits(edits=1, fall=5, rise=60, shrink=0.5))
    for on in (TALK, OTHER_TALK):
        stage.ask('recount', on=on)
    assert stage.run().outcome.done == (stage.answers_page(TALK),)
    assert stage.run().outcome.done == (stage.answers_page(OTHER_TALK),)
    assert quiet(stage)


def test_answers_that_shrink(stage: Stage) -> None:
    """It should not be held back by an answer that is shorter than the one before."""
    stage.profile = replace(META, limits=Limits(edits=9, fall=5, rise=60, shrink=0.01))
    stage.ask('nomination')
    stage.run()
    long = len(stage.wiki.page(stage.answers_page()).text)
    stage.forget()
    stage.wait(hours=1)
    stage.ask('nomination')
    assert stage.run().outcome.done == (stage.answers_page(),)
    assert len(stage.wiki.page(stage.answers_page()).text) < long
    assert [edit.why for edit in stage.shown[-1].edits] == [Why.ANSWERS]


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


# Threaded replies.


def test_reply(threaded: Stage) -> None:
    """It should reply below the comment, signed, once, and remember the answer, too."""
    threaded.box()
    revision = threaded.ask('recount')
    before = threaded.text()
    report = threaded.run()
    assert report.replies.done == (TALK,)
    assert report.outcome.done == (threaded.answers_page(),)
    said, marker = (
        '0 support, 0 oppose, 0 neutral (a count, not an outcome).',
        f'answer {revision} recount/ -->',
    )
    line, reply, _ = threaded.text().split('\n')
    assert f'{line}\n' == before
    assert reply.startswith('*: Recounted at revision')
    assert said in reply
    assert reply.endswith(f'{SIGNED}<!-- globalban_bot {marker}')
    assert quiet(threaded)


def test_reply_is_its_own_plan(threaded: Stage) -> None:
    """It should show what it would reply before anything is saved, with a summary that names nobody."""
    revision = threaded.ask('status')
    threaded.run()
    replies, answers = threaded.shown
    assert [(edit.title, edit.why) for edit in replies.edits] == [(TALK, Why.REPLY)]
    assert replies.edits[0].summary == f'Answer to revision {revision} (bot)'
    assert replies.edits[0].before.time is None
    assert [edit.title for edit in answers.edits] == [threaded.answers_page()]


def test_replies_in_one_edit(threaded: Stage) -> None:
    """It should reply to all commands of a page by one edit, each below its own comment."""
    threaded.ask('status')
    threaded.ask('recount', by='Bo')
    report = threaded.run()
    assert report.replies.done == (TALK,)
    lines = threaded.text().split('\n')
    assert [line[:2] for line in lines] == ['* ', '*:', '* ', '*:', '']
    assert ('status/' in lines[1], 'recount/' in lines[3]) == (True, True)


def test_cut_off_before_it_was_remembered(threaded: Stage) -> None:
    """It should not reply a second time after a run that was cut off before the answer was saved."""
    threaded.ask('status')
    threaded.wiki.refusals = {threaded.answers_page(): [Stopped('SIGTERM')]}
    report = threaded.run()
    assert (report.replies.done, report.outcome.stopped) == ((TALK,), 'SIGTERM')
    text = threaded.text()
    threaded.wait(hours=1)
    report = threaded.run()
    assert (report.replies, report.outcome.done) == (NOTHING, (threaded.answers_page(),))
    assert threaded.text() == text
    assert quiet(threaded)


def test_marker_of_a_person(threaded: Stage) -> None:
    """It should reply, though somebody else has written the marker of a reply."""
    revision = threaded.ask('status')
    threaded.write(f'{threaded.text()}<!-- globalban_bot answer {revision} status/ -->\n', 'Ada')
    assert threaded.run().replies.done == (TALK,)


def test_reply_that_was_taken_out(threaded: Stage) -> None:
    """It should not reply again where a person has taken the reply out, also before the answer was saved."""
    threaded.ask('status')
    before = threaded.text()
    threaded.wiki.refusals = {threaded.answers_page(): [Stopped('SIGTERM')]}
    threaded.run()
    threaded.write(before, 'Ada')
    assert threaded.run().replies == NOTHING
    assert threaded.text() == before


def test_reply_again(threaded: Stage) -> None:
    """It should reply anew, below the new comment, when the same is asked again."""
    threaded.ask('status')
    threaded.run()
    threaded.wait(hours=1)
    threaded.ask('status', by='Bo')
    threaded.run()
    assert [line[:2] for line in threaded.text().split('\n')] == ['* ', '*:', '* ', '*:', '']


def test_reply_is_no_command(threaded: Stage) -> None:
    """It should not answer itself: a reply asks nothing."""
    threaded.ask('recount', 'all of it')
    threaded.run()
    assert f'{{{{{ASK}|recount|12345}}}}' in threaded.text()
    assert quiet(threaded)


def test_reply_refused(threaded: Stage) -> None:
    """It should tell of a reply that was refused, and remember the answer, which the template shows."""
    threaded.ask('status')
    threaded.wiki.refusals = {TALK: [Refusal.PROTECTED]}
    report = threaded.run()
    assert [(one.title, one.refusal) for one in report.replies.refused] == [(TALK, Refusal.PROTECTED)]
    assert [*threaded.told()] == ['status']
    assert quiet(threaded)


def test_edited_meanwhile(threaded: Stage) -> None:
    """It should not overwrite what somebody saves while it replies."""
    threaded.ask('status')

    def meanwhile(title: str) -> None:
        if title == TALK:
            threaded.write(f'{threaded.text()}Wait.\n', 'Bo')

    threaded.wiki.meanwhile = meanwhile
    report = threaded.run()
    assert [one.refusal for one in report.replies.refused] == [Refusal.CONFLICT]
    assert threaded.text().endswith('\nWait.\n')


def test_stopped_before_the_reply(threaded: Stage) -> None:
    """It should save no answer, and bring no box up to date, once it was stopped at a reply."""
    threaded.ask('recount')
    threaded.wiki.refusals = {TALK: [Stopped('the stop page')]}
    report = threaded.run()
    assert (report.replies.stopped, report.outcome) == ('the stop page', NOTHING)
    assert (threaded.wiki.saved, threaded.recounts) == ([], [])
    assert threaded.run().replies.done == (TALK,)


def test_reply_not_approved(threaded: Stage) -> None:
    """It should neither reply nor save where the plan is not approved."""
    threaded.approved = threaded.boxes = False
    threaded.ask('recount')
    report = threaded.run()
    assert (report.replies, report.outcome, threaded.wiki.saved) == (NOTHING, NOTHING, [])


def test_too_often_gets_no_reply(threaded: Stage) -> None:
    """It should not reply to what is asked too often: a flood is no reason for edits of a talk page."""
    for number in range(1, 6):
        threaded.ask('status', str(number))
    threaded.run()
    threaded.ask('recount')
    assert threaded.run().replies == NOTHING


def test_no_replies_unless_approved_by_the_wiki(stage: Stage) -> None:
    """It should post nothing on talk pages where the wiki has not approved that."""
    for on in (TALK, OWN_TALK):
        stage.ask('status', on=on)
    report = stage.run()
    assert report.replies == NOTHING
    assert {one.user for on in (TALK, OWN_TALK) for one in stage.farm.revisions(on)} == {'Reader'}


def test_reply_with_the_moment(threaded: Stage) -> None:
    """It should not wait with a reply, whenever it last replied."""
    for _ in range(3):
        threaded.ask('status')
        threaded.wait(seconds=1)
        assert threaded.run().replies.done == (TALK,)
    assert threaded.now == NOW + timedelta(seconds=3)
