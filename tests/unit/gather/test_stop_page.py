"""Who may start the bot; that MediaWiki tells it so is looked at in ``tests/farm/test_writer.py``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from globalban_bot.errors import Stopped
from globalban_bot.gather.stop_page import StopPage
from globalban_bot.wikitext.pending import pending_on

BOT = 'Facts bot'
GROUPS = {'Admin': ['sysop'], 'Other admin': ['sysop'], 'Stranger': ['autoconfirmed']}


@dataclass
class Site:
    """A wiki with a stop page.

    :param page: who has saved it, and which text, newest first; a name or a text that is None is hidden
    :ivar asked: what was asked for, question by question
    """

    page: list[tuple[str | None, str | None]]
    asked: list[str] = field(default_factory=list)

    home = 'https://meta.wikimedia.org'

    def query(self, server: str, **parameters: str) -> Iterator[dict[str, Any]]:
        assert server == self.home
        self._question = parameters
        yield self._answer()

    def action(self, server: str, holds: str, **parameters: str) -> dict[str, Any]:
        raise AssertionError(f'{server}: nobody asks for {holds} here: {parameters}')

    def _answer(self) -> dict[str, Any]:
        self.asked.append(self._question.get('rvprop', 'groups'))
        if 'ususers' in self._question:
            names = self._question['ususers'].split('|')
            return {'query': {'users': [{'name': name, 'groups': GROUPS[name]} for name in names]}}
        if 'revids' in self._question:
            number = 100 - int(self._question['revids'])
            return {'query': {'pages': [{'revisions': [_revision(0, 0, *self.page[number])]}]}}
        most = int(self._question.get('rvlimit', '1'))
        numbers = count(100, -1)
        parents = [*(100 - number for number in range(1, len(self.page))), 0]
        found = [
            _revision(next(numbers), parent, *one)
            for parent, one in zip(parents[:most], self.page, strict=False)
        ]
        more: dict[str, Any] = {'continue': {}} if len(self.page) > most > 1 else {}
        return {'query': {'pages': [{'revisions': found}]}, **more}


def _revision(number: int, parent: int, user: str | None, text: str | None) -> dict[str, Any]:
    # The size is told of a hidden text as well.
    told = {} if text is None else {'sha1': f'sha1 of {text}'}
    slot = {'content': text} if text is not None else {'texthidden': True}
    named = {'userhidden': True} if user is None else {'user': user}
    return {
        'revid': number,
        'parentid': parent,
        'size': len(text or 'run'),
        'slots': {'main': slot},
        **told,
        **named,
    }


def switch_on(site: Site) -> StopPage:
    return StopPage(site, BOT, 'Run', ('Operator',), ('sysop', 'steward'), pending_on)


HIDDEN = None
#: Who has saved the page, and which text, newest first; and whether the bot runs.
HISTORIES: list[tuple[str, list[tuple[str | None, str | None]], bool]] = [
    ('made by an admin', [('Admin', 'run')], True),
    ('made by the bot', [(BOT, 'run')], True),
    ('made by a stranger', [('Stranger', 'run')], False),
    ('set by an operator', [('Operator', 'run'), ('Stranger', 'stop')], True),
    ('set by a stranger', [('Stranger', 'run'), ('Admin', 'stop')], False),
    ('set by a stranger, protected', [('Admin', 'run'), ('Stranger', 'run'), ('Admin', 'stop')], False),
    ('made by a stranger, moved twice', [('Admin', 'run'), ('Admin', 'run'), ('Stranger', 'run')], False),
    ('set by an admin, protected', [('Other admin', 'run'), ('Admin', 'run'), ('Stranger', 'no')], True),
    ('set by an admin, moved by a stranger', [('Stranger', 'run'), ('Admin', 'run')], False),
    ('moved by a stranger and back', [('Admin', 'run'), ('Stranger', 'run'), ('Admin', 'run')], True),
    ('set by somebody hidden', [(HIDDEN, 'run'), ('Admin', 'stop')], False),
    ('set by somebody hidden, protected', [('Admin', 'run'), (HIDDEN, 'run'), ('Admin', 'stop')], False),
    ('set by an admin over a text of that size', [('Admin', 'run'), ('Stranger', 'ran')], True),
    ('behind a hidden text of the same size', [('Admin', 'run'), ('Stranger', HIDDEN)], False),
    ('behind a hidden text of another size', [('Admin', 'run '), ('Stranger', HIDDEN)], False),
    ('planted by a stranger', [('Admin', 'run'), ('Stranger', '{{subst:User:Stranger/x}}')], False),
    ('planted, and protected', [('Admin', 'run'), ('Admin', 'run'), ('Stranger', '{{ SUBST:X}}')], False),
    ('planted long before', [('Admin', 'run'), ('Admin', 'stop'), ('Stranger', '{{subst:X}}')], True),
    ('written over a template', [('Admin', 'run'), ('Stranger', '{{Stopped}}')], True),
    ('protected 48 times', [*[('Admin', 'run')] * 49, ('Stranger', 'stop')], True),
    ('protected too often', [*[('Admin', 'run')] * 50, ('Stranger', 'stop')], False),
]


@pytest.mark.parametrize(('it', 'page', 'runs'), HISTORIES, ids=[it for it, _, _ in HISTORIES])
def test_who_started_it(it: str, page: list[tuple[str | None, str | None]], runs: bool) -> None:
    """It should run only by the word of somebody trusted; to protect or move the page is no word."""
    switch = switch_on(Site(page))
    if runs:
        switch.check()
    else:
        with pytest.raises(Stopped):
            switch.check()


@pytest.mark.parametrize(
    ('text', 'runs'),
    [
        (' run\n', True),
        ('<!-- a -->run<!-- b -->', True),
        ('<noinclude>a <!-- b --></noinclude>run', True),
        ('<!-- <noinclude> -->run', True),
        ('<!--<!-- -->run', True),
        ('run<!-- a', False),
        ('run<noinclude>a', False),
        ('run<noinclude>a</noinclude>b', False),
        ('<!-- a\nrun', False),
        ('Run', False),
        ('', False),
    ],
)
def test_what_it_says(text: str, runs: bool) -> None:
    """It should run only where the page says "run", beside comments and notes for readers that are closed."""
    switch = switch_on(Site([('Admin', text)]))
    if runs:
        switch.check()
    else:
        with pytest.raises(Stopped):
            switch.check()


def test_questions() -> None:
    """It should ask who started it once a revision, and afterwards only for the page itself."""
    site = Site([('Other admin', 'run'), ('Admin', 'run'), ('Stranger', 'stop')])
    switch = switch_on(site)
    for _ in range(3):
        switch.check()
    assert site.asked == [
        'ids|user|content',
        'ids|user|sha1|size',
        'groups',
        'content',
        *['ids|user|content'] * 2,
    ]


#: Stop pages that cannot be read, or that say something else at length.
UNREADABLE = ['<!--' * 1_000_000, 'run' + ' ' * 20_000, '<noinclude>' * 100_000]


@pytest.mark.parametrize('text', UNREADABLE, ids=lambda text: text[:11])
def test_long_page(text: str) -> None:
    """It should stop at once by a page that is too long to look through."""
    with pytest.raises(Stopped, match='does not say'):
        switch_on(Site([('Admin', text)])).check()


@pytest.mark.parametrize(
    'answer', [None, [], {}, {'query': None}, {'query': {'pages': [{'revisions': [7]}]}}]
)
def test_odd_answer(answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should stop, and name why, where the wiki answers oddly, or leaves something out."""
    site = Site([('Admin', 'run')])
    monkeypatch.setattr(Site, '_answer', lambda _: answer)
    with pytest.raises(Stopped, match='cannot be read'):
        switch_on(site).check()
