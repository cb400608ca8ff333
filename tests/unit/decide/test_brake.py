"""The brake."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from globalban_bot.decide.brake import check_brake, hold_reason
from globalban_bot.errors import UnsafePlanError
from globalban_bot.model.limits import Limits
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, PageEdit, Plan, SkippedPage, SkipReason

NOW = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
LIMITS = Limits(edits=3, fall=5, rise=60, shrink=0.5)
TITLE = 'User:Bot/7'


def text(positions: int | None, length: int = 100, standing: str = 'open') -> str:
    return DesiredPage(DesiredFacts(TITLE, 'aa', standing, positions), 'x' * length, NOW).text


def edit(before: str, after: str, why: EditReason = EditReason.FACTS, title: str = TITLE) -> PageEdit:
    return PageEdit(CurrentPage(title, 70, 'Bot', NOW, before), after, 'summary', why)


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
    assert hold_reason(one, LIMITS) is None


#: Edits beyond a limit, just, and what is said.
BEYOND = {
    'another state and fewer positions': (
        edit(text(22), text(16, standing='closed-0a1b2c')),
        'loses 6 signed positions, limit 5',
    ),
    'less is known, and less than half of the length': (
        edit(text(22, 100), text(22, 49, 'open-partly')),
        'shrinks from 100 to 49 characters, limit 50%',
    ),
    'a list that loses its rows': (
        edit(text(None, 100, 'aa'), text(None, 49, 'bb')),
        'shrinks from 100 to 49 characters, limit 50%',
    ),
    'six positions less': (
        edit(text(22), text(16)),
        'loses 6 signed positions, limit 5',
    ),
    'sixty-one positions more': (
        edit(text(0), text(61)),
        'gains 61 signed positions, limit 60',
    ),
    'less than half of the length': (
        edit(text(22, 100), text(22, 49)),
        'shrinks from 100 to 49 characters, limit 50%',
    ),
}


@pytest.mark.parametrize(('one', 'said'), BEYOND.values(), ids=BEYOND)
def test_beyond_a_limit(one: PageEdit, said: str) -> None:
    """It should hold back what is beyond a limit, and say which."""
    assert hold_reason(one, LIMITS) == said


#: A box, what the revision that it was made of counts today, and whether the box is held back.
COUNTED_AGAIN = {
    'seventeen votes were struck': (edit(text(22), text(5)), 22, False),
    'a hundred votes came in a day': (edit(text(22), text(122)), 22, False),
    'the old revision counts a little less today': (edit(text(22), text(5)), 17, False),
    'the old revision counts much less today': (edit(text(22), text(5)), 16, True),
    'the old revision counts nothing today': (edit(text(22), text(0)), 0, True),
    'the old revision counts much more today': (edit(text(22), text(122)), 122, True),
    'the old revision is not known': (edit(text(22), text(5)), None, True),
}


@pytest.mark.parametrize(('one', 'again', 'held'), COUNTED_AGAIN.values(), ids=COUNTED_AGAIN)
def test_changes_by_people(one: PageEdit, again: int | None, held: bool) -> None:
    """It should let pass what people changed, and hold back what the bot itself reads in another way."""
    moments: list[datetime] = []

    def positions_at(at: datetime) -> int | None:
        moments.append(at)
        return again

    assert (hold_reason(one, LIMITS, positions_at) is not None) is held
    assert moments == [NOW]


def test_counted_again_only_in_doubt() -> None:
    """It should not read a page once more for an edit within the limits."""

    def positions_at(at: datetime) -> int | None:
        raise AssertionError(at)

    for one in WITHIN.values():
        hold_reason(one, LIMITS, positions_at)


def test_short_after_a_closing() -> None:
    """It should let a box shrink with its standing or its numbers, but no page that counts nothing."""
    assert hold_reason(edit(text(22, 100), text(22, 10).replace('open', 'closed')), LIMITS) is None
    assert hold_reason(edit(text(22, 100), text(21, 10)), LIMITS) is None
    listing = edit(text(None, 100), text(None, 10).replace('open', 'other'))
    assert hold_reason(listing, LIMITS) == 'shrinks from 100 to 10 characters, limit 50%'


def test_number_of_edits() -> None:
    """It should hold back a run with more edits than the limit, and say what to do."""
    check_brake(plan(3), LIMITS)
    with pytest.raises(UnsafePlanError, match='- 4 edits in one run; the limit is 3\n') as error:
        check_brake(plan(4), LIMITS)
    first, *_, last = str(error.value).splitlines()
    assert first == 'the plan was held back, nothing was edited:'
    assert all(option in last for option in ('-nobrake', '-limit', '-request'))


def test_left_pages_are_no_edits() -> None:
    """It should not count pages that are left as they are."""
    check_brake(Plan(plan(3).edits, tuple(SkippedPage(f'P{n}', SkipReason.SAME) for n in range(50))), LIMITS)


@pytest.mark.parametrize('why', EditReason)
def test_what_was_asked_for(why: EditReason) -> None:
    """It should let pass what an operator asks for by name, or who makes the settings; nothing else."""
    passes = why in {EditReason.FORGET, EditReason.REARMED, EditReason.SETTINGS, EditReason.ANSWERS}
    assert (hold_reason(edit(text(None, 5000), text(None, 0), why), LIMITS) is None) is passes
    assert (hold_reason(edit(text(200, 5000), text(0, 5000), why), LIMITS) is None) is passes


def test_asked_for_edits_count() -> None:
    """It should count the edits that were asked for, too."""
    edits = tuple(edit(text(9), '', EditReason.FORGET, f'User:Bot/{n}') for n in range(4))
    with pytest.raises(UnsafePlanError, match='4 edits'):
        check_brake(Plan(edits), LIMITS)
