"""Seeded changes of a request page, with the gold changed alike.

What a page says must not hang on who votes, which list marker is used, in which language the
headings are, or when it all happened.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

Gold = dict[str, Any]
Change = Callable[[str, Gold, random.Random], tuple[str, Gold]]

SYLLABLES = 'ba de fi go lu mar nes pol quin ras tov vel wim xan yor zed'.split()
SCRIPTS = ('', 'Ж', '水', 'ñ', 'β', '~', '-', '*')
HEADINGS = {
    'support': ['Unterstützung', 'Pour', 'A favor', 'За', '支持', 'Voor', 'Supporto', 'Soutien'],
    'oppose': ['Ablehnung', 'Contre', 'En contra', 'Против', '反对', 'Tegen', 'Contrari', 'Opposition'],
    'neutral': [
        'Enthaltung',
        'Neutre',
        'Neutral',
        'Воздержались',
        '中立',
        'Neutraal',
        'Astenuti',
        'Abstention',
    ],
}
STAMP = re.compile(r'(\d\d):(\d\d), (\d{1,2}) ([A-Z][a-z]+) (\d{4})')
FORMAT = '%H:%M, %d %B %Y'


def _votes(gold: Gold) -> list[dict[str, Any]]:
    return [vote for proposal in gold['proposals'] for vote in proposal['votes']]


def rename_accounts(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Give every voter another name, in links and in ``{{unsigned}}``."""
    gold = copy.deepcopy(gold)
    for name in sorted({v['user'] for v in _votes(gold) if v['user']}):
        written = re.escape(name).replace(r'\ ', '[ _]')
        if not name[0].isalpha() or name[0] != name[0].upper() or re.match(r'[\dA-F:.]+\Z', name):
            continue
        new = f'{rng.choice(SCRIPTS)}{"".join(rng.choice(SYLLABLES) for _ in range(4))}{rng.randrange(1000)}'
        new = new[0].upper() + new[1:]
        changed = re.sub(rf'([:/|]\s?){written}(?=\s?[|\]/#}}])', rf'\g<1>{new}', text)
        lower = rf'([:/|]\s?){re.escape(name[0].lower())}{written[1:]}(?=\s?[|\]/#}}])'
        changed = re.sub(lower, rf'\g<1>{new}', changed)
        if changed != text:
            text = changed
            for vote in _votes(gold):
                vote['user'] = new if vote['user'] == name else vote['user']
    return text, gold


def exchange_markers(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Turn numbered lists into bulleted ones, and the other way round."""
    table = str.maketrans('#*', '*#')
    return re.sub(r'^[#*:;]+', lambda m: m[0].translate(table), text, flags=re.MULTILINE), gold


def translate_headings(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Write the headings of the sides in another language, one of a few at random."""
    for side, names in HEADINGS.items():
        form = re.compile(rf'^(=+\s*){side}(\s*=+\s*)$', re.MULTILINE | re.IGNORECASE)
        text = form.sub(rf'\g<1>{rng.choice(names)}\g<2>', text)
    return text, gold


def shift_times(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Let everything happen earlier or later."""
    gold = copy.deepcopy(gold)
    by = timedelta(minutes=rng.randrange(-500_000, 500_000))
    for vote in _votes(gold):
        if vote['time']:
            time = datetime.fromisoformat(vote['time'])
            if any(f'{time:%H:%M}, {day} {time:%B %Y}' in text for day in (time.day, f'{time.day:02}')):
                vote['time'] = (time + by).isoformat()

    def shifted(found: re.Match[str]) -> str:
        try:
            time = datetime.strptime(found[0], FORMAT).replace(tzinfo=UTC) + by
        except ValueError:
            return found[0]
        return f'{time:%H:%M}, {time.day} {time:%B %Y}'

    return STAMP.sub(shifted, text), gold


def drop_vote(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Take a vote out that stands on one line and whose author votes once."""
    gold = copy.deepcopy(gold)
    lines = text.split('\n')
    choices = []
    for proposal in gold['proposals']:
        for vote in proposal['votes']:
            if vote['state'] == 'counted' and vote['time'] and vote['user']:
                time = datetime.fromisoformat(vote['time'])
                mark = f'{time:%H:%M}, {time.day} {time:%B %Y}'
                at = [n for n, line in enumerate(lines) if f':{vote["user"]}|' in line and mark in line]
                alone = sum(v['user'] == vote['user'] for v in proposal['votes']) == 1
                if alone and len(at) == 1 and re.match(r'[#*][^#*:]', lines[at[0]]):
                    choices.append((proposal, vote, at[0]))
    if choices:
        proposal, vote, number = rng.choice(choices)
        proposal['votes'].remove(vote)
        proposal['tally'][vote['stance']] -= 1
        del lines[number]
    return '\n'.join(lines), gold


def quote_signature(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Let some voters quote a signed comment of somebody else."""
    said = '[[User:Quoted Person|Quoted]] ([[User talk:Quoted Person|talk]]) 11:11, 11 May 2011 (UTC)'
    quote = f' "I saw it, too. {said}", as was said.'
    lines = text.split('\n')
    places = [n for n, line in enumerate(lines) if re.match(r'[#*]\s*\{\{(?:s|o|support|oppose)\}\}', line)]
    for at in rng.sample(places, min(3, len(places))):
        lines[at] = re.sub(r'\}\}', lambda m: m[0] + quote, lines[at], count=1)
    return '\n'.join(lines), gold


CHANGES: dict[str, Change] = {
    'accounts renamed': rename_accounts,
    '# and * exchanged': exchange_markers,
    'headings in other languages': translate_headings,
    'times shifted': shift_times,
    'a vote dropped': drop_vote,
    'a quoted signature added': quote_signature,
}
