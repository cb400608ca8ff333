"""A request on Meta, and fifty wikis to be told of it, many of which cannot be told in the usual way."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from tests.farm.accounts import BOT, BOT_GRANTS, Account, BotPassword
from tests.farm.client import Client, client_of
from tests.farm.farm import Farm
from tests.farm.many import PUMPS, TARGET_TEMPLATE, keep_all, restore_all
from tests.farm.onwiki import page_id

SUBJECT, NOMINATOR = 'Cassian Wold', 'Petra Lund'
TITLE = f'Requests for comment/Global ban for {SUBJECT}'
URL = f'https://meta.wikimedia.org/wiki/{TITLE.replace(" ", "_")}'

#: What is odd, and where. Wikis that are not named here have a page that can be told, with a sitelink to it.
#: The bot and the subject have accounts on all wikis but where it says otherwise.
ODD: Mapping[str, str] = {
    'rtl': 'arwiki',  # written from right to left; so are fawiki, hewiki, urwiki, hewikisource
    'closed': 'aawiki',  # by SiteMatrix; nobody can edit
    'private': 'stewardwiki',  # by SiteMatrix; not to be read without an account
    'fishbowl': 'foundationwiki',  # by SiteMatrix; administrators alone can edit
    'readonly': 'nowiki',  # read-only by a switch
    'missing': 'huwiki',  # the sitelink names a page that does not exist
    'unlinked': 'euwiki',  # the page exists, and no sitelink names it
    'redirect': 'frwiki',  # the sitelink names a redirect; it leads to REDIRECT_TO
    'twonames': 'dewiki',  # OTHER_NAME redirects to the page that the sitelink names
    'protected': 'itwiki',  # for administrators
    'blocked': 'plwiki',  # the bot, indefinitely
    'noaccount': 'rowiki',  # the bot has no account
    'noright': 'bgwiki',  # bots cannot edit
    'nobots': 'svwiki',  # {{nobots}} on the page
    'model': 'elwiki',  # the page is JSON
    'optedout': 'cawiki',  # in the category of those that want no mass messages
    'told': 'nlwiki',  # somebody has linked the request on the page, in words of their own
    'archived': 'fiwiki',  # the same, in the page's subpage ARCHIVE
    'external': 'cswiki',  # somebody has given the request's address on the page
    'silent': 'srwiki',  # the server answers every request with 503
    'noedits': 'viwiki',  # the subject has an account, and no edit
}
#: The title of frwiki's page is a redirect to this one.
REDIRECT_TO = 'Wikipédia:Le Bistro'
#: Another name of dewiki's page, for a table of overrides.
OTHER_NAME = 'Wikipedia:Treffpunkt'
ARCHIVE = f'{PUMPS["fiwiki"]}/Arkisto 1'

_REQUEST = """\
{{{{rfc subpage|status=|comment=|date=}}}}
Statement. [[User:{nominator}|{nominator}]] ([[User talk:{nominator}|talk]]) {time:%H:%M, %-d %B %Y} (UTC)

== Support ==

== Oppose ==
"""
_EXPORT = """\
<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
<page><title>{title}</title><ns>0</ns><id>1</id>
<revision><id>1</id><timestamp>{time:%Y-%m-%dT%H:%M:%SZ}</timestamp>
<contributor><username>{author}</username><id>7</id></contributor>
<model>wikitext</model><format>text/x-wiki</format>
<text bytes="{size}" xml:space="preserve">{text}</text></revision></page></mediawiki>
"""
_TALK = 'A place to talk.\n\n== Roof ==\nThe roof leaks. [[User:Ada Invented]] 10:00, 1 May 2026 (UTC)'
_AT_ONCE = 4
_REGISTERED = '20200101000000'
#: Who writes the pages: an administrator with a bot password, by which a login takes a tenth of the time.
KEEPER = Account('Ada Invented', None, ('sysop',), BotPassword(grants=(*BOT_GRANTS, 'blockusers', 'protect')))


def set_notices_stage(farm: Farm, opened: datetime | None = None) -> dict[str, Any]:
    """Put all wikis of the farm into the state that ODD describes.

    :param opened: when the request was opened; three days ago, when left out
    :return: title, page_id, opened, subject, nominator; edits, sitelinks (both by database name); odd
    """
    farm.reset()
    opened = (opened or datetime.now(UTC) - timedelta(days=3)).replace(microsecond=0, second=0)
    edits = {dbname: 5 + number for number, dbname in enumerate(farm.wikis)} | {ODD['noedits']: 0}
    _create_accounts(farm)
    for dbname, count in edits.items():
        _count_edits(farm, dbname, SUBJECT, count)
    _count_edits(farm, 'enwiki', NOMINATOR, 900)
    _open_request(farm, opened)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda dbname: _furnish(farm, dbname), farm.wikis))
    for kind in ('redirect', 'twonames'):
        # Redirects of today are left to people.
        _execute(farm, ODD[kind], "UPDATE revision SET rev_timestamp = '20250101000000'")
    sitelinks = {dbname: title for dbname, title in PUMPS.items() if dbname != ODD['unlinked']}
    _make_item(farm, sitelinks, opened)
    _close_doors(farm)
    return {
        'title': TITLE, 'page_id': page_id(farm, TITLE), 'opened': opened, 'subject': SUBJECT,
        'nominator': NOMINATOR, 'edits': edits, 'sitelinks': sitelinks, 'odd': ODD,
    }  # fmt: skip


def _create_accounts(farm: Farm) -> None:
    """Create the people on one wiki and make the others equal to it: fifty scripts would take long."""
    people = (Account(name, registered=_REGISTERED) for name in (SUBJECT, NOMINATOR))
    farm.create_accounts('metawiki', KEEPER, *people)
    with tempfile.TemporaryDirectory() as folder:
        path = farm.keep('metawiki', Path(folder) / 'first.sqlite')
        for dbname in farm.wikis:
            farm.restore(dbname, path)
    _execute(farm, ODD['noaccount'], *_FORGET_ACCOUNT, name=BOT.name)


_FORGET_ACCOUNT = (
    'DELETE FROM user_groups WHERE ug_user = (SELECT user_id FROM user WHERE user_name = :name)',
    'DELETE FROM bot_passwords WHERE bp_user = (SELECT user_id FROM user WHERE user_name = :name)',
    'DELETE FROM actor WHERE actor_name = :name',
    'DELETE FROM user WHERE user_name = :name',
)


def _count_edits(farm: Farm, dbname: str, name: str, count: int) -> None:
    change = 'UPDATE user SET user_editcount = :count WHERE user_name = :name'
    _execute(farm, dbname, change, name=name, count=count)


def _execute(farm: Farm, dbname: str, *statements: str, **values: Any) -> None:
    path = farm.folders.database(dbname)
    with closing(sqlite3.connect(path, timeout=30)) as database, database:
        for statement in statements:
            database.execute(statement, values)


def _open_request(farm: Farm, opened: datetime) -> None:
    text = _REQUEST.format(nominator=NOMINATOR, time=opened)
    _import_page(farm, 'metawiki', title=TITLE, time=opened, author=NOMINATOR, text=text)


def _make_item(farm: Farm, sitelinks: Mapping[str, str], made: datetime) -> None:
    """Make the item on village pumps, and the page with its history."""
    farm.sitelinks(sitelinks)
    text = json.dumps(
        {'sitelinks': {wiki: {'site': wiki, 'title': title} for wiki, title in sitelinks.items()}}
    )
    _import_page(farm, 'wikidatawiki', title='Q16503', time=made, author=KEEPER.name, text=text)


def _import_page(farm: Farm, dbname: str, *, title: str, time: datetime, author: str, text: str) -> None:
    export = _EXPORT.format(title=title, time=time, author=author, size=len(text.encode()), text=escape(text))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / 'page.xml'
        path.write_text(export, encoding='utf-8')
        farm.run(dbname, 'importDump', str(path))


def _furnish(farm: Farm, dbname: str) -> None:
    """Write a wiki's pages, as an administrator does."""
    kind = next((kind for kind, where in ODD.items() if where == dbname), '')
    with client_of(farm, dbname, KEEPER) as client:
        _FURNISHED.get(kind, _plain)(client, PUMPS[dbname])
        if dbname == 'metawiki':
            _edit(client, *TARGET_TEMPLATE)
        if dbname in ('ruwiki', 'ukwiki'):
            _done(client.post(action='block', user=SUBJECT, expiry='infinity', allowusertalk=1))


def _edit(client: Client, title: str, text: str, **params: Any) -> None:
    _done(client.edit(title, text, **params))


def _done(answer: dict[str, Any]) -> None:
    assert 'error' not in answer, answer


def _plain(client: Client, pump: str) -> None:
    _edit(client, pump, _TALK)


def _with(added: str) -> Callable[[Client, str], None]:
    return lambda client, pump: _edit(client, pump, f'{_TALK}\n\n{added}')


def _redirect(client: Client, pump: str) -> None:
    _plain(client, REDIRECT_TO)
    _edit(client, pump, f'#REDIRECT [[{REDIRECT_TO}]]')


def _two_names(client: Client, pump: str) -> None:
    _plain(client, pump)
    _edit(client, OTHER_NAME, f'#REDIRECT [[{pump}]]')


def _protected(client: Client, pump: str) -> None:
    _plain(client, pump)
    _done(client.post(action='protect', title=pump, protections='edit=sysop', expiry='infinity'))


def _blocked(client: Client, pump: str) -> None:
    _plain(client, pump)
    _done(client.post(action='block', user=BOT.name, expiry='infinity', reason='no bots'))


def _model(client: Client, pump: str) -> None:
    _edit(client, pump, '{"topics": []}', contentmodel='json', contentformat='application/json')


def _archived(client: Client, pump: str) -> None:
    _plain(client, pump)
    _edit(client, ARCHIVE, f'{_TALK}\n\n{_OWN_WORDS}')


_OWN_WORDS = f'== Heard on Meta ==\nThey talk about [[m:{TITLE}|somebody]] again. [[User:Ada Invented]]'
_FURNISHED: Mapping[str, Callable[[Client, str], None]] = {
    'missing': lambda client, pump: None,
    'redirect': _redirect,
    'twonames': _two_names,
    'protected': _protected,
    'blocked': _blocked,
    'nobots': _with('{{nobots}}'),
    'model': _model,
    'optedout': _with('[[Category:Opted-out of message delivery]]'),
    'told': _with(_OWN_WORDS),
    'archived': _archived,
    'external': _with(f'See [{URL} this]. [[User:Ada Invented]]'),
}


def _close_doors(farm: Farm) -> None:
    """Make wikis refuse, after all that had to be written there."""
    for state in ('closed', 'private', 'fishbowl'):
        farm.wiki_state(ODD[state], **{state: True})
    farm.set_switch(ODD['readonly'], wgReadOnly='The servers are being moved')
    farm.set_switch(ODD['noright'], wgRevokePermissions={'bot': {'edit': True}})
    farm.set_switch(ODD['silent'], farmDown=503)


@pytest.fixture(scope='session')
def kept_notices(running_many: Farm, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """Set the stage once and keep it."""
    stage = set_notices_stage(running_many)
    folder = tmp_path_factory.mktemp('notices')
    keep_all(running_many, folder)
    return stage, folder


@pytest.fixture
def notices(running_many: Farm, kept_notices: tuple[dict[str, Any], Path]) -> tuple[Farm, dict[str, Any]]:
    """Give the farm with many wikis on which the stage is set, and what ``set_notices_stage`` returned."""
    stage, folder = kept_notices
    restore_all(running_many, folder)
    return running_many, stage
