"""Attacks by text on the farm with many wikis, by ordinary accounts; ``deceit.yaml`` has the texts."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml

from globalban_bot.model.notice import notice_marker
from globalban_bot.profiles.loader import load_profile
from tests.farm.accounts import BOT, SENDER, Account
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.folders import SOURCE
from tests.farm.many import PUMPS
from tests.farm.notices_stage import KEEPER
from tests.farm.settling import text_of

META = load_profile('meta')
assert META.commands is not None
TEXTS: Mapping[str, Any] = yaml.safe_load((SOURCE / 'deceit.yaml').read_text(encoding='utf-8'))
STRANGER = Account('Mallory Invented', 'mallory of the farm')
#: The page that planted text expands.
PLANTED = f'User:{STRANGER.name}/x'
_STAMP = '20250101000000'


def filled(text: str, found: Mapping[str, Any], code: str = '0' * 12) -> str:
    """Return a text of the table for a request."""
    number = found['page_id']
    words = {
        'CODE': code, 'TITLE': found['title'], 'MARKER': notice_marker(number),
        'ASK': META.commands.template if META.commands else '',
    }  # fmt: skip
    return re.sub(r'\b(CODE|TITLE|MARKER|ASK|N)\b', lambda word: words.get(word[0], str(number)), text)


def save(farm: Farm, dbname: str, title: str, text: str, who: Account | None = None, **more: Any) -> None:
    """Save a page by the API, as somebody, or without an account."""
    with client_of(farm, dbname, who) as client:
        answer = client.edit(title, text, **more)
    assert 'error' not in answer, answer


def add(farm: Farm, dbname: str, title: str, added: str, who: Account | None = None) -> None:
    """Add lines at the end of a page by the API."""
    with client_of(farm, dbname, who) as client:
        answer = client.post(action='edit', title=title, appendtext=f'\n{added}')
    assert 'error' not in answer, answer


def text_on(farm: Farm, dbname: str, title: str) -> str:
    with client_of(farm, dbname) as client:
        return text_of(client, title)


def plant(farm: Farm, dbname: str, title: str, text: str) -> str:
    """Plant a text on a page while what it expands is missing, and return what stands on the page then."""
    add(farm, dbname, title, text)
    return text_on(farm, dbname, title)


def pump(dbname: str) -> str:
    return PUMPS[dbname]


def change(farm: Farm, dbname: str, *statements: str, **values: Any) -> None:
    """Change the database of a wiki."""
    with closing(sqlite3.connect(farm.folders.database(dbname), timeout=30)) as database, database:
        for statement in statements:
            database.execute(statement, values)


def age(farm: Farm, dbname: str) -> None:
    """Make all revisions of a wiki those of last year."""
    change(farm, dbname, 'UPDATE revision SET rev_timestamp = :stamp', stamp=_STAMP)


def lead_astray(farm: Farm, found: Mapping[str, Any]) -> None:
    """Lead the notices of communities to other pages, by redirects and by sitelinks."""
    links = dict(found['sitelinks'])
    old = dict(links)
    for dbname, row in TEXTS['astray'].items():
        if 'sitelink' in row:
            links[dbname] = row['sitelink']
            farm.write_page(dbname, row['sitelink'], 'A page.')
            if row.get('old'):
                old[dbname] = row['sitelink']
        else:
            save(farm, dbname, pump(dbname), f'#REDIRECT [[{row["redirect"]}]]')
            farm.write_page(dbname, row['redirect'], 'A page.')
            if row.get('old'):
                age(farm, dbname)
    farm.sitelinks(links)
    save_item(farm, old, KEEPER)
    age(farm, 'wikidatawiki')
    save_item(farm, links, None)


def save_item(farm: Farm, links: Mapping[str, str], who: Account | None) -> None:
    """Save the item on village pumps with its history."""
    text = json.dumps({'sitelinks': {wiki: {'site': wiki, 'title': title} for wiki, title in links.items()}})
    save(farm, 'wikidatawiki', 'Q16503', text, who)


_NUMBERS = (
    'WITH RECURSIVE number(n) AS'
    ' (SELECT :last + 1 UNION ALL SELECT n + 1 FROM number WHERE n < :last + :count)'
)
#: Tables with a row for each revision: what stands in columns that are not copied.
_OF_REVISIONS = {
    'revision': {'rev_id': 'n', 'rev_parent_id': 'n - 1', 'rev_timestamp': ':stamp'},
    'slots': {'slot_revision_id': 'n'},
    'revision_comment_temp': {'revcomment_rev': 'n'},  # up to MediaWiki 1.40
}


def repeat_revision(farm: Farm, revision: int, count: int) -> None:
    """Let a page have many later revisions that are copies of one of its own."""
    with closing(sqlite3.connect(farm.folders.database('metawiki'), timeout=30)) as database, database:
        (last,) = database.execute('SELECT MAX(rev_id) FROM revision').fetchone()
        stamp = f'{datetime.now(UTC) + timedelta(minutes=1):%Y%m%d%H%M%S}'
        values = {'last': last, 'count': count, 'copied': revision, 'stamp': stamp}
        for table, ids in _OF_REVISIONS.items():
            columns = [row[1] for row in database.execute(f'PRAGMA table_info({table})')]
            if columns:
                chosen = ', '.join(ids.get(column, column) for column in columns)
                where = f'WHERE {next(iter(ids))} = :copied'
                database.execute(
                    f'INSERT INTO {table} {_NUMBERS} SELECT {chosen} FROM {table}, number {where}', values
                )
        page = 'page_id = (SELECT rev_page FROM revision WHERE rev_id = :copied)'
        database.execute(f'UPDATE page SET page_latest = :last + :count WHERE {page}', values)


def newest_revision(farm: Farm, title: str, dbname: str = 'metawiki') -> int:
    with client_of(farm, dbname) as client:
        answer = client.get(action='query', titles=title, prop='revisions', rvprop='ids')
    return int(answer['query']['pages'][0]['revisions'][0]['revid'])


def by_bot(farm: Farm, dbname: str) -> list[str]:
    """Return the titles of pages that the bot or MassMessage has edited."""
    with client_of(farm, dbname) as client:
        users = 'Farm bot|MediaWiki message delivery'
        answer = client.get(action='query', list='usercontribs', ucuser=users, uclimit='max')
    return [one['title'] for one in answer['query']['usercontribs']]


def open_at(farm: Farm, found: Mapping[str, Any], moment: datetime) -> None:
    """Make the request one that was opened at a moment: its first revision, and the time on the page."""
    text = text_on(farm, 'metawiki', found['title'])
    signed = re.sub(r'\d\d:\d\d, \d+ \w+ \d{4}', f'{moment:%H:%M, %-d %B %Y}', text, count=1)
    save(farm, 'metawiki', found['title'], signed, KEEPER)
    stamp = 'UPDATE revision SET rev_timestamp = :stamp WHERE rev_page = :page'
    change(farm, 'metawiki', stamp, stamp=f'{moment:%Y%m%d%H%M%S}', page=found['page_id'])


def send_unseen(farm: Farm, found: Mapping[str, Any]) -> None:
    """Let somebody have sent a message to a community two days ago, of which the wiki shows nothing yet."""
    assert META.notices is not None
    listed = META.notices.list_title(found['page_id'], 'eo')
    line = f'* {{{{#target:{pump("enwiki")}|{farm.wikis["enwiki"].host}}}}}'
    farm.write_page('metawiki', listed, line, BOT.name)
    with client_of(farm, 'metawiki', SENDER) as client:
        answer = client.post(action='massmessage', spamlist=listed, subject='A notice', message='Text. ~~~~')
    assert answer['massmessage']['count'] == 1, answer
    sent = datetime.now(UTC) - timedelta(hours=50)
    stamp = "UPDATE logging SET log_timestamp = :stamp WHERE log_type = 'massmessage'"
    change(farm, 'metawiki', stamp, stamp=f'{sent:%Y%m%d%H%M%S}')


def send_newsletter(farm: Farm, dbname: str) -> None:
    """Let somebody send a message about something else to a community."""
    title = 'Meta:Newsletter'
    farm.write_page('metawiki', title, f'* {{{{#target:{pump(dbname)}|{farm.wikis[dbname].host}}}}}')
    with client_of(farm, 'metawiki', SENDER) as client:
        answer = client.post(action='massmessage', spamlist=title, subject='News', message='News. ~~~~')
    assert answer['massmessage']['count'] == 1, answer
    assert farm.run_jobs() == {dbname: 1}
