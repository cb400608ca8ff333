"""What is heard on a talk page since it was read last."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from globalban_bot.decide.last_answers import MOST_ANSWERS
from globalban_bot.decide.rate_limit import DAY
from globalban_bot.errors import Stopped, UserError, WikiError
from globalban_bot.jobs.talk.process_page import RECENT, PageResult
from globalban_bot.model.command import CommandName, TalkCommand
from globalban_bot.model.talk import Answer, Answers
from tests.unit.jobs.talk.made import ASK, OTHER_ID, OWN_TALK, TALK, TALK_IDS, Stage, newest_of
from tests.unit.made_notices import NOW, PAGE_ID

RECOUNT = f'{{{{{ASK}|recount}}}}'
#: A call of the template that asks nothing: by it the page is found.
HELP = f'{{{{{ASK}|help}}}}'
LIMIT = (
    'Not answered: the limit of 5 questions per person or 20 questions on this page in 24 hours is reached.'
)


@pytest.fixture
def stage() -> Stage:
    return Stage()


class Bot:
    """Hears a talk page again and again, and remembers as the page of answers does."""

    def __init__(self, stage: Stage, on: str = TALK) -> None:
        self.stage = stage
        self.on = on
        self.answers = Answers(TALK_IDS[on])
        self.answered: datetime | None = None

    def hear(self) -> PageResult:
        """Hear the page once."""
        heard = self.stage.hearing().hear(self.stage.talk_page(self.on), self.answers, self.answered)
        if heard.is_new:
            self.answers, self.answered = heard.answers, self.stage.now
        return heard

    def new(self) -> tuple[Answer, ...]:
        """Hear the page once, and return the answers that are new, words on limits included."""
        before = self.answers.answers
        return tuple(one for one in self.hear().answers.answers if one not in before)

    def fresh(self) -> list[str]:
        """Hear the page once, and return what was answered: word and argument."""
        new = (one.command for one in self.new() if not one.is_limit)
        return [' '.join(filter(None, (one.ask.value, one.argument))) for one in new]

    @property
    def told(self) -> dict[str, str]:
        """The texts of the newest answers, by command."""
        return newest_of(self.answers)

    @property
    def lines(self) -> list[str]:
        """All answers, as English readers see their first words: links by their labels."""
        lines = (re.sub(r'<[^>]*>|\[\[[^|\]]*\||\]\]', '', one.text) for one in self.answers.answers)
        return [line.partition(':  ')[0] for line in lines]


@pytest.fixture
def bot(stage: Stage) -> Bot:
    return Bot(stage)


def untouched(heard: PageResult) -> bool:
    """Tell whether nothing came of it."""
    return (heard.is_new, heard.failed) == (False, ())


# What is new.


def test_answered_once(stage: Stage, bot: Bot) -> None:
    """It should answer what was asked, remember up to which revision it has read, and not answer it again."""
    first = stage.ask('recount')
    last = stage.ask('status', by='Bo')
    heard = bot.hear()
    assert [(one.command, one.revisions) for one in heard.answers.answers] == [
        (TalkCommand(CommandName.RECOUNT), (first,)),
        (TalkCommand(CommandName.STATUS), (last,)),
    ]
    assert (heard.answers.talk_id, heard.answers.seen) == (TALK_IDS[TALK], last)
    made = heard.answers.answers[0]
    assert (made.time, made.request, made.is_limit) == (NOW, PAGE_ID, False)
    assert untouched(bot.hear())


def test_says_what_was_asked(stage: Stage, bot: Bot) -> None:
    """It should begin an answer with what was asked and at which minute, not when it was answered."""
    revision = stage.ask('recount')
    stage.wait(minutes=25)
    bot.hear()
    link = f'[[Special:Diff/{revision}|12:00, 3 May 2027 (UTC)]]'
    assert f">'''Recount''', asked at {link}: Recounted at revision" in bot.told['recount']


def test_nothing_saved_since(stage: Stage, bot: Bot) -> None:
    """It should ask the wiki nothing where the page has not been edited since."""
    stage.ask('recount')
    bot.hear()
    page = stage.talk_page()
    stage.farm.asked.clear()
    assert untouched(stage.hearing().hear(page, bot.answers, bot.answered))
    assert stage.farm.asked == []


def test_nothing_asked_since(stage: Stage, bot: Bot) -> None:
    """It should keep all as it is where people talk of other things: no edit tells that it was read."""
    stage.ask('recount')
    bot.hear()
    stage.wait(hours=1)
    stage.write(f'{stage.text()}Well.\n', 'Bo')
    heard = bot.hear()
    assert untouched(heard)
    assert heard.answers == bot.answers


@pytest.mark.parametrize('hours', [0, 1, 23, 25, 24 * 7, 24 * 40])
def test_asked_beside_an_old_one(stage: Stage, bot: Bot, hours: float) -> None:
    """It should answer the new command alone, by who asked, however long ago the old one was."""
    stage.ask('recount')
    bot.hear()
    stage.wait(hours=hours)
    stage.ask('status', by='Bo')
    assert bot.fresh() == ['status']
    assert [*bot.told] == ['recount', 'status']


@pytest.mark.parametrize('hours', [0, 1, 25, 24 * 40])
def test_asked_again(stage: Stage, bot: Bot, hours: float) -> None:
    """It should answer once more what is asked again, and leave the answer of before as it was."""
    stage.ask('recount')
    stage.ask('status')
    bot.hear()
    before = bot.answers.answers
    stage.wait(hours=hours)
    stage.vote('Voter')
    stage.ask('recount', by='Bo')
    assert bot.fresh() == ['recount']
    assert bot.answers.answers[:2] == before
    assert '0 support' in before[0].text
    assert '1 support' in bot.told['recount']


def test_asked_by_two(stage: Stage, bot: Bot) -> None:
    """It should name the minutes of both where two people ask the same between two runs."""
    first = stage.ask('recount')
    stage.wait(minutes=18)
    last = stage.ask('recount', by='Bo')
    (one,) = bot.new()
    assert one.revisions == (first, last)
    assert bot.lines[0].startswith(
        "'''Recount''', asked at 12:00, 3 May 2027 (UTC); 12:18, 3 May 2027 (UTC): "
    )


def test_last_three(stage: Stage, bot: Bot) -> None:
    """It should keep the last three answers to a command, each with its minute; others stay."""
    stage.ask('status', by='Bo')
    for _ in range(4):
        stage.wait(hours=1)
        stage.ask('recount')
        bot.hear()
    assert [line.partition(' at ')[2][:5] for line in bot.lines] == ['12:00', '14:00', '15:00', '16:00']


def test_one_of_two_is_taken_out(stage: Stage, bot: Bot) -> None:
    """It should answer the question that still stands, and not the same that was taken out."""
    first = stage.ask('recount')
    text = stage.text()
    stage.wait(minutes=1)
    stage.ask('recount', by='192.0.2.7')
    stage.write(text, '192.0.2.7')
    assert [one.revisions for one in bot.new()] == [(first,)]


def test_the_other_of_two_is_struck(stage: Stage, bot: Bot) -> None:
    """It should answer the question that still stands where the same of somebody else is struck."""
    stage.ask('recount')
    before = stage.text()
    stage.wait(minutes=1)
    last = stage.ask('recount', by='Bo')
    stage.write(f'<s>{before.rstrip()}</s>\n{stage.text().removeprefix(before)}')
    assert [one.revisions for one in bot.new()] == [(last,)]


@pytest.mark.parametrize('text', ['', f'<s>{RECOUNT}</s>', f'<nowiki>{RECOUNT}</nowiki>'])
def test_taken_out(stage: Stage, bot: Bot, text: str) -> None:
    """It should not answer what was taken out, or struck, before it was read."""
    stage.ask('recount')
    stage.write(f'{HELP}{text}', 'Bo')
    assert untouched(bot.hear())


def test_taken_out_after_the_answer(stage: Stage, bot: Bot) -> None:
    """It should keep the answer to what is taken out later, and not answer it again when it is put back."""
    stage.ask('recount')
    bot.hear()
    text = stage.text()
    stage.write(HELP)
    assert untouched(bot.hear())
    assert [*bot.told] == ['recount']
    stage.write(text, 'Cid')
    assert untouched(bot.hear())


def test_put_back_before_the_answer(stage: Stage, bot: Bot) -> None:
    """It should answer by the first minute what was taken out and put back between two runs."""
    revision = stage.ask('recount')
    text = stage.text()
    stage.write(HELP, '192.0.2.7')
    stage.wait(minutes=5)
    stage.write(text, 'Cid')
    assert [one.revisions for one in bot.new()] == [(revision,)]


def test_moved_on_the_page(stage: Stage, bot: Bot) -> None:
    """It should not answer anew what somebody moves to another section in one edit."""
    stage.ask('recount')
    bot.hear()
    stage.write(f'== Old ==\nx\n== Asked ==\n{stage.text()}', 'Bo')
    assert untouched(bot.hear())


def test_hidden(stage: Stage, bot: Bot) -> None:
    """It should answer what stands on the page behind a revision whose text is hidden."""
    stage.write('')
    stage.ask('recount')
    stage.farm.hide(TALK, text=None)
    stage.write(RECOUNT, 'Bo')
    assert bot.fresh() == ['recount']


def test_page_that_is_gone(stage: Stage, bot: Bot) -> None:
    """It should answer nothing on a page that was deleted since it was found."""
    stage.ask('recount')
    page = stage.talk_page()
    stage.farm.delete(TALK)
    assert untouched(stage.hearing().hear(page, bot.answers, None))


# How long ago.


@pytest.mark.parametrize(('ago', 'answered'), [(RECENT - timedelta(seconds=1), True), (RECENT, False)])
def test_long_ago(stage: Stage, bot: Bot, ago: timedelta, answered: bool) -> None:
    """It should not begin with what was asked a month ago, as on a page whose answers were lost."""
    stage.now = NOW - ago
    stage.ask('recount')
    stage.now = NOW
    assert bool(bot.fresh()) is answered


@pytest.mark.parametrize('hours', [-1, 0, 1])
def test_old_ones_beside_a_new_one(stage: Stage, bot: Bot, hours: float) -> None:
    """It should not take what has stood there for long for new, or for nobody's, when somebody else asks."""
    stage.now = NOW - RECENT - timedelta(days=3)
    stage.write('')
    stage.ask('recount')
    stage.now = NOW - timedelta(hours=hours + 1)
    stage.ask('status', by='Bo')
    stage.now = NOW
    assert bot.fresh() == ['status']


def test_old_ones_are_no_flood(stage: Stage, bot: Bot) -> None:
    """It should not count against a page what was asked there long before."""
    for number in range(40):
        stage.ask('status', str(number), by=f'Invented {number}')
        bot.hear()
        stage.wait(days=1)
    stage.wait(days=5)
    stage.ask('recount')
    assert bot.fresh() == ['recount']


# Too often.


def test_person(stage: Stage, bot: Bot) -> None:
    """It should answer five questions of a person, say of more that they are too many, and answer others."""
    for number in range(1, 8):
        stage.ask('status', str(number))
    stage.ask('recount', by='Bo')
    assert bot.fresh() == [*(f'status {number}' for number in range(1, 6)), 'recount']
    assert all(LIMIT in bot.told[f'status {number}'] for number in (6, 7))


def test_too_often_between_runs(stage: Stage, bot: Bot) -> None:
    """It should count over runs, tell once that it was too often and until when, and answer after that."""
    for number in range(1, 6):
        stage.ask('status', str(number))
        bot.hear()
        stage.wait(minutes=1)
    stage.ask('recount')
    assert bot.fresh() == []
    assert LIMIT in bot.told['recount']
    assert 'asked at' in bot.told['recount']
    assert 'Please ask again after 12:00, 4 May 2027 (UTC), in a new edit.' in bot.told['recount']
    assert untouched(bot.hear())
    stage.wait(hours=24)
    stage.ask('recount')
    assert bot.fresh() == ['recount']
    assert LIMIT not in bot.told['recount']


def test_too_often_owes_nothing(stage: Stage, bot: Bot) -> None:
    """It should be about no request what is not answered: no box is brought up to date for it."""
    for number in range(1, 6):
        stage.ask('status', str(number))
    stage.ask('recount')
    bot.hear()
    assert {
        one.request for one in bot.answers.answers if one.command == TalkCommand(CommandName.RECOUNT)
    } == {None}


def test_limit_beside_the_last_answer(stage: Stage, bot: Bot) -> None:
    """It should tell the limit beside the last answers, which stay as they were."""
    for _ in range(5):
        stage.ask('recount')
        bot.hear()
    before = bot.answers.answers
    assert len(before) == 3
    stage.wait(minutes=39)
    stage.ask('recount')
    bot.hear()
    assert bot.answers.answers[:-1] == before
    assert LIMIT in bot.answers.answers[-1].text
    assert bot.lines[-1].startswith("'''Recount''', asked at 12:39, 3 May 2027 (UTC): Not answered")


def test_limits_are_told_in_few_words(stage: Stage, bot: Bot) -> None:
    """It should tell the limit three times for a command, and leave the page alone when people go on."""
    for _ in range(8):
        stage.ask('recount')
        bot.hear()
    assert sum(one.is_limit for one in bot.answers.answers) == 3
    before = bot.answers
    for _ in range(3):
        stage.ask('recount')
        assert untouched(bot.hear())
    assert bot.answers == before


def test_flood(stage: Stage, bot: Bot) -> None:
    """It should answer a flood of two hundred as far as the limits let it, and keep the page small."""
    for number in range(200):
        stage.ask('status', str(number), by=f'Invented {number % 50}')
    assert len(bot.fresh()) == 20
    assert len(bot.answers.answers) == 40
    assert untouched(bot.hear())


# What cannot be looked up.


def test_failed(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """It should say so where an answer cannot be looked up, name it, and answer the others."""
    bot = Bot(stage, OWN_TALK)
    stage.source.unreadable = {OTHER_ID}
    for words in (('recount', str(OTHER_ID)), ('recount', str(PAGE_ID))):
        stage.ask(*words, on=OWN_TALK)
    with caplog.at_level(logging.WARNING):
        heard = bot.hear()
    assert heard.failed == (TalkCommand(CommandName.RECOUNT, str(OTHER_ID)),)
    assert 'This could not be looked up just now' in bot.told[f'recount {OTHER_ID}']
    assert '0 support' in bot.told[f'recount {PAGE_ID}']
    assert 'Vulpecula' in caplog.text
    assert not any('Vulpecula' in text for text in bot.told.values())
    stage.source.unreadable = set()
    assert untouched(bot.hear())
    stage.ask('recount', str(OTHER_ID), on=OWN_TALK)
    bot.hear()
    assert '0 support' in bot.told[f'recount {OTHER_ID}']


def test_talk_page_that_is_not_told(stage: Stage, bot: Bot) -> None:
    """It should fail where the history of the page cannot be read: nothing is known of what was asked."""
    stage.ask('recount')
    stage.farm.unreadable = {TALK}
    with pytest.raises(WikiError):
        bot.hear()


@pytest.mark.parametrize('error', [Stopped('the stop page'), UserError('-request')])
def test_let_through(stage: Stage, error: Exception) -> None:
    """It should be stopped in the midst, and let through what the operator has to mend."""
    stage.ask('coverage')

    def notices(page_id: int) -> None:
        raise error

    hearing = stage.hearing()
    hearing = replace(hearing, answerer=replace(hearing.answerer, notices=notices))  # type: ignore[arg-type]
    with pytest.raises(type(error)):
        hearing.hear(stage.talk_page(), Answers(TALK_IDS[TALK]), None)


# How answers read.


def test_languages(stage: Stage) -> None:
    """It should keep an answer, and what was asked, in the languages of the readers."""
    stage.languages = ('de',)
    bot = Bot(stage)
    stage.ask('recount')
    bot.hear()
    assert '<div lang="de"' in bot.told['recount']
    assert "'''Nachzählung''', gefragt um" in bot.told['recount']
    assert "'''Recount''', asked at" in bot.told['recount']


# Laws.


class Talk(RuleBasedStateMachine):
    """People ask, take out, put back, move and vote, and the bot runs, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage()
        self.stage.boxes = False
        self.given: dict[tuple[int, ...], Answer] = {}
        self.asked: set[tuple[int, int]] = set()
        #: Texts that somebody has replaced, and when.
        self.replaced = [(HELP, self.stage.now)]

    @rule(words=st.sampled_from(['recount', 'status', 'coverage']), by=st.sampled_from(['Bo', 'Cid', 'Dot']))
    def ask(self, words: str, by: str) -> None:
        self.replaced.append((self.stage.text(), self.stage.now))
        # Two signatures of one minute are alike.
        self.stage.wait(minutes=1)
        self.asked.add((self.stage.ask(words, by=by), [*CommandName].index(CommandName(words))))

    @rule(at=st.integers(0, 30))
    def put_back(self, at: int) -> None:
        lately = [text for text, time in self.replaced if self.stage.now - time < DAY]
        self.replaced.append((self.stage.text(), self.stage.now))
        self.stage.write(lately[at % len(lately)] if lately else HELP, 'Eve')

    @rule()
    def move(self) -> None:
        self.replaced.append((self.stage.text(), self.stage.now))
        self.stage.write('== Moved ==\n' + self.stage.text().replace('* {{', '*: {{'), 'Eve')

    @rule(name=st.sampled_from(['Voter', 'Other']))
    def vote(self, name: str) -> None:
        self.stage.vote(name)

    @rule(minutes=st.sampled_from([1, 59, 60 * 9, 60 * 30]))
    def wait(self, minutes: int) -> None:
        self.stage.wait(minutes=minutes)

    @rule()
    def run(self) -> None:
        self.stage.run()
        for one in self.stage.found().answers:
            key = (*one.revisions, [*CommandName].index(one.command.ask))
            if key in self.given:
                assert self.given[key] == one, 'an answer has changed'
            else:
                answered = {pair for old in self.given for pair in self.pairs(old)}
                assert not answered & self.pairs(key), 'a question was answered twice'
                assert self.pairs(key) <= self.asked, 'nobody has asked that then'
            self.given[key] = one
        assert len(self.stage.found().answers) <= MOST_ANSWERS

    @staticmethod
    def pairs(key: tuple[int, ...]) -> set[tuple[int, int]]:
        """Return each question of an answer: the revision and the command."""
        return {(revision, key[-1]) for revision in key[:-1]}


TestTalk = Talk.TestCase
TestTalk.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
