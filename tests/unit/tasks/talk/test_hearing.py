"""What is heard on a talk page since it was read last."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from globalban_bot.errors import Stopped, UserError, WikiError
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.command import Ask, Asked, Command
from globalban_bot.model.talk import Answers
from globalban_bot.tasks.talk.hearing import RECENT, Heard
from tests.unit.made_notices import NOW, PAGE_ID
from tests.unit.tasks.talk.made import ASK, OTHER_ID, OWN_TALK, TALK, TALK_IDS, Stage

RECOUNT = f'{{{{{ASK}|recount}}}}'
#: A call of the template that asks nothing: by it the page is found.
HELP = f'{{{{{ASK}|help}}}}'
LIMIT = 'Asked too often in 24 hours: this is not answered anew.'


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

    def hear(self) -> Heard:
        """Hear the page once."""
        heard = self.stage.hearing().hear(self.stage.talk_page(self.on), self.answers, self.answered)
        if heard.revisions:
            self.answers, self.answered = heard.answers, self.stage.now
        return heard

    def fresh(self) -> list[str]:
        """Hear the page once, and return what was answered: word, argument, who asked."""
        return [
            ' '.join(filter(None, (one.command.ask.value, one.command.argument, one.author or 'nobody')))
            for one, _ in self.hear().fresh
        ]

    @property
    def told(self) -> dict[str, str]:
        """The texts of the answers, by command."""
        return {
            f'{one.command.ask.value} {one.command.argument}'.rstrip(): one.text
            for one in self.answers.answers
        }


@pytest.fixture
def bot(stage: Stage) -> Bot:
    return Bot(stage)


def untouched(heard: Heard) -> bool:
    """Tell whether nothing came of it."""
    return (heard.fresh, heard.revisions, heard.failed) == ((), (), ())


# What is new.


def test_answered_once(stage: Stage, bot: Bot) -> None:
    """It should answer what was asked, remember up to which revision it has read, and not answer it again."""
    first = stage.ask('recount')
    last = stage.ask('status', by='Bo')
    heard = bot.hear()
    assert [(one.command, one.revision) for one, _ in heard.fresh] == [
        (Command(Ask.RECOUNT), first),
        (Command(Ask.STATUS), last),
    ]
    assert (heard.answers.talk_id, heard.answers.seen) == (TALK_IDS[TALK], last)
    made = heard.answers.answers[0]
    assert (made.command, made.revision, made.time, made.request) == (
        Command(Ask.RECOUNT),
        first,
        NOW,
        PAGE_ID,
    )
    assert untouched(bot.hear())


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
    assert bot.fresh() == ['status Bo']
    assert [*bot.told] == ['recount', 'status']


@pytest.mark.parametrize('hours', [0, 1, 25, 24 * 40])
def test_asked_again(stage: Stage, bot: Bot, hours: float) -> None:
    """It should answer anew, at the end, what is asked again in so many words, and once."""
    stage.ask('recount')
    stage.ask('status')
    bot.hear()
    stage.wait(hours=hours)
    stage.vote('Voter')
    stage.ask('recount', by='Bo')
    assert bot.fresh() == ['recount Bo']
    assert [*bot.told] == ['status', 'recount']
    assert '1 support' in bot.told['recount']


def test_asked_by_two(stage: Stage, bot: Bot) -> None:
    """It should answer once what two people ask between two runs, for the last of them."""
    stage.ask('recount')
    last = stage.ask('recount', by='Bo')
    assert bot.fresh() == ['recount Bo']
    assert [one.revision for one in bot.answers.answers] == [last]


def test_one_of_two_is_taken_out(stage: Stage, bot: Bot) -> None:
    """It should answer what still stands, though somebody has added the same and taken it out again."""
    stage.ask('recount')
    text = stage.text()
    stage.ask('recount', by='192.0.2.7')
    stage.write(text, '192.0.2.7')
    assert len(bot.fresh()) == 1


@pytest.mark.parametrize('text', ['', f'<s>{RECOUNT}</s>', f'<nowiki>{RECOUNT}</nowiki>'])
def test_taken_out(stage: Stage, bot: Bot, text: str) -> None:
    """It should not answer what was taken out, or struck, before it was read."""
    stage.ask('recount')
    stage.write(f'{HELP}{text}', 'Bo')
    assert untouched(bot.hear())


def test_taken_out_after_the_answer(stage: Stage, bot: Bot) -> None:
    """It should keep the answer to what is taken out later, and answer anew who puts it back."""
    stage.ask('recount')
    bot.hear()
    text = stage.text()
    stage.write(HELP)
    assert untouched(bot.hear())
    assert [*bot.told] == ['recount']
    stage.write(text, 'Cid')
    assert bot.fresh() == ['recount Cid']


def test_moved_on_the_page(stage: Stage, bot: Bot) -> None:
    """It should not answer anew what somebody moves to another section in one edit."""
    stage.ask('recount')
    bot.hear()
    stage.write(f'== Old ==\nx\n== Asked ==\n{stage.text()}', 'Bo')
    assert untouched(bot.hear())


def test_hidden(stage: Stage, bot: Bot) -> None:
    """It should answer, for nobody, what stands on the page behind a revision whose text is hidden."""
    stage.write('')
    stage.ask('recount')
    stage.farm.hide(TALK, text=None)
    stage.write(RECOUNT, 'Bo')
    assert bot.fresh() == ['recount nobody']


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
    assert bot.fresh() == ['status Bo']


def test_old_ones_are_no_flood(stage: Stage, bot: Bot) -> None:
    """It should not count against a page what was asked there long before."""
    for number in range(40):
        stage.ask('status', str(number), by=f'Invented {number}')
        bot.hear()
        stage.wait(days=1)
    stage.wait(days=5)
    stage.ask('recount')
    assert bot.fresh() == ['recount Reader']


# Too often.


def test_person(stage: Stage, bot: Bot) -> None:
    """It should answer five commands of a person, say of more that they are too many, and answer others."""
    for number in range(1, 8):
        stage.ask('status', str(number))
    stage.ask('recount', by='Bo')
    assert bot.fresh() == [*(f'status {number} Reader' for number in range(1, 6)), 'recount Bo']
    assert [*bot.told][:2] == ['status 6', 'status 7']
    assert all(LIMIT in bot.told[f'status {number}'] for number in (6, 7))


def test_too_often_between_runs(stage: Stage, bot: Bot) -> None:
    """It should count over runs, tell once that it was too often, and answer again on the next day."""
    for number in range(1, 6):
        stage.ask('status', str(number))
        bot.hear()
        stage.wait(minutes=1)
    stage.ask('recount')
    heard = bot.hear()
    assert heard.fresh == ()
    assert LIMIT in bot.told['recount']
    assert untouched(bot.hear())
    stage.wait(hours=24)
    stage.ask('recount')
    assert bot.fresh() == ['recount Reader']
    assert LIMIT not in bot.told['recount']


def test_too_often_owes_nothing(stage: Stage, bot: Bot) -> None:
    """It should be about no request what is not answered: no box is brought up to date for it."""
    for number in range(1, 6):
        stage.ask('status', str(number))
    stage.ask('recount')
    bot.hear()
    assert {one.request for one in bot.answers.answers if one.command == Command(Ask.RECOUNT)} == {None}


def test_too_often_takes_no_place(stage: Stage, bot: Bot) -> None:
    """It should leave the answer that stands where the same is asked too often."""
    for _ in range(5):
        stage.ask('recount')
        bot.hear()
    before = bot.answers
    stage.ask('recount')
    assert untouched(bot.hear())
    assert bot.answers == before


def test_flood(stage: Stage, bot: Bot) -> None:
    """It should answer a flood of two hundred as far as the limits let it."""
    for number in range(200):
        stage.ask('status', str(number), by=f'Invented {number % 50}')
    assert len(bot.fresh()) == 20
    assert len(bot.answers.answers) == 200
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
    assert heard.failed == (Command(Ask.RECOUNT, str(OTHER_ID)),)
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
    """It should keep an answer in the languages of the readers, and reply in English alone."""
    stage.languages = ('de',)
    bot = Bot(stage)
    stage.ask('status')
    ((_, say),) = bot.hear().fresh
    assert '<div lang="de"' in bot.told['status']
    assert stage.hearing().in_english(say) == Messages().get('answer-no-box')


def test_who_asked(stage: Stage, bot: Bot) -> None:
    """It should tell of each fresh answer who asked, when and by which revision, for the reply below it."""
    revision = stage.ask('status', by='Bo')
    ((one, _),) = bot.hear().fresh
    assert one == Asked(Command(Ask.STATUS), 'Bo', NOW, revision, stands=True)
