"""Notices by action=massmessage, against the stand-in for the extension: sent once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from globalban_bot.errors import Stopped
from globalban_bot.model.notice import Sent
from tests.farm.accounts import BOT
from tests.farm.deliver_at import notice
from tests.farm.farm import Farm

META = 'metawiki'
LIST = f'User:{BOT.name}/Targets'
SENDER = replace(BOT, groups=(*BOT.groups, 'massmessage-sender'))
NOTICES = [notice(1, f'meta:meta:User talk:{name}') for name in ('Ada', 'Berit')]


def deliver(site: Any, before_each: Callable[[], None] = lambda: None) -> list[tuple[Sent, str]]:
    from globalban_bot.act.massmessage import MassMessageEngine
    from globalban_bot.wiki.api import ApiClient

    engine = MassMessageEngine(ApiClient(site), LIST, 'A notice', 'Something is discussed.', pause=0.1)
    return [(one.sent, one.reason) for one in engine.deliver(NOTICES, before_each)]


@pytest.fixture
def sends(farm: Farm, meta_site: Any) -> Callable[[], int]:
    """Give what counts the messages sent, on a wiki with a list by the bot."""
    farm.write_page(META, LIST, '* {{#target:User talk:Ada}}\n* {{#target:User talk:Berit}}', BOT.name)

    def count() -> int:
        query = {'list': 'logevents', 'letype': 'massmessage', 'formatversion': '2'}
        answer = meta_site.simple_request(action='query', **query).submit()
        return sum(one['action'] == 'send' for one in answer['query']['logevents'])

    return count


def test_once(farm: Farm, meta_site: Any, sends: Callable[[], int]) -> None:
    """It should send one message for all targets, and see in the log that it was sent."""
    farm.create_accounts(META, SENDER)
    assert deliver(meta_site) == [(Sent.HANDED_OVER, '')] * 2
    assert deliver(meta_site) == [(Sent.HANDED_OVER, '')] * 2
    assert sends() == 1


def test_lost(farm: Farm, meta_site: Any, sends: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    """It should look in the log for a message whose answer was lost."""
    import requests

    from tests.farm.adapter import FarmAdapter

    real = FarmAdapter.send
    farm.create_accounts(META, SENDER)

    def send(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        answer = real(self, request, *args, **kwargs)
        if 'action=massmessage' in str(request.body):
            raise requests.exceptions.ReadTimeout('too long', request=request)
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(FarmAdapter, 'send', send)
        assert deliver(meta_site) == [(Sent.HANDED_OVER, '')] * 2
    assert deliver(meta_site) == [(Sent.HANDED_OVER, '')] * 2
    assert sends() == 1


#: How many of two targets stand on the list, and what is told of both.
TAKEN = {
    0: (Sent.REFUSED, 'the wiki took 0 of 2 targets'),
    1: (Sent.HANDED_OVER, 'the wiki took 1 of 2 targets'),
    3: (Sent.HANDED_OVER, 'the wiki took 3 of 2 targets'),
}


@pytest.mark.parametrize(('number', 'told'), TAKEN.items())
def test_count(farm: Farm, meta_site: Any, number: int, told: tuple[Sent, str]) -> None:
    """It should compare the count in the answer with the targets: a success may be one for no page at all."""
    farm.create_accounts(META, SENDER)
    lines = [f'* {{{{#target:User talk:{name}}}}}' for name in ('Ada', 'Berit', 'Cid')[:number]]
    farm.write_page(META, LIST, '\n'.join(lines) or 'A list that the wiki cannot read.', BOT.name)
    assert deliver(meta_site) == [told] * 2


def test_no_right(farm: Farm, meta_site: Any, sends: Callable[[], int]) -> None:
    """It should name a right that is missing."""
    assert deliver(meta_site) == [(Sent.REFUSED, 'not allowed')] * 2
    assert sends() == 0


def test_no_list(farm: Farm, meta_site: Any) -> None:
    """It should send nothing without a list."""
    assert deliver(meta_site) == [(Sent.REFUSED, 'deleted meanwhile')] * 2


def test_strange_list(farm: Farm, meta_site: Any, sends: Callable[[], int]) -> None:
    """It should send nothing to a list that somebody else has changed."""
    farm.write_page(META, LIST, '* {{#target:User talk:Somebody}}')
    assert deliver(meta_site) == [(Sent.REFUSED, 'edit conflict')] * 2
    assert sends() == 0


def test_stopped(farm: Farm, meta_site: Any, sends: Callable[[], int]) -> None:
    """It should leave all when it is stopped before."""

    def stop() -> None:
        raise Stopped('asked to end')

    assert deliver(meta_site, stop) == [(Sent.LEFT, 'asked to end')] * 2
    assert sends() == 0


def test_simulated(
    farm: Farm, meta_site: Any, sends: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It should never send while nothing may be written."""
    import pywikibot

    from globalban_bot.errors import InternalError

    monkeypatch.setattr(pywikibot.config, 'simulate', True)
    with pytest.raises(InternalError, match='-simulate'):
        deliver(meta_site)
    assert sends() == 0
