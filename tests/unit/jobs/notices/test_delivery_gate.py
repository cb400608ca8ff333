"""Whether notices may be sent, asked at the gate and again before each notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from globalban_bot.errors import Stopped, WikiError
from globalban_bot.jobs.notices.delivery_gate import DeliveryGate
from globalban_bot.model.gate import Barrier
from globalban_bot.model.marker import FORGOTTEN
from globalban_bot.model.nomination import Reply, Verdict
from globalban_bot.model.notice import Audience
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.wikitext.page import reader_for
from tests.unit.decide.made import entry, tallied
from tests.unit.jobs.made import BOT, Wiki
from tests.unit.made_notices import (
    CLOSED,
    HOME,
    META,
    NOW,
    OPEN,
    OPENED,
    PAGE_ID,
    TITLE,
    Farm,
    nomination,
    page_of,
)

FOUND = tallied(entry(author='Voter'))
FOUND = replace(FOUND, nomination=nomination(Reply.FREE))
PLAN, LIST, BOX = page_of('plan'), page_of('list'), META.box_title(PAGE_ID)


class Stage:
    """A request, its plan with a list, and a keeper of its gate."""

    def __init__(self, text: str | None = OPEN, **more: Any) -> None:
        self.farm = Farm()
        self.farm.write(TITLE, 'Ada', text, OPENED, PAGE_ID)
        for title in (PLAN, LIST):
            self.farm.write(title, BOT, 'The plan.', OPENED)
        self.wiki = Wiki()
        plain = DeliveryGate(self.farm, reader_for(META), self.wiki.states, BOT, FOUND, BOX, (PLAN, LIST))
        self.keeper = replace(plain, **more)

    def barriers(self) -> tuple[Barrier, ...]:
        """Return what stands in the way now."""
        return self.keeper.gate().barriers


def test_open() -> None:
    """It should open for a request that is open and a day old, whose pages nobody but the bot has touched."""
    stage = Stage()
    assert stage.barriers() == ()
    assert [question['titles'] for _, question in stage.farm.asked] == [TITLE, PLAN, LIST]
    assert {server for server, _ in stage.farm.asked} == {HOME}


@pytest.mark.parametrize(
    ('text', 'is_open'),
    [
        (OPEN, True),
        ('{{rfc subpage}}', True),
        (CLOSED, False),
        ('{{rfc subpage|status=resolved}}', False),
        (f'#REDIRECT [[{TITLE} 2]]', False),
        ('{{rfc subpage|status=withdrawn}}', False),
        ('{{rfc subpage|status=sonuçsuz}}', False),
        ('{{delete}}\n{{rfc subpage|status=}}', False),
        ('{{Rfc subpage | Status = invalid }}', False),
        (OPEN.replace('status=', 'status=withdrawn'), False),
        (f'#REDIRECT [[{TITLE} 2]]\n{CLOSED}', False),
        ('', False),
        (' \n', False),
        (None, False),
    ],
)
def test_head(text: str | None, is_open: bool) -> None:
    """It should be shut unless the head says that the request is open: closed, withdrawn, blanked, hidden."""
    assert Stage(text).barriers() == (() if is_open else (Barrier.NOT_OPEN,))


def test_other_page() -> None:
    """It should be shut where the request is gone, or another page stands under its title."""
    stage = Stage()
    stage.farm.delete(TITLE)
    assert stage.barriers() == (Barrier.NOT_OPEN,)
    stage.farm.write(TITLE, 'Ada', OPEN, page_id=8)
    assert stage.barriers() == (Barrier.NOT_OPEN,)
    moved = Stage()
    moved.farm.move(TITLE, f'{TITLE} 2')
    assert moved.barriers() == (Barrier.NOT_OPEN,)


@pytest.mark.parametrize('title', [BOX, PLAN, LIST])
def test_forgotten(title: str) -> None:
    """It should be shut where an operator had one of the pages blanked, whoever has saved it since."""
    stage = Stage()
    stage.wiki.save(title, DesiredPage(DesiredFacts(title, 'x', FORGOTTEN), '', NOW).text, BOT)
    assert stage.barriers() == (Barrier.FORGOTTEN,)
    stage.wiki.save(title, 'Back again.', 'Reader')
    assert stage.barriers() == (Barrier.FORGOTTEN,)


def test_nominator() -> None:
    """It should be shut where a rule on the nominator is not met, and tell what a person has to check."""
    verdicts = [Verdict.NOT_MET, Verdict.UNDETERMINED]
    found = replace(FOUND, nomination=nomination(Reply.FREE, nominator=verdicts))
    gate = Stage(tally=found).keeper.gate()
    assert (gate.barriers, len(gate.to_check)) == ((Barrier.NOMINATOR,), 1)


def test_clock() -> None:
    """It should go by the clock of the wiki: that of the machine may be wrong."""
    stage = Stage()
    stage.farm.now = OPENED + timedelta(hours=23)
    gate = stage.keeper.gate()
    assert gate.barriers == (Barrier.TOO_YOUNG,)
    assert gate.is_open_for(Audience.SUBJECT)


def test_moved() -> None:
    """It should tell nobody for a day after the page was moved: whom its title names may have changed."""
    state = replace(FOUND.request.state, moved=OPENED + timedelta(hours=30))
    request = replace(FOUND.request, opened=OPENED, state=state)
    stage = Stage(tally=replace(FOUND, request=request))
    stage.farm.now = OPENED + timedelta(hours=53)
    assert stage.barriers() == (Barrier.MOVED,)
    assert not stage.keeper.gate().is_open_for(Audience.SUBJECT)
    stage.farm.now = OPENED + timedelta(hours=54)
    assert stage.barriers() == ()


def test_moved_before_the_opening() -> None:
    """It should wait a day after the opening where the page was moved before that."""
    state = replace(FOUND.request.state, moved=OPENED - timedelta(hours=2))
    request = replace(FOUND.request, opened=OPENED, state=state)
    stage = Stage(tally=replace(FOUND, request=request))
    stage.farm.now = OPENED + timedelta(hours=23)
    assert stage.barriers() == (Barrier.TOO_YOUNG,)


def test_moved_and_opening_not_known() -> None:
    """It should stay shut for communities where it is not known when the request was opened."""
    state = replace(FOUND.request.state, moved=OPENED - timedelta(days=9))
    request = replace(FOUND.request, opened=None, state=state)
    assert Stage(tally=replace(FOUND, request=request)).barriers() == (Barrier.AGE_NOT_KNOWN,)


@pytest.mark.parametrize('title', [PLAN, LIST])
@pytest.mark.parametrize('user', ['Reader', '192.0.2.7', 'Ada', None])
def test_held(title: str, user: str | None) -> None:
    """It should be shut by any edit of the plan or a list that is not the bot's, whoever takes it back."""
    stage = Stage()
    stage.farm.write(title, user, 'No!')
    assert stage.barriers() == (Barrier.HELD,)
    stage.farm.write(title, BOT, 'The plan.')
    assert stage.barriers() == (Barrier.HELD,)


def test_hold_that_is_not_known() -> None:
    """It should be shut where the wiki does not tell whether somebody holds a page."""
    stage = Stage()
    stage.farm.unreadable = {LIST}
    assert stage.barriers() == (Barrier.NOT_KNOWN,)


def test_no_answer() -> None:
    """It should fail where the request itself cannot be read, and stop what is being sent."""
    stage = Stage()
    stage.farm.silent = {HOME}
    with pytest.raises(WikiError):
        stage.keeper.gate()
    with pytest.raises(Stopped, match='cannot be read again'):
        stage.keeper.check(Audience.SUBJECT)


CHANGES: list[tuple[Callable[[Farm], object], str]] = [
    (lambda farm: farm.write(TITLE, 'Clerk', CLOSED), 'not open'),
    (lambda farm: farm.delete(TITLE), 'not open'),
    (lambda farm: farm.write(PLAN, 'Reader', 'Wait.'), 'held'),
    (lambda farm: farm.events.update({LIST: [('delete', 'Admin', NOW)]}), 'held'),
    (lambda farm: farm.unreadable.add(PLAN), 'age not known, not known'),
]


@pytest.mark.parametrize(('change', 'why'), CHANGES)
def test_stops(change: Callable[[Farm], object], why: str) -> None:
    """It should stop what is being sent when anything shuts the gate in between."""
    stage = Stage()
    stage.keeper.check(Audience.COMMUNITY)
    if 'age' in why:
        stage.farm.unreadable.add(LIST)
    change(stage.farm)
    with pytest.raises(Stopped, match=f'nothing more may be sent: {why}'):
        stage.keeper.check(Audience.COMMUNITY)
