"""Which answers stay on a page of answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.decide.last_answers import LAST, MOST_ANSWERS, last_answers, tells_limit
from globalban_bot.decide.rate_limit import DAY
from globalban_bot.model.command import CommandName, TalkCommand
from globalban_bot.model.talk import Answer
from tests.unit.made_accounts import NOW

RECOUNT = TalkCommand(CommandName.RECOUNT)
PAGE = 20


def answer(number: int, command: TalkCommand = RECOUNT, *, is_limit: bool = False) -> Answer:
    return Answer(command, f'Answer {number}.', (number,), NOW + timedelta(minutes=number), None, is_limit)


def test_last_of_a_command() -> None:
    """It should keep the last three answers and the last three words on limits of a command."""
    made = [answer(number, is_limit=number % 2 == 0) for number in range(1, 11)]
    assert [one.revisions[0] for one in last_answers(made)] == [5, 6, 7, 8, 9, 10]


def test_most_of_a_page() -> None:
    """It should let words on limits go before answers where a page has too many, the oldest first."""
    limits = [
        answer(number, TalkCommand(CommandName.STATUS, str(number)), is_limit=True) for number in range(10)
    ]
    made = [
        answer(number, TalkCommand(CommandName.STATUS, str(number)))
        for number in range(100, 100 + MOST_ANSWERS - 4)
    ]
    assert last_answers([*limits, *made]) == (*limits[-4:], *made)


answers = st.lists(
    st.builds(
        answer,
        st.integers(1, 10**6),
        st.builds(TalkCommand, st.sampled_from([*CommandName]), st.integers(0, 30).map(str)),
        is_limit=st.booleans(),
    ),
    max_size=200,
)


@given(answers)
def test_laws(made: list[Answer]) -> None:
    """It should keep answers as they are and in their order, not too many, and the newest of all."""
    last = last_answers(made)
    assert last_answers(last) == last
    rest = iter(made)
    assert all(one in rest for one in last)
    assert len(last) <= MOST_ANSWERS
    newest = [one for one in made if not one.is_limit][-1:]
    assert all(one in last for one in newest)


@pytest.mark.parametrize(
    ('told', 'now', 'expected'),
    [
        ([], NOW, True),
        ([answer(number) for number in range(9)], NOW, True),
        ([answer(0, is_limit=True)] * (LAST - 1), NOW, True),
        ([answer(0, is_limit=True)] * LAST, NOW, False),
        ([answer(0, is_limit=True)] * LAST, NOW + DAY, True),
        ([answer(0, TalkCommand(CommandName.STATUS, '7'), is_limit=True)] * (PAGE - 1), NOW, True),
        ([answer(0, TalkCommand(CommandName.STATUS, '7'), is_limit=True)] * PAGE, NOW, False),
    ],
)
def test_words_on_limits(told: list[Answer], now: object, expected: bool) -> None:
    """It should tell limits three times a command, and so many times a page, in 24 hours."""
    assert tells_limit(RECOUNT, told, PAGE, now) is expected  # type: ignore[arg-type]
