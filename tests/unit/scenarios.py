"""Requests hour by hour, from ``tests/cases/scenarios``: pages, accounts, and what is expected."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from globalban_bot.gather.recorded import RecordedAccounts
from globalban_bot.model.revision import Page, Revision
from tools.sample.facts import Recorder

FOLDER = Path(__file__).parents[1] / 'cases' / 'scenarios'
PAGE_ID = 7
SIDES = {'support': 'Fringilla', 'oppose': 'Parus', 'neutral': 'Sitta'}
HEADINGS = {
    'en': {'support': 'Support', 'oppose': 'Oppose', 'neutral': 'Neutral'},
    'fr': {'support': 'Pour', 'oppose': 'Contre', 'neutral': 'Neutre'},
}
TEMPLATES = {
    'en': {'support': 'support', 'oppose': 'oppose', 'neutral': 'neutral'},
    'fr': {'support': 'pour', 'oppose': 'contre', 'neutral': 'neutre'},
}
STATEMENTS = {'en': 'Please ban this account.', 'fr': 'Merci de bannir ce compte.'}
SERVERS = {wiki: f'https://{wiki}.example' for wiki in ('enwiki', 'dewiki', 'frwiki', 'metawiki')}
_REVISION = {'at', 'by', 'status', 'comment', 'votes', 'strike', 'text', 'restores', 'tag', 'moved-to'}


def moment(written: str) -> datetime:
    """Return a time of a scenario."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@dataclass(frozen=True)
class Scenario:
    """A request hour by hour; the README beside the files explains them."""

    name: str
    data: Mapping[str, Any]

    @property
    def opened(self) -> datetime:
        """When the request was opened: with its first revision, if nothing else is told."""
        return moment(self.data.get('opened', self.data['page'][0]['at']))

    @property
    def expected(self) -> list[dict[str, Any]]:
        """What the bot knows, hour by hour."""
        return [*self.data['expect']]

    def page(self, at: datetime) -> Page:
        """Return the page as it stands at a moment."""
        title, revisions = str(self.data['title']), []
        texts = _texts(self.data)
        for number, (change, text) in enumerate(zip(self.data['page'], texts, strict=True), 1):
            if (time := moment(change['at'])) <= at:
                new = change.get('moved-to')
                move = None if new is None else (title, new)
                revisions.append(Revision(number, time, change['by'], text, move=move))
                title = new or title
        return Page(title, PAGE_ID, tuple(revisions))

    def accounts(self, at: datetime) -> RecordedAccounts:
        """Return what the wikis know of the accounts at a moment."""
        recorder = Recorder(SERVERS, {PAGE_ID: self.opened}, at)
        accounts = {name: recorder.account(name, _until(noted, at)) for name, noted in self._noted()}
        facts = {'asked': f'{at:%Y-%m-%dT%H:%M:%SZ}', 'accounts': accounts}
        return RecordedAccounts(json.dumps(facts), 'made')

    def _noted(self) -> Iterator[tuple[str, Any]]:
        for name, noted in self.data['accounts'].items():
            has_edits = isinstance(noted, Mapping) and 'edits' in noted
            yield name, {**noted, 'edits': {PAGE_ID: noted['edits']}} if has_edits else noted


def load_scenarios() -> list[Scenario]:
    """Return all scenarios, by name."""
    paths = sorted(FOLDER.glob('*.yaml'))
    return [Scenario(path.stem, yaml.safe_load(path.read_text('utf-8'))) for path in paths]


def _until(noted: Any, at: datetime) -> Any:
    """Leave out what the block logs tell of later."""
    if not isinstance(noted, Mapping):
        return noted
    wikis = {
        wiki: {**entry, 'log': [line for line in entry['log'] if moment(line[:16]) <= at]}
        if isinstance(entry, Mapping)
        else entry
        for wiki, entry in noted['wikis'].items()
    }
    return {**noted, 'wikis': wikis}


def _texts(data: Mapping[str, Any]) -> list[str]:
    """Return the text of each revision."""
    texts: list[str] = []
    parts: list[_Parts] = []
    now = _Parts(data.get('language', 'en'), data['page'][0]['by'])
    for change in data['page']:
        assert change.keys() <= _REVISION, change
        if 'restores' in change:
            now = parts[change['restores'] - 1]
        now = now.changed(change)
        parts.append(now)
        texts.append(change.get('text', now.text))
    return texts


@dataclass(frozen=True)
class _Parts:
    """What a page is made of.

    :param votes: the time of each vote, by its side
    """

    language: str
    nominator: str
    status: str = ''
    comment: str = ''
    tag: str = ''
    votes: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    struck: int = 0

    def changed(self, change: Mapping[str, Any]) -> _Parts:
        """Return the parts after a revision; whoever votes signs at once."""
        time = moment(change['at'])
        votes = dict(self.votes)
        for side, number in change.get('votes', {}).items():
            votes[side] = votes.get(side, ()) + (time,) * (number - len(votes.get(side, ())))
        values = {key: change[key] for key in ('status', 'comment', 'tag') if key in change}
        return replace(self, **values, votes=votes, struck=change.get('strike', self.struck))

    @property
    def text(self) -> str:
        """The wikitext."""
        tag = f'{{{{{self.tag}}}}}\n' if self.tag else ''
        head = f'{{{{rfc subpage|status={self.status}|comment={self.comment}}}}}'
        statement = f'{STATEMENTS[self.language]} {_signed(self.nominator, "10:00, 1 May 2027 (UTC)")}'
        return '\n'.join([f'{tag}{head}', statement, *(self._section(side) for side in SIDES)]) + '\n'

    def _section(self, side: str) -> str:
        heading, template = HEADINGS[self.language][side], TEMPLATES[self.language][side]
        lines = [f'== {heading} ==']
        for number, time in enumerate(self.votes.get(side, ()), 1):
            signature = _signed(f'{SIDES[side]} {number}', f'{time:%H:%M}, {time.day} May 2027 (UTC)')
            vote = f'{{{{{template}}}}} {signature}'
            lines.append(f'# <s>{vote}</s>' if side == 'support' and number <= self.struck else f'# {vote}')
        return '\n'.join(lines)


def _signed(name: str, time: str) -> str:
    return f'[[User:{name}|{name}]] ([[User talk:{name}|talk]]) {time}'
