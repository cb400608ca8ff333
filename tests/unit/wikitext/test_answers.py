"""Pages of answers, read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.command import ODD, CommandName, TalkCommand
from globalban_bot.model.marker import FORGOTTEN
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.talk import Answer, Answers
from globalban_bot.render.answer import answer_text
from globalban_bot.render.answers import render_answers
from globalban_bot.render.escape import escape
from globalban_bot.wikitext.answers import read_answers, standing_of
from tests.unit.made_accounts import NOW

BOT = 'Facts bot'
TALK = 8


RECOUNT = TalkCommand(CommandName.RECOUNT)


def answer(command: TalkCommand = RECOUNT, text: str = 'Counted.', **more: object) -> Answer:
    return replace(Answer(command, text, (123,), NOW, 7), **more)  # type: ignore[arg-type]


def state(found: Answers, **more: object) -> CurrentPage:
    """Return the page of some answers as it stands after the bot has saved it."""
    wanted = DesiredFacts('Answers', 'facts', standing_of(found))
    text = DesiredPage(wanted, render_answers(found, Messages()), NOW).text
    # MediaWiki drops blanks at the end.
    plain = CurrentPage('Answers', 1000, BOT, NOW, text.rstrip())
    return replace(plain, **more)  # type: ignore[arg-type]


ONE = Answers(TALK, 130, (answer(),))

numbers = st.integers(1, 10**9).map(str)
arguments = st.one_of(st.just(''), st.just(ODD), numbers)
commands = st.builds(TalkCommand, st.sampled_from([*CommandName]), arguments)
answers_of = st.lists(
    st.builds(
        Answer,
        commands,
        st.text().map(lambda text: escape(text.replace('\n', ' '))),
        st.lists(st.integers(1, 10**9), min_size=1, max_size=3).map(tuple),
        st.integers(0, 10**8).map(lambda seconds: NOW + timedelta(seconds=seconds)),
        st.none() | st.integers(1, 10**9),
        st.booleans(),
    ),
    max_size=5,
    unique_by=lambda one: (one.time, one.revisions),
).map(lambda made: sorted(made, key=lambda one: (one.time, one.revisions)))


@given(answers_of, st.integers(0, 10**9))
@example([answer(text=answer_text(lambda _: ' <!-- end --> ', ()))], 1)
@example([answer(text='|status/=')], 1)
def test_round_trip(found: list[Answer], seen: int) -> None:
    """It should read what was written, several answers to a command too, each with its text as it was."""
    written = Answers(TALK, seen, tuple(found))
    assert read_answers(state(written), TALK, BOT) == written


def test_in_several_languages() -> None:
    """It should read an answer in the languages of its readers as the one text that it is."""
    text = answer_text(lambda messages: messages.get('answer-looks', 2), ('de', 'ar'))
    assert '#switch' in text
    written = Answers(TALK, 130, (answer(text=text), answer(TalkCommand(CommandName.STATUS), 'x')))
    assert read_answers(state(written), TALK, BOT) == written


def test_none() -> None:
    """It should read no answers where there is no page, but remember whose they would be."""
    assert read_answers(CurrentPage('Answers'), TALK, BOT) == Answers(TALK)
    assert read_answers(CurrentPage('Answers', removed=True), TALK, BOT) == Answers(TALK)


@pytest.mark.parametrize(
    'touched',
    [
        state(ONE, user='Ada'),
        state(ONE, user=None),
        state(ONE, text=state(ONE).text.replace('Counted.', 'Banned.')),
        state(ONE, text=f'{state(ONE).text}\nA word.'),
        state(ONE, text=state(ONE).body),
        state(ONE, text=state(ONE).text.replace('seen-130', 'open')),
        state(ONE, text=state(ONE).text.replace('seen-130', FORGOTTEN)),
        state(ONE, text=state(ONE).text.replace('seen-130', 'seen-130-partly')),
        state(ONE, text=''),
    ],
)
def test_not_as_the_bot_left_it(touched: CurrentPage) -> None:
    """It should believe nothing of a page that a person has changed, or that is no page of answers."""
    assert read_answers(state(ONE), TALK, BOT) == ONE
    assert read_answers(touched, TALK, BOT) == Answers(TALK)


@given(st.integers(0, 500), st.characters())
def test_any_change(at: int, other: str) -> None:
    """It should believe nothing where one character of the answers was changed."""
    page = state(ONE)
    begin = len(page.text) - len(page.body)
    place = begin + at % len(page.body)
    changed = f'{page.text[:place]}{other}{page.text[place + 1 :]}'
    expected = ONE if changed.rstrip() == page.text.rstrip() else Answers(TALK)
    assert read_answers(replace(page, text=changed), TALK, BOT) == expected


OLD = """\
<includeonly>{{#switch:{{{1|}}}/{{{2|}}}
|recount/=<!-- asked 123 of 45 at 2027-05-03T14:05:00Z -->Recounted at revision 7.<!-- end -->
|status/=<!-- asked 120 of 45 at 2027-05-02T14:05:00Z -->{{User:Facts bot/Request/45}}<!-- end -->
|#default=}}</includeonly>
"""


def test_older_release() -> None:
    """It should read the answers of an older release, and keep their text, though it names no minute."""
    text = DesiredPage(DesiredFacts('Answers', 'facts', 'seen-130'), OLD, NOW).text
    found = read_answers(CurrentPage('Answers', 1000, BOT, NOW, text.rstrip()), TALK, BOT)
    assert found.seen == 130
    assert [(one.command.ask, one.revisions, one.text, one.request) for one in found.answers] == [
        (CommandName.STATUS, (120,), '{{User:Facts bot/Request/45}}', 45),
        (CommandName.RECOUNT, (123,), 'Recounted at revision 7.', 45),
    ]
    assert read_answers(state(found), TALK, BOT) == found
