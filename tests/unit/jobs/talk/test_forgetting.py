"""Taking what was answered about a request out of the pages of answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.decide.brake import check_brake
from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.talk.forgetting import answers_pages, plan_without
from globalban_bot.model.command import CommandName, TalkCommand
from globalban_bot.model.marker import FORGOTTEN, digest
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, Plan, SkippedPage, SkipReason
from globalban_bot.model.talk import Answer, Answers
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.answers import answers_facts, render_answers
from globalban_bot.wikitext.answers import read_answers, standing_of
from tests.unit.made_accounts import NOW

META = load_profile('meta')
assert META.commands is not None
COMMANDS = META.commands
BOT = 'Facts bot'
RULES = PlanContext(BOT, NOW + timedelta(days=1))
FORGOTTEN_ID, OTHER_ID, TALK = 7, 17, 8
TITLE = COMMANDS.answers_page(TALK)


def answer(request: int | None, argument: str = '', ask: CommandName = CommandName.RECOUNT) -> Answer:
    return Answer(TalkCommand(ask, argument), f'About {request}.', (123 + int(argument or 0),), NOW, request)


HERS, OTHER, OF_NONE = answer(FORGOTTEN_ID), answer(OTHER_ID, '17'), answer(None, '16')


def state(*answers: Answer, talk_id: int = TALK, **more: Any) -> CurrentPage:
    """Return a page of answers as it stands after the bot has saved it."""
    found = Answers(talk_id, 130, answers)
    title = COMMANDS.answers_page(talk_id)
    wanted = DesiredFacts(title, digest(answers_facts(found)), standing_of(found))
    text = DesiredPage(wanted, render_answers(found, Messages()), NOW).text
    return replace(CurrentPage(title, 1000, BOT, NOW, text.rstrip()), **more)


def plan_of(*states: CurrentPage) -> Plan:
    return plan_without(FORGOTTEN_ID, states, RULES, Messages())


def saved(plan: Plan) -> CurrentPage:
    """Return the only page that is edited, as it stands afterwards."""
    (edit,) = plan.edits
    return replace(edit.before, text=edit.text.rstrip())


def test_others_stay() -> None:
    """It should take out what was answered about the request, and keep all else as it was."""
    plan = plan_of(state(OF_NONE, HERS, OTHER))
    (edit,) = plan.edits
    assert (edit.title, edit.why, edit.summary) == (
        TITLE,
        EditReason.FORGET,
        Messages().get('summary-forget'),
    )
    assert read_answers(saved(plan), TALK, BOT) == Answers(TALK, 130, (OF_NONE, OTHER))
    assert 'About 7' not in edit.text
    assert plan.left == ()


def test_last_answer() -> None:
    """It should leave a page without answers that the bot knows again, past the brake."""
    plan = plan_of(state(HERS))
    assert read_answers(saved(plan), TALK, BOT) == Answers(TALK, 130)
    assert saved(plan).is_of(BOT)
    check_brake(plan, META.limits)


def test_each_page() -> None:
    """It should go through all pages, in their order, and edit those that tell of the request alone."""
    states = [state(HERS), state(OTHER, talk_id=9), state(HERS, OTHER, talk_id=10)]
    assert [edit.title for edit in plan_of(*states).edits] == [states[0].title, states[2].title]


#: Pages that a person has touched.
TOUCHED: dict[str, CurrentPage] = {
    'saved by somebody else': state(HERS, user='Ada'),
    'saved by somebody whose name is hidden': state(HERS, user=None),
    'of the bot, with a text that is not its own': state(HERS, text=f'{state(HERS).text}\nMore.'),
}


@pytest.mark.parametrize('touched', TOUCHED.values(), ids=TOUCHED)
def test_left_to_a_person(touched: CurrentPage) -> None:
    """It should leave a page that a person has edited, and name it where it tells of the request."""
    assert plan_of(touched, state(HERS, talk_id=9)).left == (SkippedPage(TITLE, SkipReason.HANDS_OFF),)
    assert plan_of(touched).edits == ()


#: Pages with which there is nothing to do.
NOTHING: dict[str, CurrentPage] = {
    'no answers': state(),
    'about other requests': state(OTHER, OF_NONE),
    'about another request, by a person': state(OTHER, user='Ada'),
    'words of a person': CurrentPage(TITLE, 1000, 'Ada', NOW, 'Answered by hand.'),
    'hidden': CurrentPage(TITLE, 1000, 'Ada', NOW),
    'not there': CurrentPage(TITLE),
    'deleted': CurrentPage(TITLE, removed=True),
    'blanked for good': CurrentPage(
        TITLE, 1000, BOT, NOW, DesiredPage(DesiredFacts(TITLE, 'f', FORGOTTEN), '', NOW).text
    ),
    'the page above': state(HERS, title=TITLE.rpartition('/')[0]),
    'below an answer': state(HERS, title=f'{TITLE}/notes'),
    'another word': state(HERS, title=f'{TITLE}a'),
    'a power': state(HERS, title=f'{TITLE}²'),
    'no slash': state(HERS, title='Answers'),
}


@pytest.mark.parametrize('one', NOTHING.values(), ids=NOTHING)
def test_nothing_to_do(one: CurrentPage) -> None:
    """It should edit and name nothing where nothing tells of the request, or the page is none of answers."""
    assert plan_of(one) == Plan()


ANSWERS = st.lists(
    st.builds(
        answer,
        st.none() | st.sampled_from([FORGOTTEN_ID, OTHER_ID, 70, 77]),
        st.integers(1, 99).map(str),
        st.sampled_from([CommandName.STATUS, CommandName.RECOUNT]),
    ),
    max_size=6,
    unique_by=lambda one: one.revisions,
).map(lambda made: sorted(made, key=lambda one: one.revisions))


@given(ANSWERS)
def test_once_is_enough(answers: list[Answer]) -> None:
    """It should leave just the answers about others, in their order, and find nothing the next time."""
    plan = plan_of(state(*answers))
    others = tuple(one for one in answers if one.request != FORGOTTEN_ID)
    assert len(plan.edits) == (len(others) < len(answers))
    if plan.edits:
        assert read_answers(saved(plan), TALK, BOT).answers == others
        assert f' of {FORGOTTEN_ID} at ' not in plan.edits[0].text
        assert plan_of(saved(plan)) == Plan()


def test_farm_without_commands() -> None:
    """It should ask for no pages where nobody answers commands."""
    assert answers_pages(None, replace(META, commands=None)) == frozenset()


def test_page_that_was_not_read() -> None:
    """It should name a page that somebody has made too long to be read: the answers may stand there."""
    forged = replace(state(HERS), user='Stranger', text='', unread=True)
    assert plan_of(forged) == Plan(left=(SkippedPage(TITLE, SkipReason.HANDS_OFF),))
