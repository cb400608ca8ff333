"""Answers to commands, on one line."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from globalban_bot.decide.tally import tally
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.command import CommandName, CommandUse, TalkCommand
from globalban_bot.model.nomination import Reply
from globalban_bot.model.tally import Tally
from globalban_bot.render.answer import (
    MOST_MINUTES,
    answer_text,
    form_of,
    nomination_text,
    question_text,
    recount_text,
    status_text,
)
from tests.unit.decide.made import NEUTRAL, OPPOSE, SUPPORT, entry, proposal, request, tallied
from tests.unit.made_accounts import day
from tests.unit.made_notices import nomination

ENGLISH = Messages()
AT = day('2027-05-03T14:05')
SINCE = day('2027-05-03T12:00')
SEEN = 'Recounted at revision [[Special:PermanentLink/70|70]] (14:05, 3 May 2027 (UTC))'


def votes(support: int = 0, oppose: int = 0, neutral: int = 0, **more: Any) -> Tally:
    """Return a request with so many votes, each by somebody else."""
    stances = [SUPPORT] * support + [OPPOSE] * oppose + [NEUTRAL] * neutral
    entries = (entry(at, f'Invented {at}', stance) for at, stance in enumerate(stances, 1))
    return tallied(*entries, **more)


def recounted(now: Tally, before: Tally | None = None) -> str:
    return recount_text(now, before, None if before is None else SINCE, ENGLISH, AT)


def questions(*counts: int) -> Tally:
    """Return a page with several questions."""
    made = (
        proposal(
            *(entry(at, f'Invented {at}') for at in range(1, count + 1)), heading=f'Proposal {number}: Bel'
        )
        for number, count in enumerate(counts, 1)
    )
    return tally(request(*made))


# How many count.


def test_counted() -> None:
    """It should tell how many count, of which revision, and when it was read; a count is no outcome."""
    assert recounted(votes(14, 6, 2)) == f'{SEEN}: 14 support, 6 oppose, 2 neutral (a count, not an outcome).'


def test_nothing_counts() -> None:
    """It should tell a request without any votes as it is."""
    assert recounted(votes()) == f'{SEEN}: 0 support, 0 oppose, 0 neutral (a count, not an outcome).'


def test_not_counted() -> None:
    """It should tell, as the box does, which positions are not counted, and leave them out of changes."""
    before, now = tallied(entry(1)), tallied(entry(1), entry(2, 'Bel', struck=True))
    told = f'{SEEN}: 1 support, 0 oppose, 0 neutral (a count, not an outcome); not counted: 1 struck.'
    assert recounted(now) == told
    assert recounted(now, before) == f'{told} No change since the count of 12:00, 3 May 2027 (UTC).'


#: Votes before and now, and what is told of the difference.
CHANGES = [
    ((3, 1, 0), (3, 1, 0), 'No change since the count of 12:00, 3 May 2027 (UTC).'),
    ((3, 1, 0), (4, 1, 0), 'Since the count of 12:00, 3 May 2027 (UTC): Support +1.'),
    ((3, 1, 0), (3, 0, 0), 'Since the count of 12:00, 3 May 2027 (UTC): Oppose −1.'),
    ((3, 1, 0), (5, 0, 3), 'Since the count of 12:00, 3 May 2027 (UTC): Support +2, Oppose −1, Neutral +3.'),
    ((1, 0, 0), (0, 1, 0), 'Since the count of 12:00, 3 May 2027 (UTC): Support −1, Oppose +1.'),
]


@pytest.mark.parametrize(('before', 'now', 'told'), CHANGES)
def test_changes(before: tuple[int, int, int], now: tuple[int, int, int], told: str) -> None:
    """It should tell what has changed since the last count, side by side, and nothing of what has not."""
    assert recounted(votes(*now), votes(*before)).endswith(f'(a count, not an outcome). {told}')


def test_same_number_of_others() -> None:
    """It should tell of numbers alone: that others vote by now is no change."""
    before, now = tallied(entry(author='Cid')), tallied(entry(author='Dov'))
    assert 'No change' in recounted(now, before)


@pytest.mark.parametrize(
    ('number', 'told'),
    [(0, None), (1, "One entry needs a person's look."), (2, "2 entries need a person's look.")],
)
def test_looks(number: int, told: str | None) -> None:
    """It should tell how many entries need a person's look, where any does."""
    entries = [entry(at, f'Invented {at}', contradicts=True) for at in range(1, number + 1)]
    found = recounted(tallied(entry(9), *entries))
    assert found.endswith(told or '(a count, not an outcome).')
    assert ('look' in found) is (told is not None)


def test_several_questions() -> None:
    """It should leave the counts of several questions to the box, and not compare them with that of one."""
    told = f'{SEEN}. The page has several questions; the counts stand in its box.'
    assert recounted(questions(2, 3)) == told
    assert recounted(questions(2, 3), votes(1)) == told
    assert recounted(votes(1), questions(2, 3)) == recounted(votes(1))


# The nomination.


def test_nomination() -> None:
    """It should tell what the box tells of the nomination, its labels with it, and when it was looked up."""
    found = replace(votes(), nomination=nomination(Reply.FREE))
    told = nomination_text(found, ENGLISH, AT)
    assert told.startswith("''")
    assert ":''" in told
    assert told.endswith('Looked up at 14:05, 3 May 2027 (UTC).')
    assert nomination_text(found, Messages('fr'), AT).count("\xa0:''") == told.count(":''")


def test_no_nomination() -> None:
    """It should say where there is nothing to tell of a nomination."""
    told = nomination_text(votes(), ENGLISH, AT)
    assert told == 'There is nothing to tell about the nomination. Looked up at 14:05, 3 May 2027 (UTC).'


# What was asked, and when.


def asked(*minutes: float) -> list[CommandUse]:
    """Return recounts, asked so many minutes after each other."""
    return [
        CommandUse(
            TalkCommand(CommandName.RECOUNT),
            'Ada',
            SINCE + timedelta(minutes=minute),
            150 + number,
            stands=True,
        )
        for number, minute in enumerate(minutes)
    ]


def test_question() -> None:
    """It should name what was asked and the minute, which links to the edit that asked; nobody is named."""
    assert question_text(asked(0), ENGLISH) == (
        "'''Recount''', asked at [[Special:Diff/150|12:00, 3 May 2027 (UTC)]]:"
    )


def test_asked_by_several() -> None:
    """It should name each minute at which the same was asked, once."""
    assert question_text(asked(0, 0.5, 7), ENGLISH) == (
        "'''Recount''', asked at [[Special:Diff/150|12:00, 3 May 2027 (UTC)]]; "
        '[[Special:Diff/152|12:07, 3 May 2027 (UTC)]]:'
    )


def test_asked_by_many() -> None:
    """It should name the first and the last minute where there are many."""
    many = question_text(asked(*range(MOST_MINUTES + 1)), ENGLISH)
    assert re.findall(r'\d\d:\d\d', many) == ['12:00', f'12:{MOST_MINUTES:02}']
    assert len(re.findall(r'\d\d:\d\d', question_text(asked(*range(MOST_MINUTES)), ENGLISH))) == MOST_MINUTES


@pytest.mark.parametrize('ask', [*CommandName])
@pytest.mark.parametrize('language', ['en', 'de', 'fr', 'es', 'ar'])
def test_word_of_each(ask: CommandName, language: str) -> None:
    """It should have a word for each question in each language."""
    (one,) = asked(0)
    told = question_text([replace(one, command=TalkCommand(ask))], Messages(language))
    assert Messages(language).get(f'answer-word-{ask.value}') in told


def test_status() -> None:
    """It should tell the state of a request that is open, too, and when it was looked up."""
    told = status_text(votes(), ENGLISH, AT)
    assert told.startswith("''State:'' open")
    assert told.endswith('. Looked up at 14:05, 3 May 2027 (UTC).')


# Languages, and how commands are shown.


def test_languages() -> None:
    """It should show an answer in the language of each reader, with its direction, on one line."""
    told = answer_text(lambda messages: messages.get('answer-no-box'), ('de', 'ar'))
    assert re.findall(r'<div lang="(\w+)" dir="(\w+)">', told) == [
        ('de', 'ltr'),
        ('ar', 'rtl'),
        ('en', 'ltr'),
    ]
    assert ENGLISH.get('answer-no-box') in told
    assert '\n' not in told


def test_english_alone() -> None:
    """It should need no switch where there is one language, and drop line breaks and blanks around it."""
    assert answer_text(lambda _: 'a\nb', ()) == '<div lang="en" dir="ltr">a b</div>'


def test_not_reviewed() -> None:
    """It should say beside a translation that nobody has reviewed it, in that language."""
    told = answer_text(lambda messages: messages.get('answer-no-box'), ('de',))
    german, english = told.split('#default=')
    assert (Messages('de').get('translation-unreviewed') in german) is not Messages('de').reviewed
    assert 'translation' not in english


@given(st.text(alphabet=st.characters(exclude_characters='\n')))
@example('<!-- end -->')
def test_one_line(said: str) -> None:
    """It should stay on one line and hold no comment, whatever is said."""
    told = answer_text(lambda _: f'{said}\n{said}', ('de',))
    assert '\n' not in told
    assert '<!--' not in told


def test_form() -> None:
    """It should show a command as people write it, and not call the template."""
    assert form_of('User:A/Ask', 'recount') == '<code><nowiki>{{User:A/Ask|recount}}</nowiki></code>'
    assert form_of('Ask', 'recount', '7') == '<code><nowiki>{{Ask|recount|7}}</nowiki></code>'


def everything() -> list[str]:
    """Return an answer of each kind, on accounts whose names are known here."""
    found = replace(votes(3, 2, 1), nomination=nomination(Reply.FREE, None))
    return [
        recounted(found, votes(1)),
        recounted(questions(1, 2)),
        nomination_text(found, ENGLISH, AT),
        status_text(found, ENGLISH, AT),
        question_text(asked(0, 1), ENGLISH),
    ]


@pytest.mark.parametrize('told', everything())
def test_no_names(told: str) -> None:
    """It should name nobody and ping nobody: it has no link to an account, and no signature."""
    assert not re.search(r'\[\[\s*:?user|~~~|Invented|\bAda\b|\bBel\b', told, re.IGNORECASE)
    assert '\n' not in told
