"""The page with the answers to a talk page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.command import ODD, CommandName, TalkCommand
from globalban_bot.model.talk import Answer, Answers
from globalban_bot.render.answers import answers_facts, render_answers
from tests.unit.made_accounts import day

ENGLISH = Messages()
AT = day('2027-05-03T14:05')
ONE = Answer(TalkCommand(CommandName.RECOUNT), 'Recounted.', (123,), AT, 45)
OTHER = Answer(TalkCommand(CommandName.COVERAGE, '45'), 'Looked.', (124, 126), AT)
NO_NUMBER = Answer(TalkCommand(CommandName.RECOUNT, ODD), 'Name the request.', (125,), AT, is_limit=True)


def page(*answers: Answer) -> str:
    return render_answers(Answers(8, 130, answers), ENGLISH)


def cases(text: str) -> list[str]:
    """Return the cases of the switch, by which the template finds an answer."""
    return re.findall(r'^\|(.*?)=', text, re.MULTILINE)


def test_page() -> None:
    """It should give the template what fits the command, and show readers of the page itself all of it."""
    assert page(ONE, OTHER) == (
        '<includeonly>{{#switch:{{{1|}}}/{{{2|}}}\n'
        '|recount/=<!-- asked 123 of 45 at 2027-05-03T14:05:00Z -->Recounted.<!-- end -->\n'
        '|coverage/45=<!-- asked 124 126 of - at 2027-05-03T14:05:00Z -->Looked.<!-- end -->\n'
        '|#default=}}</includeonly><noinclude>\n'
        f'{ENGLISH.div("globalban-answers")}\n'
        "'''Answers of the bot''' to what was asked on [[Special:Redirect/page/8|a talk page]]. "
        'The template that asks shows them there.\n'
        '* <code>recount</code>: Recounted.\n'
        '* <code>coverage/45</code>: Looked.\n'
        '</div>\n'
        '__NOINDEX__</noinclude>\n'
    )


def test_empty() -> None:
    """It should be a page that shows nothing to the template where there are no answers."""
    assert cases(page()) == ['#default']
    assert '|#default=}}</includeonly>' in page()


def test_order() -> None:
    """It should keep the order of the answers."""
    assert cases(page(OTHER, ONE)) == ['coverage/45', 'recount/', '#default']


def test_number_that_is_none() -> None:
    """It should answer a number that is none by the mark that the template makes of it."""
    assert cases(page(NO_NUMBER)) == ['recount/?', '#default']


def test_last_answers() -> None:
    """It should show the answers to a command on one line, the newest first, words on limits among them."""
    later = replace(ONE, text='Recounted again.', revisions=(150,), time=AT + timedelta(hours=1))
    limit = Answer(
        TalkCommand(CommandName.RECOUNT), 'Too often.', (160,), AT + timedelta(hours=2), is_limit=True
    )
    text = page(ONE, OTHER, later, limit)
    assert cases(text) == ['recount/', 'coverage/45', '#default']
    assert (
        '|recount/=<!-- limit 160 of - at 2027-05-03T16:05:00Z -->Too often.<!-- end -->'
        '<!-- asked 150 of 45 at 2027-05-03T15:05:00Z -->Recounted again.<!-- end -->'
        '<!-- asked 123 of 45 at 2027-05-03T14:05:00Z -->Recounted.<!-- end -->\n'
    ) in text
    assert '* <code>recount</code>: Too often.Recounted again.Recounted.\n' in text


def test_nobody_is_named() -> None:
    """It should name nobody and ping nobody: it links the talk page by its number, and is not signed."""
    text = page(ONE, OTHER, NO_NUMBER)
    assert re.findall(r'\[\[([^|\]]*)', text) == ['Special:Redirect/page/8']
    assert '~~~' not in text
    assert '__NOINDEX__' in text.partition('<noinclude>')[2]


def test_facts() -> None:
    """It should tell a new answer, a new text and a new asking apart; but not the moment of the answer."""
    found = Answers(8, 130, (ONE, OTHER))
    same = Answers(8, 131, (replace(ONE, time=AT + timedelta(hours=1)), OTHER))
    assert answers_facts(same) == answers_facts(found)
    others = [
        (ONE,),
        (OTHER, ONE),
        (replace(ONE, text='Recounted again.'), OTHER),
        (replace(ONE, revisions=(123, 126)), OTHER),
        (replace(ONE, command=TalkCommand(CommandName.RECOUNT, '7')), OTHER),
    ]
    facts = {answers_facts(replace(found, answers=answers)) for answers in others}
    assert len(facts | {answers_facts(found)}) == len(others) + 1
