"""What to do about a wrong notice."""

from __future__ import annotations

import re

from hypothesis import given

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.notice import NoticeState
from globalban_bot.render.wrong_notice import wrong_notice_text
from tests.unit.render.notices import HOSTILE, coverage, target

M = Messages()
PLAN = 'User:Request facts bot/Request/12/Notices'


def test_steps() -> None:
    """It should say where notices stand, then who does what, the hold first."""
    found = coverage(NoticeState.DELIVERED, target('frwiki'), link='https://fr.wikipedia.org/wiki/X')
    said = wrong_notice_text([found, coverage(NoticeState.NONE_FOUND)], PLAN, M).splitlines()
    assert said[0] == 'Notices of this request, or links to it, were found on one page:'
    assert said[1] == '  fr.wikipedia.org: https://fr.wikipedia.org/wiki/X'
    assert said[3].startswith(f'1. Hold the rest: edit {PLAN}')
    assert [line[:2] for line in said[3:]] == ['1.', '2.', '3.', '4.', '5.']


@given(HOSTILE)
def test_hostile(text: str) -> None:
    """It should print addresses from other wikis without control characters, each on its own line."""
    said = wrong_notice_text([coverage(NoticeState.DELIVERED, link=f'https://x.example/{text}')], PLAN, M)
    assert not re.search('[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]', said)
    assert said.count('\n') == 8
