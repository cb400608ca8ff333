"""Which answers stay on a page of answers, so that it does not grow without end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from globalban_bot.decide.rate_limit import DAY
from globalban_bot.model.command import TalkCommand
from globalban_bot.model.talk import Answer

#: So many answers to one command stay, and so many words on limits.
LAST = 3
#: So many answers to all commands stay, words on limits included.
MOST_ANSWERS = 50


def last_answers(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return the answers that stay, in their order. The oldest go; words on limits go before answers.

    :param answers: of one page, oldest first
    """
    last = [
        answer
        for at, answer in enumerate(answers)
        if sum(_kind(later) == _kind(answer) for later in answers[at + 1 :]) < LAST
    ]
    too_many = len(last) - MOST_ANSWERS
    if too_many <= 0:
        return tuple(last)
    goes_first = sorted(range(len(last)), key=lambda at: (not last[at].is_limit, at))
    gone = {*goes_first[:too_many]}
    return tuple(answer for at, answer in enumerate(last) if at not in gone)


def tells_limit(command: TalkCommand, answers: Sequence[Answer], page: int, now: datetime) -> bool:
    """Tell whether the page of answers has room for one more word on limits, which are bounded themselves.

    :param answers: of one page
    :param page: so many words on limits are told on the page in 24 hours
    :param now: the moment of the run (UTC)
    """
    told = [one.command for one in answers if one.is_limit and now - one.time < DAY]
    return len(told) < page and told.count(command) < LAST


def _kind(answer: Answer) -> tuple[TalkCommand, bool]:
    return (answer.command, answer.is_limit)
