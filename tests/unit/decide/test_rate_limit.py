"""Commands that are asked too often."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.decide.rate_limit import DAY, judge_limits
from globalban_bot.model.command import CommandName, CommandUse, TalkCommand
from tests.unit.made_accounts import NOW

PERSON, PAGE = 5, 20
SECOND = timedelta(seconds=1)


def one(number: int, author: str | None = 'Ada', time: datetime = NOW, argument: str = '') -> CommandUse:
    """Return a recount, asked by the revision of a number."""
    return CommandUse(TalkCommand(CommandName.RECOUNT, argument), author, time, number, stands=True)


def many(times: int, author: str | None = 'Ada', time: datetime = NOW, first: int = 1) -> list[CommandUse]:
    return [one(first + number, author, time) for number in range(times)]


def crowd(times: int) -> list[CommandUse]:
    return [one(number, f'Invented {number}') for number in range(1, times + 1)]


def within_limits(asked: list[CommandUse], person: int, page: int) -> tuple[CommandUse, ...]:
    """Return what is answered."""
    return tuple(found for found, after in judge_limits(asked, person, page).items() if after is None)


def answered(asked: list[CommandUse]) -> list[int]:
    """Return the revisions whose commands are answered."""
    return [found.revision for found in within_limits(asked, PERSON, PAGE)]


def test_nothing() -> None:
    """It should answer nothing where nothing was asked."""
    assert within_limits([], PERSON, PAGE) == ()


@pytest.mark.parametrize('times', [1, PERSON - 1, PERSON, PERSON + 1, 200])
@pytest.mark.parametrize('author', ['Ada', '2001:DB8::1', None])
def test_person(author: str | None, times: int) -> None:
    """It should answer one person so many times and no more; all whose names are hidden are one person."""
    assert answered(many(times, author)) == [*range(1, min(times, PERSON) + 1)]


@pytest.mark.parametrize('times', [PAGE - 1, PAGE, PAGE + 1, 200])
def test_page(times: int) -> None:
    """It should answer so many commands on a page and no more, whoever asks."""
    assert answered(crowd(times)) == [*range(1, min(times, PAGE) + 1)]


def test_others() -> None:
    """It should go on to answer others where one person asks too often."""
    assert answered([*many(7), one(8, 'Bo')]) == [1, 2, 3, 4, 5, 8]


def test_not_answered_is_not_counted() -> None:
    """It should not count against the page what was not answered."""
    asked = [*many(200), *(one(number, f'Invented {number}') for number in range(201, 221))]
    assert answered(asked) == [1, 2, 3, 4, 5, *range(201, 216)]


@pytest.mark.parametrize(('later', 'again'), [(DAY - SECOND, False), (DAY, True), (DAY + SECOND, True)])
def test_day(later: timedelta, again: bool) -> None:
    """It should answer a person again when 24 hours have passed, to the second."""
    assert (99 in answered([*many(PERSON), one(99, time=NOW + later)])) is again


@pytest.mark.parametrize(('later', 'again'), [(DAY - SECOND, False), (DAY, True)])
def test_day_of_the_page(later: timedelta, again: bool) -> None:
    """It should answer on a page again when 24 hours have passed, to the second."""
    assert (99 in answered([*crowd(PAGE), one(99, 'Bo', NOW + later)])) is again


def test_sliding() -> None:
    """It should count the 24 hours before each command, not by the day of the calendar."""
    hours = [0, 6, 12, 18, 23, 23.5, 24, 29, 30]
    asked = [one(at, time=NOW + timedelta(hours=hour)) for at, hour in enumerate(hours)]
    assert answered(asked) == [0, 1, 2, 3, 4, 6, 8]


def test_twice_in_one_edit() -> None:
    """It should take what stands twice in one edit for asked once, but not two commands, nor two edits."""
    twice = [one(1)] * 3
    assert within_limits(twice, PERSON, PAGE) == (one(1),)
    assert len(within_limits([*twice, *many(4, first=2)], PERSON, PAGE)) == PERSON
    two = [one(1), one(1, argument='7'), one(2)]
    assert within_limits(two, PERSON, PAGE) == tuple(two)


def test_one_edit_with_many() -> None:
    """It should count each command of one edit."""
    asked = [one(1, argument=str(number)) for number in range(1, 201)]
    assert within_limits(asked, PERSON, PAGE) == tuple(asked[:PERSON])


floods = st.lists(
    st.tuples(st.integers(0, 72 * 60), st.sampled_from(['Ada', 'Bo', 'Cid', None])), max_size=60
).map(
    lambda found: [
        one(number, author, NOW + timedelta(minutes=minute))
        for number, (minute, author) in enumerate(sorted(found, key=lambda pair: pair[0]))
    ]
)


@given(floods, st.integers(1, 4), st.integers(1, 8))
def test_laws(asked: list[CommandUse], person: int, page: int) -> None:
    """It should pass no limit in any 24 hours, and leave nothing for which there is room."""
    kept = within_limits(asked, person, page)
    for found in asked:
        recent = [other for other in kept if timedelta() <= found.time - other.time < DAY]
        same = [other for other in recent if other.author == found.author]
        assert len(recent) <= page
        assert len(same) <= person
        assert found in kept or len(recent) == page or len(same) == person


@given(floods, floods)
def test_what_comes_later(asked: list[CommandUse], later: list[CommandUse]) -> None:
    """It should not take back an answer for what is asked later."""
    end = max((found.time for found in asked), default=NOW)
    after = [one(1000 + found.revision, found.author, found.time + (end - NOW)) for found in later]
    kept = within_limits(asked, PERSON, PAGE)
    assert within_limits([*asked, *after], PERSON, PAGE)[: len(kept)] == kept


@given(floods, st.integers(1, 4), st.integers(1, 8))
def test_after(asked: list[CommandUse], person: int, page: int) -> None:
    """It should name a moment at which the same person is answered again, if nobody asks meanwhile."""
    for number, (found, after) in enumerate(judge_limits(asked, person, page).items()):
        if after is not None:
            assert found.time < after <= found.time + DAY
            again = one(1000, found.author, after)
            assert judge_limits([*asked[: number + 1], again], person, page)[again] is None
            before = one(1000, found.author, after - SECOND)
            assert judge_limits([*asked[: number + 1], before], person, page)[before] is not None
