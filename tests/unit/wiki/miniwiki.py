"""A farm of small wikis behind pywikibot's session: each answers well, or oddly, to every kind of request."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from pywikibot.comms import http
from requests.adapters import BaseAdapter

from globalban_bot.model.notice import given_word

HOME = 'https://meta.wikimedia.org'
WIKIDATA = 'https://www.wikidata.org'
BOT = 'Facts bot'
TIME = '2027-05-03T12:00:00Z'
REQUEST = 'Requests for comment/Global ban for Ada'
PUMP = 'Project:Village pump'
TEXTS = {'Project:Run': 'run', 'User:Facts bot/settings.json': '{}'}
_JSON = {'Content-Type': 'application/json; charset=utf-8'}


@dataclass
class Site:
    """What the client takes of pywikibot's ``APISite``.

    :param server: address of the wiki
    """

    server: str = HOME
    sitename: str = 'meta:meta'
    code: str = 'meta'

    def base_url(self, path: str, protocol: str | None = None) -> str:
        del protocol
        return f'{self.server}{path}'

    def apipath(self) -> str:
        return '/w/api.php'

    def username(self) -> str:
        return BOT

    def verify_SSL_certificate(self) -> bool:  # noqa: N802 - pywikibot's name
        return True

    def throttle(self, *, write: bool = False) -> None:
        """Wait for nothing."""

    def login(self) -> None:
        """Be logged in already."""


@dataclass(frozen=True)
class Odd:
    """An odd answer, as it comes over HTTP.

    :param change: makes the body of an answer that would be good
    :param lost: whether no answer comes
    :param idle: whether a write is not made
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: _JSON)
    change: Callable[[Mapping[str, Any]], bytes] = lambda good: json.dumps(good).encode()
    lost: bool = False
    idle: bool = False


@dataclass
class MiniFarm(BaseAdapter):
    """Wikis, each with the pages that were edited and those that always are there.

    :param odd: odd answers, by address of a wiki
    :param only_writes: whether a wiki is odd only where it is written to
    :ivar sent: addresses and parameters of all requests
    """

    odd: Mapping[str, Odd] = field(default_factory=dict)
    only_writes: bool = False
    sent: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    edited: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        parts = urlsplit(str(request.url))
        body = request.body.decode() if isinstance(request.body, bytes) else request.body or ''
        parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
        parameters |= dict(parse_qsl(str(body), keep_blank_values=True))
        server = f'{parts.scheme}://{parts.netloc}'
        self.sent.append((server, parameters))
        writes = parameters.get('action') != 'query'
        odd = self.odd.get(server) if writes or not self.only_writes else None
        good = {} if odd is not None and odd.idle else self._answer(server, parameters)
        if odd is not None and odd.lost:
            raise requests.exceptions.ReadTimeout(request=request)
        return _response(request, odd or Odd(), good)

    def close(self) -> None:
        """Close nothing."""

    def _answer(self, server: str, asked: Mapping[str, str]) -> dict[str, Any]:
        action = asked['action']
        if action == 'edit':
            return self._edit(server, asked)
        if action == 'massmessage':
            return {'massmessage': {'result': 'success', 'count': 3}}
        if action == 'sitematrix':
            site = {'dbname': 'enwiki', 'url': 'https://en.example', 'code': 'wiki'}
            group = {'code': 'en', 'name': 'English', 'site': [site]}
            return {'sitematrix': {'count': 1, '0': group, 'specials': []}}
        if action == 'wbgetentities':
            item = {'id': 'Q1', 'sitelinks': {'enwiki': {'title': 'Project:Pump'}}}
            return {'curtimestamp': TIME, 'entities': {'Q1': item}}
        return {'batchcomplete': True, 'curtimestamp': TIME, 'query': self._query(server, asked)}

    def _edit(self, server: str, asked: Mapping[str, str]) -> dict[str, Any]:
        texts = self.edited.setdefault((server, asked['title']), [])
        heading = f'\n\n== {asked["sectiontitle"]} ==\n\n' if 'sectiontitle' in asked else '\n\n'
        texts.append(heading + asked['text'])
        number = 7 + len(texts)
        return {'edit': {'result': 'Success', 'oldrevid': number - 1, 'newrevid': number, 'pageid': 5}}

    def _query(self, server: str, asked: Mapping[str, str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in filter(None, asked.get('meta', '').split('|')):
            found[name] = _META.get(name, {}) if name != 'allmessages' else _messages(asked)
        for name in filter(None, asked.get('list', '').split('|')):
            found[name] = _lists(name, asked)
        if 'comment' in asked.get('ucprop', ''):
            found['usercontribs'] = [*self._notices(server, asked['titles'])]
        if generator := asked.get('generator'):
            found['pages'] = [_info(REQUEST)] if generator == 'allpages' else []
        if 'titles' in asked:
            found['pages'] = [self._page(server, title, asked) for title in asked['titles'].split('|')]
        if 'pageids' in asked:
            history = asked['prop'] == 'revisions'
            page = self._page(server, REQUEST, asked) if history else _info('Talk:' + REQUEST)
            found['pages'] = [page]
        if 'revids' in asked:
            found['pages'] = [self._page(server, 'User:Facts bot/settings.json', asked)]
        found.update(_siteinfo(asked) if 'siteinfo' in asked.get('meta', '') else {})
        return found

    def _notices(self, server: str, title: str) -> Iterator[dict[str, Any]]:
        for number, _ in enumerate(self.edited.get((server, title), [])):
            comment = f'summary {given_word(12)}'
            yield {'revid': 8 + number, 'parentid': 7 + number, 'title': title, 'comment': comment}

    def _page(self, server: str, title: str, asked: Mapping[str, str]) -> dict[str, Any]:
        texts = [TEXTS.get(title, 'Text.'), *self.edited.get((server, title), [])]
        model = 'json' if title.endswith('.json') else 'wikitext'
        slots = {'main': {'contentmodel': model, 'content': ''.join(texts)}}
        revision = {
            'revid': 6 + len(texts), 'parentid': 0, 'user': BOT, 'timestamp': TIME, 'size': 5, 'slots': slots,
            'sha1': 'x', 'tags': [], 'comment': '',
        }  # fmt: skip
        page = {**_info(title), 'associatedpage': f'Talk:{title}', 'protection': []}
        if 'revisions' in asked.get('prop', ''):
            page['revisions'] = [revision]
        if 'contributors' in asked.get('prop', ''):
            page['contributors'] = [{'userid': 1, 'name': BOT}]
        return page


_META: dict[str, Any] = {
    'userinfo': {'id': 1, 'name': BOT, 'groups': ['bot'], 'rights': ['edit']},
    'tokens': {'csrftoken': 'token+\\'},
    'globalrenamestatus': {},
    'globaluserinfo': {
        'home': 'enwiki', 'id': 3, 'name': 'Ada', 'registration': TIME, 'editcount': 12,
        'groups': ['steward'],
        'merged': [
            {
                'wiki': f'{code}wiki', 'url': f'https://{code}.example', 'editcount': 6, 'registration': TIME,
                'timestamp': TIME, 'method': 'login',
            }
            for code in ('de', 'en')
        ],
    },
}  # fmt: skip


def _messages(asked: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{'name': name, 'content': name.title()} for name in asked['ammessages'].split('|')]


def _siteinfo(asked: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    names = ((2, 'User'), (3, 'User talk'), (-1, 'Special'), (6, 'File'), (14, 'Category'))
    spaces = {str(number): {'id': number, 'name': name, 'canonical': name} for number, name in names}
    general = {'lang': 'en', 'case': 'first-letter', 'generator': 'MediaWiki 1.43.0'}
    told = {
        'general': general, 'namespaces': spaces, 'namespacealiases': [],
        'extensions': [{'name': 'TemplateStyles'}],
    }  # fmt: skip
    yield from ((name, told[name]) for name in asked.get('siprop', 'general').split('|'))


def _info(title: str) -> dict[str, Any]:
    return {
        'pageid': 5, 'ns': 4, 'title': title, 'lastrevid': 7, 'contentmodel': 'wikitext',
        'actions': {'edit': [], 'create': []},
    }  # fmt: skip


def _lists(name: str, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    if name == 'usercontribs' and 'comment' not in asked['ucprop']:
        return [{'userid': 1, 'user': 'Ada', 'revid': number, 'parentid': 0} for number in range(6)]
    if name == 'users':
        return [
            {'userid': 1, 'name': user, 'groups': ['sysop'], 'editcount': 9, 'registration': TIME}
            for user in asked['ususers'].split('|')
        ]
    if name == 'embeddedin':
        return [{'pageid': 6, 'ns': 1, 'title': 'Talk:' + REQUEST}]
    if name == 'allpages':
        return [{'pageid': 6, 'ns': 4, 'title': f'Project:{asked["apprefix"]}/x'}]
    if name == 'blocks':
        return [{'id': 1, 'timestamp': TIME, 'expiry': 'infinity', 'partial': False, 'automatic': False}]
    if name == 'logevents' and asked.get('letype') == 'rights':
        params = {'oldgroups': [], 'newgroups': ['sysop', 'steward']}
        return [{'logid': 1, 'timestamp': TIME, 'action': 'rights', 'params': params}]
    return []


def _response(request: requests.PreparedRequest, odd: Odd, good: Mapping[str, Any]) -> requests.Response:
    response = requests.Response()
    response.status_code, response.request, response.url = odd.status, request, str(request.url)
    response.headers.update(odd.headers)
    response.raw = io.BytesIO(odd.change(good))
    return response


@contextmanager
def sending_to(farm: MiniFarm) -> Iterator[MiniFarm]:
    """Let pywikibot's session reach these wikis alone, for the length of a block."""
    before = dict(http.session.adapters)
    http.session.adapters.clear()
    http.session.mount('https://', farm)
    try:
        yield farm
    finally:
        http.session.adapters.clear()
        http.session.adapters.update(before)
