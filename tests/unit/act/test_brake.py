"""The brake."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from globalban_bot.act.brake import check_brake
from globalban_bot.errors import UnsafePlanError
from globalban_bot.model.limits import Limits
from globalban_bot.model.owned import OwnedPage, PageState, Wanted
from globalban_bot.model.plan import Leaving, Left, PageEdit, Plan, Why

NOW = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
LIMITS = Limits(edits=3, fall=5, rise=60, shrink=0.5)
TITLE = 'User:Bot/7'


def text(positions: int | None, length: int = 100, standing: str = 'open') -> str:
    return OwnedPage(Wanted(TITLE, 'aa', standing, positions), 'x' * length, NOW).text


def edit(before: str, after: str, why: Why = Why.FACTS, title: str = TITLE) -> PageEdit:
    return PageEdit(PageState(title, 70, 'Bot', NOW, before), after, 'summary', why)


def plan(count: int) -> Plan:
    return Plan(tuple(edit(text(1), text(1), title=f'User:Bot/{n}') for n in range(count)))


#: Edits within all limits, just.
WITHIN = {
    'the same number': edit(text(22), text(22)),
    'five positions less': edit(text(22), text(17)),
    'sixty positions more': edit(text(0), text(60)),
    'half of the length': edit(text(22, 100), text(22, 50)),
    'ten times the length': edit(text(22, 100), text(22, 1000)),
    'a box that shrinks as the request is closed': edit(text(22, 100), text(22, 10, 'closed-0a1b2c')),
    'a box that shrinks as the page is blanked': edit(text(22, 100), text(None, 10, 'blanked')),
    'no number before': edit(text(None), text(200)),
    'no number after': edit(text(22), text(None)),
    'an empty page before': edit('', text(1)),
}


@pytest.mark.parametrize('one', WITHIN.values(), ids=WITHIN)
def test_within_the_limits(one: PageEdit) -> None:
    """It should let pass what is at a limit."""
    check_brake(Plan((one,)), LIMITS)


#: Edits beyond a limit, just, and what is said.
BEYOND = {
    'another state and fewer positions': (
        edit(text(22), text(16, standing='closed-0a1b2c')),
        'User:Bot/7: loses 6 signed positions; the limit is 5',
    ),
    'less is known, and less than half of the length': (
        edit(text(22, 100), text(22, 49, 'open-partly')),
        'User:Bot/7: shrinks from 100 to 49 characters; the limit is 50%',
    ),
    'a list that loses its rows': (
        edit(text(None, 100, 'aa'), text(None, 49, 'bb')),
        'User:Bot/7: shrinks from 100 to 49 characters; the limit is 50%',
    ),
    'six positions less': (
        edit(text(22), text(16)),
        'User:Bot/7: loses 6 signed positions; the limit is 5',
    ),
    'sixty-one positions more': (
        edit(text(0), text(61)),
        'User:Bot/7: gains 61 signed positions; the limit is 60',
    ),
    'less than half of the length': (
        edit(text(22, 100), text(22, 49)),
        'User:Bot/7: shrinks from 100 to 49 characters; the limit is 50%',
    ),
}


@pytest.mark.parametrize(('one', 'said'), BEYOND.values(), ids=BEYOND)
def test_beyond_a_limit(one: PageEdit, said: str) -> None:
    """It should hold back what is beyond a limit, say which, and what to do."""
    with pytest.raises(UnsafePlanError) as error:
        check_brake(Plan((one,)), LIMITS)
    first, reason, last = str(error.value).splitlines()
    assert first == 'the plan was held back, nothing was edited:'
    assert reason == f'- {said}'
    assert all(option in last for option in ('-nobrake', '-limit', '-request'))


def test_number_of_edits() -> None:
    """It should hold back a run with more edits than the limit."""
    check_brake(plan(3), LIMITS)
    with pytest.raises(UnsafePlanError, match='- 4 edits in one run; the limit is 3\n'):
        check_brake(plan(4), LIMITS)


def test_left_pages_are_no_edits() -> None:
    """It should not count pages that are left as they are."""
    check_brake(Plan(plan(3).edits, tuple(Left(f'P{n}', Leaving.SAME) for n in range(50))), LIMITS)


def test_every_reason_is_named() -> None:
    """It should name all reasons at once, page by page."""
    edits = (*plan(2).edits, edit(text(22, 100), text(0, 10), title='User:Bot/8'), edit(text(0), text(99)))
    with pytest.raises(UnsafePlanError) as error:
        check_brake(Plan(edits), LIMITS)
    reasons = [line for line in str(error.value).splitlines() if line.startswith('- ')]
    assert [reason.split(' ')[1:3] for reason in reasons] == [
        ['4', 'edits'],
        ['User:Bot/8:', 'loses'],
        ['User:Bot/8:', 'shrinks'],
        ['User:Bot/7:', 'gains'],
    ]


@pytest.mark.parametrize('why', Why)
def test_what_was_asked_for(why: Why) -> None:
    """It should let pass what an operator asks for by name, or who makes the settings; nothing else."""
    blanking = Plan((edit(text(200, 5000), text(None, 0), why),))
    if why in {Why.FORGET, Why.REARMED, Why.SETTINGS, Why.ANSWERS}:
        check_brake(blanking, LIMITS)
    else:
        with pytest.raises(UnsafePlanError):
            check_brake(blanking, LIMITS)


def test_asked_for_edits_count() -> None:
    """It should count the edits that were asked for, too."""
    edits = tuple(edit(text(9), '', Why.FORGET, f'User:Bot/{n}') for n in range(4))
    with pytest.raises(UnsafePlanError, match='4 edits'):
        check_brake(Plan(edits), LIMITS)
