"""A plan of notices, and what became of it, in the terminal."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.notice import Audience, Delivery, NoticeState, Sent
from globalban_bot.render.notice_terminal import notice_plan_text, notice_result_text
from tests.unit.render.notices import (
    HOSTILE,
    OPEN,
    SHUT,
    SKIPS,
    coverage,
    deliveries,
    evil_plan,
    made,
    notice,
    plan,
)

M = Messages()
F, N = NoticeState.DELIVERED, NoticeState.NONE_FOUND


@given(HOSTILE)
def test_hostile_terminal(text: str) -> None:
    """It should print titles from other wikis without control characters, each on its own line."""
    found = evil_plan(text)
    said = notice_plan_text(found, [], OPEN, M)
    said += notice_result_text([Delivery(found.notices[0], Sent.REFUSED, text)], found.skipped, M)
    assert not re.search('[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]', said)
    harmless = evil_plan('x')
    twin = notice_plan_text(harmless, [], OPEN, M)
    twin += notice_result_text([Delivery(harmless.notices[0], Sent.REFUSED, 'x')], harmless.skipped, M)
    assert said.count('\n') in {twin.count('\n'), twin.count('\n') + 5}  # two languages have two previews


def test_body() -> None:
    """It should print a text line by line, without what could act on the terminal."""
    said = notice_plan_text(plan(replace(notice(), body='one\x1b[0m\ntwo\u202e')), [], SHUT, M)
    assert '\n  one[0m\n  two\n' in said


def test_terminal() -> None:
    """It should say the same in a terminal, with the titles, as whoever runs the bot has to know them."""
    found = made()
    said = notice_plan_text(found, [coverage(F), coverage(N)], SHUT, M)
    assert said.startswith(f'Requests for comment/Global ban for Invented (code {found.code})\n')
    assert 'Communities: notice found on 1 of 2 wikis where' in said
    assert '  The request is less than 24 hours old.\n' in said
    assert (
        '  de.wikipedia.org Project:Pump [de]: the account has edited there; no notice found; nobody' in said
    )
    assert '  aa.wikipedia.org: the wiki is closed\n' in said
    assert '  == ' not in said
    assert '<!-- globalban-notice 12 -->' in said
    assert 'Ready to be sent.' in notice_plan_text(plan(), [coverage(F, audience=Audience.SUBJECT)], OPEN, M)


def test_result_in_the_terminal() -> None:
    """It should say the same in a terminal."""
    said = notice_result_text(deliveries(), SKIPS, M)
    assert said.startswith('1 delivered; 1 there already; 1 refused by the wiki; 1 not sent')
    assert '  en.wikipedia.org Project:Pump: refused by the wiki (protected)\n' in said
    assert '  aa.wikipedia.org: the wiki is closed\n' in said
