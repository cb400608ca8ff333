"""How pages stand where an answer has no room for all; MediaWiki does it in ``tests/farm/test_writer.py``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.gather.current_pages import LONGEST, CurrentPageReader
from globalban_bot.model.marker import FORGOTTEN
from globalban_bot.model.owned import DesiredFacts, DesiredPage

BOT = 'Facts bot'
TIME = '2027-05-03T12:00:00Z'
NOW = datetime(2027, 5, 3, 12, tzinfo=UTC)
#: What is read of a page that is too long.
UNREAD = ('', True)


@dataclass
class Site:
    """A wiki with few pages, whose answers have room for so many characters, and say so as MediaWiki does.

    :param pages: who saved them last, and their texts, by title
    :param past: the newest revisions of the bot, where somebody else has saved a page since, by title
    :param room: characters of an answer
    :ivar asked: the properties of each question, and for how many pages
    :ivar looked: titles of pages of which the bot's newest revision was asked for
    """

    pages: dict[str, tuple[str, str]]
    past: dict[str, dict[str, Any]] = field(default_factory=dict)
    room: int = 8 * LONGEST
    asked: list[tuple[str, int]] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)

    home = 'https://meta.wikimedia.org'

    def query(self, server: str, **parameters: str) -> Iterator[dict[str, Any]]:
        assert server == self.home
        self._question = parameters
        yield self._answer()

    def action(self, server: str, holds: str, **parameters: str) -> dict[str, Any]:
        raise AssertionError(f'{server}: nobody asks for {holds} here: {parameters}')

    def _answer(self) -> dict[str, Any]:
        if 'list' in self._question:
            return {'query': {'logevents': []}}
        if 'rvuser' in self._question:
            return self._own(self._question['titles'])
        titles, properties = self._question['titles'].split('|'), self._question['rvprop'].split('|')
        self.asked.append(('content' if 'content' in properties else 'outline', len(titles)))
        self._left = self.room
        return {
            'query': {'pages': [self._page(title, with_text='content' in properties) for title in titles]}
        }

    def _own(self, title: str) -> dict[str, Any]:
        assert self._question['rvuser'] == BOT
        self.looked.append(title)
        found = [self.past[title]] if title in self.past else []
        return {'query': {'pages': [{'title': title, 'revisions': found}]}}

    def _page(self, title: str, *, with_text: bool) -> dict[str, Any]:
        if title not in self.pages:
            return {'title': title, 'missing': True}
        user, text = self.pages[title]
        slot = {'contentmodel': 'wikitext'} | ({'content': text} if with_text else {})
        self._left -= len(text) if with_text else 0
        if self._left < 0:
            # The first that has no room, and those behind it.
            return {'title': title, 'revisions': []} if self._left > -len(text) else {'title': title}
        revision = {'revid': 7, 'user': user, 'timestamp': TIME, 'size': len(text), 'slots': {'main': slot}}
        return {'title': title, 'revisions': [revision]}


def read(site: Site, *more: str) -> dict[str, tuple[str, bool]]:
    states = CurrentPageReader(site, BOT).read([*site.pages, *more])
    return {title: (state.text, state.unread) for title, state in states.items() if state.revision}


def huge(number: int) -> dict[str, tuple[str, str]]:
    return {f'{at}': ('Stranger', 'y' * (2 * LONGEST)) for at in range(number)}


def test_one_request() -> None:
    """It should ask once for pages that an answer has room for."""
    site = Site({'a': (BOT, 'one'), 'b': ('Ada', 'two')})
    assert read(site, 'c') == {'a': ('one', False), 'b': ('two', False)}
    assert site.asked == [('content', 3)]


def test_pages_behind_huge_ones() -> None:
    """It should have each page, also those for which the answer had no room, and read no huge one twice."""
    site = Site({**huge(20), 'a': (BOT, 'one'), 'b': ('Ada', 'two')})
    found = read(site, 'missing')
    assert found == {**dict.fromkeys(huge(20), UNREAD), 'a': ('one', False), 'b': ('two', False)}
    assert site.asked == [('content', 23), ('outline', 18), ('content', 2)]


def test_many_that_are_read() -> None:
    """It should ask until all have come where pages of the right length are too many for an answer."""
    pages = {f'{at}': (BOT if at % 2 else 'Ada', f'{at}' * 10) for at in range(9)}
    site = Site(pages, room=30)
    assert read(site) == {title: (text, False) for title, (_, text) in pages.items()}
    assert [number for kind, number in site.asked if kind == 'content'] == [9, 6, 3]


@pytest.mark.parametrize(('user', 'length', 'unread'), [
    ('Stranger', LONGEST, False), ('Stranger', LONGEST + 1, True), (BOT, LONGEST + 1, False),
])  # fmt: skip
def test_longest(user: str, length: int, unread: bool) -> None:
    """It should leave unread what somebody else has made longer than any page of the bot's."""
    assert read(Site({'a': (user, 'y' * length)})) == {'a': UNREAD if unread else ('y' * length, False)}


def test_no_room_at_all() -> None:
    """It should fail where nothing of any page is told: none of them is missing for that."""
    with pytest.raises(WikiError, match='tells nothing of a'):
        read(Site({'a': (BOT, 'one'), 'b': (BOT, 'two')}, room=2))


OWN = DesiredPage(DesiredFacts('a', 'f', 'open', 7), 'The box, of some length.\n', NOW).text
BLANK = DesiredPage(DesiredFacts('a', 'f', FORGOTTEN), '', NOW).text.rstrip()


def revision(text: str, *, hidden: bool = False) -> dict[str, Any]:
    """Return what the wiki tells of a revision of the bot."""
    main = {'texthidden': True} if hidden else {'content': text}
    return {'size': len(text), 'slots': {'main': main}}


#: What stands there now, the bot's newest revision, and whether it was blanked for good.
PAST: list[tuple[str, dict[str, Any] | None, bool]] = [
    ('x', revision(BLANK), True),
    ('', revision(BLANK), True),
    (BLANK, revision(BLANK), True),
    (OWN, revision(BLANK), True),
    ('x', revision(OWN), False),
    (BLANK, revision(OWN), False),
    (BLANK, None, False),
    ('x', revision(BLANK, hidden=True), True),
    ('x', revision(OWN * 5, hidden=True), False),
]


@pytest.mark.parametrize(('text', 'own', 'forgotten'), PAST)
def test_blanked_for_good(text: str, own: dict[str, Any] | None, forgotten: bool) -> None:
    """It should know by the bot's newest revision what was blanked for good, whatever others saved since."""
    site = Site({'a': ('Stranger', text)}, past={} if own is None else {'a': own})
    assert CurrentPageReader(site, BOT).read(['a'])['a'].is_forgotten is forgotten


def test_looks_back_once() -> None:
    """It should look back once a run, and only where somebody else has saved a page that bears a marker."""
    site = Site({'a': ('Stranger', 'x'), 'b': (BOT, OWN)}, past={'a': revision(BLANK)})
    pages = CurrentPageReader(site, BOT)
    for _ in range(3):
        found = pages.read(['a', 'b', 'missing'])
        assert [one.is_forgotten for one in found.values()] == [True, False, False]
    assert site.looked == ['a']
    CurrentPageReader(site, BOT, marked=False).read(['a', 'b'])
    assert site.looked == ['a']
