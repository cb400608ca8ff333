"""Which requests are gone though there is a box for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.gather.live_requests import gone_requests
from globalban_bot.profiles.loader import load_profile

META = load_profile('meta')
REQUEST = 'Requests for comment/Global ban for Lacerta'


class MadeWiki:
    """A hand-made stand-in for the wiki with the requests.

    :param boxes: titles below that of the boxes
    :param pages: what it tells of pages, by id
    """

    home = 'https://meta.example'

    def __init__(self, boxes: list[str], pages: Mapping[int, dict[str, Any]]) -> None:
        self._boxes = boxes
        self._pages = pages
        self.asked: list[str] = []

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        assert server == self.home
        if 'list' in parameters:
            yield {'query': {'allpages': [{'title': title} for title in self._boxes]}}
            return
        self.asked.append(parameters['pageids'])
        numbers = [int(number) for number in parameters['pageids'].split('|')]
        yield {'query': {'pages': [{'pageid': number, **self._pages[number]} for number in numbers]}}

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        raise AssertionError((server, holds, parameters))


PAGES: dict[str, tuple[dict[str, Any], bool]] = {
    'deleted': ({'missing': True}, True),
    'a redirect': ({'title': REQUEST, 'redirect': True}, True),
    'moved away': ({'title': 'User:Ada/Draft'}, True),
    'moved below another': ({'title': f'{REQUEST}/Old'}, True),
    'left out of the list': ({'title': REQUEST}, False),
}


@pytest.mark.parametrize(('page', 'is_gone'), PAGES.values(), ids=PAGES)
def test_gone(page: dict[str, Any], is_gone: bool) -> None:
    """It should take for gone what the wiki itself says is no request, not what a list left out."""
    wiki = MadeWiki([META.box_title(7), META.box_title(8), f'{META.box_title(7)}/Notices'], {7: page})
    assert gone_requests(wiki, META, {8}) == (frozenset({7}) if is_gone else frozenset())
    assert wiki.asked == ['7']


def test_nothing_to_ask() -> None:
    """It should ask for no page where each box has a request."""
    wiki = MadeWiki([META.box_title(7), f'{META.box_title(8)}0/Notices', f'{META.box_title(7)}x'], {})
    assert gone_requests(wiki, META, {7}) == frozenset()
    assert wiki.asked == []


def test_many() -> None:
    """It should ask for fifty pages at once."""
    numbers = range(1, 121)
    wiki = MadeWiki([META.box_title(n) for n in numbers], {n: {'missing': True} for n in numbers})
    assert gone_requests(wiki, META, set()) == frozenset(numbers)
    assert [question.count('|') + 1 for question in wiki.asked] == [50, 50, 20]


@pytest.mark.parametrize('page', [{}, {'title': 7}, {'pageid': 'x', 'missing': True}])
def test_odd_answer(page: dict[str, Any]) -> None:
    """It should not take an answer that it does not understand for a deletion."""
    with pytest.raises(WikiError):
        gone_requests(MadeWiki([META.box_title(7)], {7: page}), META, set())
