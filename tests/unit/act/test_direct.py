"""When the bot gives up on the wikis that are left; how one notice is given is tested elsewhere."""

from __future__ import annotations

import json

import pytest
import pywikibot

from globalban_bot.act.direct import DirectEngine
from globalban_bot.model.notice import Audience, Notice, Sent, notice_marker
from globalban_bot.model.target import Target, Via
from globalban_bot.wikitext.pending import pending_on, without_pending
from tests.unit.wiki.miniwiki import PUMP, MiniFarm, Odd, Site, sending_to

WIKIS = [f'https://{letter}.example' for letter in 'abcdef']
BODY = f'Text.\n{notice_marker(12)}'
BROKEN = Odd(500)


def error(code: str) -> Odd:
    return Odd(change=lambda _: json.dumps({'error': {'code': code, 'info': 'Words.'}}).encode(), idle=True)


@pytest.fixture(autouse=True)
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nothing, warn of nothing, and send writes."""
    monkeypatch.setattr(pywikibot, 'sleep', lambda _: None)
    monkeypatch.setattr(pywikibot, 'warning', lambda _: None)
    monkeypatch.setattr(pywikibot.config, 'simulate', False)


def delivered(farm: MiniFarm, most_in_a_row: int = 2) -> list[Sent]:
    targets = [Target(url[8], url, 'en', PUMP, None, Via.SITELINK, (PUMP,)) for url in WIKIS]
    notices = [Notice(one, Audience.COMMUNITY, 'en', 'Heading', BODY, reviewed=True) for one in targets]
    engine = DirectEngine(
        lambda target: Site(target.url),
        12,
        'summary',
        most_in_a_row,
        0,
        pending=pending_on,
        inert=without_pending,
    )
    with sending_to(farm):
        return [one.sent for one in engine.deliver(notices, lambda: None)]


def test_in_a_row() -> None:
    """It should leave the rest after some failures in a row; a notice that was given begins a new row."""
    farm = MiniFarm({WIKIS[0]: BROKEN, WIKIS[2]: BROKEN, WIKIS[3]: BROKEN})
    refused, given, left = Sent.REFUSED, Sent.DELIVERED, Sent.LEFT
    assert delivered(farm) == [refused, given, refused, refused, left, left]


@pytest.mark.parametrize('odd', [None, error('protectedpage')])
def test_a_skip_ends_no_row(odd: Odd | None) -> None:
    """It should not take a page on which nothing was written for a sign that writing works."""
    farm = MiniFarm({WIKIS[0]: BROKEN, WIKIS[2]: BROKEN} | ({} if odd is None else {WIKIS[1]: odd}))
    farm.edited = {(WIKIS[1], PUMP): [BODY]}
    assert delivered(farm)[3:] == [Sent.LEFT] * 3


def test_globally_blocked() -> None:
    """It should not go through all wikis while its account is blocked on all of them."""
    farm = MiniFarm({WIKIS[0]: error('globalblocking-blockedtext-user')}, only_writes=True)
    assert delivered(farm) == [Sent.REFUSED, *[Sent.LEFT] * 5]
    assert {server for server, _ in farm.sent} == {WIKIS[0]}
