"""Answers to single commands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from globalban_bot.errors import UserError, WikiError
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.talk.find_answer import Answerer
from globalban_bot.model.command import ODD, CommandName, CommandUse, TalkCommand
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.model.talk import TalkPage
from globalban_bot.profiles.loader import Profile
from tests.unit.jobs.made import BOT
from tests.unit.jobs.talk.made import ASK, OTHER_ID, OWN_TALK, TALK, TALK_IDS, Stage
from tests.unit.made_notices import HOME, META, NOW, PAGE_ID, TITLE, page_of

ON_REQUEST = TalkPage(TALK_IDS[TALK], TALK, 200, PAGE_ID)
ON_OWN = TalkPage(TALK_IDS[OWN_TALK], OWN_TALK, 200, None)
QUESTIONS = [*CommandName]
NO_REQUEST = 'There is no request of this number that the bot looks at.'
PLAN = f'[[{page_of("plan")}|Page of notices]]'


@pytest.fixture
def stage() -> Stage:
    return Stage()


def asked(ask: CommandName, argument: str = '', by: str | None = 'Reader') -> CommandUse:
    return CommandUse(TalkCommand(ask, argument), by, NOW, 150, stands=True)


def answer(
    stage: Stage, one: CommandUse, page: TalkPage = ON_REQUEST, answerer: Answerer | None = None
) -> str:
    """Return what answers a command, in English."""
    return (answerer or stage.answerer()).answer(one, page)(Messages())


def number_form(ask: CommandName) -> str:
    return f'Name the request by its number: <code><nowiki>{{{{{ASK}|{ask.value}|12345}}}}</nowiki></code>.'


# Which request a command is about.


@pytest.mark.parametrize('ask', [*CommandName])
def test_request_of_the_page(stage: Stage, ask: CommandName) -> None:
    """It should take a command without a number for one about the request on whose talk page it stands."""
    found = stage.answerer().request_of(asked(ask), ON_REQUEST)
    assert found is not None
    assert found.page_id == PAGE_ID
    assert stage.answerer().request_of(asked(ask), ON_OWN) is None


@pytest.mark.parametrize('page', [ON_REQUEST, ON_OWN])
def test_request_by_number(stage: Stage, page: TalkPage) -> None:
    """It should find a request by its number, from wherever it is asked."""
    found = stage.answerer().request_of(asked(CommandName.STATUS, str(OTHER_ID)), page)
    assert found is not None
    assert found.page_id == OTHER_ID


@pytest.mark.parametrize('argument', ['99', '0', '00', ODD, '9' * 15])
def test_no_such_request(stage: Stage, argument: str) -> None:
    """It should take no other request for the one that was named."""
    for page in (ON_REQUEST, ON_OWN):
        assert stage.answerer().request_of(asked(CommandName.RECOUNT, argument), page) is None


@pytest.mark.parametrize('ask', QUESTIONS)
def test_which_request(stage: Stage, ask: CommandName) -> None:
    """It should ask for the number of the request where none, or something that is no number, is named."""
    assert answer(stage, asked(ask), ON_OWN).startswith(number_form(ask))
    for page in (ON_REQUEST, ON_OWN):
        assert answer(stage, asked(ask, ODD), page).startswith(number_form(ask))


@pytest.mark.parametrize('ask', QUESTIONS)
@pytest.mark.parametrize('page', [ON_REQUEST, ON_OWN])
def test_unknown_number(stage: Stage, ask: CommandName, page: TalkPage) -> None:
    """It should say where there is no request of a number, on each page."""
    assert answer(stage, asked(ask, '99'), page) == NO_REQUEST
    assert stage.looked == []


@pytest.mark.parametrize('ask', QUESTIONS)
def test_taken_away(stage: Stage, ask: CommandName) -> None:
    """It should tell nothing of a request whose box was deleted or forgotten, not even that there is one."""
    stage.forget()
    assert answer(stage, asked(ask)) == NO_REQUEST
    assert answer(stage, asked(ask, str(PAGE_ID)), ON_OWN) == NO_REQUEST
    stage.wiki.delete(META.box_title(PAGE_ID))
    assert answer(stage, asked(ask)) == NO_REQUEST
    assert (stage.looked, stage.accounts.asked, stage.farm.asked) == ([], [], [])
    assert answer(stage, asked(ask, str(OTHER_ID))) != NO_REQUEST


@pytest.mark.parametrize('ask', QUESTIONS)
@pytest.mark.parametrize('page', [ON_REQUEST, ON_OWN])
def test_by_number(stage: Stage, ask: CommandName, page: TalkPage) -> None:
    """It should answer elsewhere as on the talk page of the request, and say which request it is about."""
    stage.box(OTHER_ID)
    here = answer(stage, asked(ask, str(OTHER_ID)), page)
    there = answer(stage, asked(ask), replace(ON_REQUEST, subject_id=OTHER_ID))
    assert here == f'About request [[Special:Redirect/page/{OTHER_ID}|{OTHER_ID}]]: {there}'


# The box.


def test_status(stage: Stage) -> None:
    """It should tell the state and link to the box, which it does not show, or say that there is none."""
    state = "''State:'' open; opened 12:00, 1 May 2027 (UTC). Looked up at 12:00, 3 May 2027 (UTC)."
    assert (
        answer(stage, asked(CommandName.STATUS))
        == f'{state} The bot has no page of facts about this request.'
    )
    title = stage.box()
    assert answer(stage, asked(CommandName.STATUS)) == f'{state} [[{title}|Details]]'


# Counting.


@pytest.mark.parametrize('ask', QUESTIONS)
def test_forgotten_and_filled(stage: Stage, ask: CommandName) -> None:
    """It should tell nothing of a request that was forgotten, though somebody has filled its box since."""
    stage.forget()
    stage.wiki.save(META.box_title(PAGE_ID), 'x', '192.0.2.7')
    assert answer(stage, asked(ask)) == NO_REQUEST
    assert (stage.looked, stage.accounts.asked) == ([], [])


def test_recount(stage: Stage) -> None:
    """It should count what stands on the page now, and look nothing up on accounts or wikis for it."""
    stage.vote('Voter', 'Dov')
    told = answer(stage, asked(CommandName.RECOUNT))
    newest = stage.farm.revisions(TITLE)[-1].id
    assert told.startswith(f'Recounted at revision [[Special:PermanentLink/{newest}|{newest}]] (12:00, 3 May')
    assert '2 support' in told
    assert 'Since' not in told
    assert (stage.accounts.asked, stage.farm.asked) == ([], [])


def test_changes_since_the_box(stage: Stage) -> None:
    """It should tell what has changed since the box was made."""
    stage.vote('Voter')
    stage.box()
    assert 'No change since the count of 12:00, 3 May 2027' in answer(stage, asked(CommandName.RECOUNT))
    stage.wait(minutes=1)
    stage.vote('Voter', 'Dov', 'Eli')
    assert 'Since the count of 12:00, 3 May 2027 (UTC): Support +2.' in answer(
        stage, asked(CommandName.RECOUNT)
    )


def test_box_of_a_person(stage: Stage) -> None:
    """It should not compare with a box that a person has edited: what it tells is not the bot's."""
    stage.vote('Voter')
    title = stage.box()
    stage.wiki.save(title, f'{stage.wiki.page(title).text}\nWell.', 'Ada')
    assert 'ince the count' not in answer(stage, asked(CommandName.RECOUNT))


def test_counted_text_that_is_hidden(stage: Stage) -> None:
    """It should not compare with another revision where the one that the box counted was hidden since."""
    stage.vote('Voter')
    stage.wait(minutes=1)
    stage.vote('Voter', 'Dov')
    stage.farm.hide(TITLE, text=None)
    stage.box()
    stage.wait(minutes=1)
    stage.vote('Voter', 'Dov')
    told = answer(stage, asked(CommandName.RECOUNT))
    assert ('2 support' in told, 'ince the count' in told) == (True, False)


#: What the box says it counted: the first, the second, or a revision that is not there; and what has changed.
COUNTED = [(0, 'Since the count of 12:00, 3 May 2027 (UTC): Support +2.'), (1, 'No change since'), (None, '')]


@pytest.mark.parametrize(('counted', 'told'), COUNTED)
def test_revision_that_was_counted(stage: Stage, counted: int | None, told: str) -> None:
    """It should compare with the revision that the box names, whatever its moment, and with no other."""
    stage.vote('Voter', 'Dov')
    number = 999 if counted is None else stage.farm.revisions(TITLE)[counted].id
    title = META.box_title(PAGE_ID)
    body = f'Counted at revision [[Special:PermanentLink/{number}|{number}]].'
    stage.wiki.save(title, DesiredPage(DesiredFacts(title, 'facts', 'open'), body, NOW).text, BOT)
    found = answer(stage, asked(CommandName.RECOUNT))
    assert '2 support' in found
    assert (told in found) if told else ('ince the count' not in found)


def test_box_older_than_the_page(stage: Stage) -> None:
    """It should not compare with a moment at which nothing is known of the page."""
    stage.now -= timedelta(days=3)
    stage.box()
    stage.now = NOW
    assert 'ince the count' not in answer(stage, asked(CommandName.RECOUNT))


def test_counted_anew(stage: Stage) -> None:
    """It should count anew for each asking in a run."""
    answerer = stage.answerer()
    assert '0 support' in answer(stage, asked(CommandName.RECOUNT), answerer=answerer)
    stage.vote('Voter')
    assert '1 support' in answer(stage, asked(CommandName.RECOUNT), answerer=answerer)


def test_unreadable(stage: Stage) -> None:
    """It should fail where the request cannot be read: that is no count of zero."""
    stage.source.unreadable = {PAGE_ID}
    for ask in (CommandName.RECOUNT, CommandName.NOMINATION, CommandName.COVERAGE):
        with pytest.raises(WikiError):
            answer(stage, asked(ask))


# The nomination, and notices.


def test_nomination(stage: Stage) -> None:
    """It should look up how the rules on the nomination stand."""
    told = answer(stage, asked(CommandName.NOMINATION))
    assert "''Nominator:'' registered more than 6 months before the opening: met" in told
    assert told.endswith('Looked up at 12:00, 3 May 2027 (UTC).')
    assert ('Ada' in told, stage.looked) == (False, [])


class Faulty:
    """Stands in for what looks up accounts, with a fault in it."""

    def account(self, name: str) -> None:
        raise ZeroDivisionError(name)


@pytest.mark.parametrize('ask', [CommandName.NOMINATION, CommandName.COVERAGE])
def test_nomination_that_cannot_be_judged(stage: Stage, ask: CommandName) -> None:
    """It should fail by a fault there, and not say that the request is about nobody."""
    answerer = stage.answerer()
    assert answerer.requests.nominations is not None
    faulty = replace(answerer.requests.nominations, accounts=Faulty())  # type: ignore[arg-type]
    answerer = replace(answerer, requests=replace(answerer.requests, nominations=faulty))
    with pytest.raises(WikiError, match='cannot be judged'):
        answer(stage, asked(ask), answerer=answerer)
    assert stage.looked == []


def test_coverage(stage: Stage) -> None:
    """It should look on how many wikis a notice was found, and lead to the page of notices."""
    told = answer(stage, asked(CommandName.COVERAGE))
    assert told.startswith('Looked at 12:00, 3 May 2027 (UTC): notice found on 0 of 1 wiki')
    assert told.endswith(f'. {PLAN}')
    assert stage.looked == [PAGE_ID]


def test_left_to_people(stage: Stage) -> None:
    """It should say where notices are left to people, and look for none."""
    stage.profile = replace(META, notices=None)
    assert answer(stage, asked(CommandName.COVERAGE)) == 'Notices are left to people here.'
    assert stage.looked == []


def test_about_nobody(stage: Stage) -> None:
    """It should say that nobody has to be told of a request that is about no account."""
    title = 'Requests for comment/Something'
    stage.source.titles[PAGE_ID] = title
    stage.farm.move(TITLE, title)
    assert 'about no account' in answer(stage, asked(CommandName.COVERAGE))
    assert stage.looked == []


# What no answer may be.


def test_silent_wiki(stage: Stage) -> None:
    """It should fail where the wikis do not tell: the command can be answered later."""
    stage.ask('coverage')
    stage.farm.silent = {HOME}
    with pytest.raises(WikiError):
        answer(stage, asked(CommandName.COVERAGE))


def test_fault_of_the_operator(stage: Stage) -> None:
    """It should let what the operator has to mend through."""
    profile: Profile = replace(META, notices=None)

    def notices(page_id: int) -> None:
        raise UserError(f'profile {profile.name}: {page_id}')

    answerer = replace(stage.answerer(), notices=notices)  # type: ignore[arg-type]
    with pytest.raises(UserError):
        answer(stage, asked(CommandName.COVERAGE), answerer=answerer)


@pytest.mark.parametrize('ask', [*CommandName])
def test_nobody_is_named(stage: Stage, ask: CommandName) -> None:
    """It should name nobody: neither who asked, nor subject, nominator or voters."""
    stage.vote('Voter', 'Dov')
    revision = stage.ask(ask.value, by='Reader')
    told = answer(stage, replace(asked(ask), revision=revision))
    assert not any(name in told for name in ('Reader', 'Ada', 'Bel', 'Voter', 'Dov', BOT))
    assert '\n' not in told
    assert '~~~' not in told
