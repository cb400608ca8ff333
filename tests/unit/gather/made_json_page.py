"""A stand-in for a wiki with pages of JSON; it answers in the form of the API (API:Revisions, API:Users)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from globalban_bot.errors import WikiError


@dataclass(frozen=True)
class Version:
    """A revision of a page; its text or the name of who saved it may be hidden (None)."""

    id: int
    text: str | None
    user: str | None = 'Ada'
    model: str = 'json'


@dataclass
class JsonWiki:
    """Pages by title, oldest revision first, and the groups of accounts.

    :ivar loaded: revisions whose texts were asked for, in order
    :ivar asked: how many questions there were
    """

    pages: dict[str, list[Version]]
    groups: Mapping[str, list[str]] = field(default_factory=dict)
    silent: bool = False
    loaded: list[int] = field(default_factory=list)
    asked: int = 0
    home: str = 'https://metawiki.example'

    def query(self, server: str, **question: str) -> Iterator[Mapping[str, Any]]:
        """Answer a question, in one part."""
        self.asked += 1
        if self.silent or server != self.home:
            raise WikiError('no answer')
        if 'ususers' in question:
            name = question['ususers']
            yield {'query': {'users': [{'name': name, 'groups': ['*', *self.groups.get(name, [])]}]}}
        elif 'revids' in question:
            yield {'query': self._text(int(question['revids']))}
        else:
            assert 'content' not in question['rvprop'].split('|')
            titles = question['titles'].split('|')
            names = [{'from': one, 'to': one.replace('_', ' ')} for one in titles if '_' in one]
            pages = [self._page(one.replace('_', ' '), question) for one in titles]
            yield {'query': {'pages': pages, 'normalized': names}}

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        raise AssertionError

    def _page(self, title: str, question: Mapping[str, str]) -> dict[str, Any]:
        if title not in self.pages:
            return {'ns': 2, 'title': title, 'missing': True}
        start = int(question.get('rvstartid', 10**9))
        found = [one for one in reversed(self.pages[title]) if one.id <= start]
        shown = [_outline(one) for one in found[: int(question.get('rvlimit', '1'))]]
        return {'pageid': 5, 'ns': 2, 'title': title, 'revisions': shown}

    def _text(self, revision: int) -> dict[str, Any]:
        self.loaded.append(revision)
        found = [one for versions in self.pages.values() for one in versions if one.id == revision]
        if not found:
            return {'badrevids': {str(revision): {'revid': revision, 'missing': True}}}
        text = {'texthidden': True} if found[0].text is None else {'content': found[0].text}
        return {'pages': [{'pageid': 5, 'revisions': [{'slots': {'main': text}}]}]}


def _outline(one: Version) -> dict[str, Any]:
    user = {'userhidden': True} if one.user is None else {'user': one.user}
    size = len((one.text or '').encode())
    return {'revid': one.id, **user, 'size': size, 'slots': {'main': {'contentmodel': one.model}}}
