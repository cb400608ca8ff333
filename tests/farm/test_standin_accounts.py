"""What the stand-ins tell of accounts and wikis, in the shape of CentralAuth, GlobalBlocking and SiteMatrix.

All of it holds on both releases, but for what MediaWiki itself has from 1.43 on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import pytest

from tests.farm.accounts import OPERATOR, Account
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.releases import ON_BOTH, ON_LTS

META = 'metawiki'
ADA = Account('Ada Invented', registered='20100102030405')
BLOCK = {
    'expiry': '2099-01-01T00:00:00Z',
    'timestamp': '2026-01-01T00:00:00Z',
    'by': 'Berit',
    'reason': 'words',
}


def query(farm: Farm, **params: Any) -> dict[str, Any]:
    with client_of(farm, META) as client:
        return client.get(action='query', **params)


def info(farm: Farm, name: str, prop: str = 'merged|unattached|editcount') -> dict[str, Any]:
    answer = query(farm, meta='globaluserinfo', guiuser=name, guiprop=prop)['query']
    return dict(answer['globaluserinfo'])


#: Questions that are refused, and the code of the error.
REFUSED: tuple[tuple[Mapping[str, str], str], ...] = (
    ({'guiuser': '192.0.2.7'}, 'baduser'),
    ({'guiuser': '#5'}, 'baduser'),
    ({'guiuser': 'a|b'}, 'baduser'),
    ({'guiuser': 'en>Ada'}, 'invaliduser'),
    ({'guiid': '5'}, 'invaliduserid'),
)


@ON_BOTH
class TestAccounts:
    @pytest.mark.parametrize(('question', 'code'), REFUSED, ids=[str(row[0]) for row in REFUSED])
    def test_refused(self, farm: Farm, question: Mapping[str, str], code: str) -> None:
        """It should refuse what is no account's name, and a number that nobody has, each by its own code."""
        assert query(farm, meta='globaluserinfo', **question)['error']['code'] == code

    @pytest.mark.parametrize('name', ['Nobody Invented', ADA.name])
    def test_not_shown(self, farm: Farm, name: str) -> None:
        """It should tell of a missing account and of a hidden one the same, and of no block."""
        farm.create_accounts(META, ADA)
        with farm.global_account(ADA.name, hidden=True, globalblock=BLOCK):
            answer = query(
                farm,
                meta='globaluserinfo',
                guiuser=name,
                guiprop='merged',
                list='globalblocks',
                bgtargets=name,
            )
        assert answer['query'] == {'globaluserinfo': {'missing': True}, 'globalblocks': []}

    def test_local_accounts(self, farm: Farm) -> None:
        """It should tell the local number of a merged account, and no address of one that is not merged."""
        for dbname in (META, 'dewiki', 'frwiki'):
            farm.create_accounts(dbname, ADA)
        with farm.global_account(
            ADA.name, unattached=['frwiki'], home='dewiki', editcounts={META: 4, 'dewiki': 3}
        ):
            told = info(farm, ADA.name)
        assert [(local['wiki'], local['method']) for local in told['merged']] == [
            (META, 'login'), ('dewiki', 'new'),
        ]  # fmt: skip
        numbers = query(farm, list='users', ususers=ADA.name)['query']['users'][0]['userid']
        assert told['merged'][0]['id'] == numbers
        assert told['unattached'] == [
            {'wiki': 'frwiki', 'editcount': 0, 'registration': '2010-01-02T03:04:05Z'}
        ]
        assert told['editcount'] == 7

    def test_block(self, farm: Farm) -> None:
        """It should tell a global block with a number that is a text, and with all its flags."""
        farm.create_accounts(META, ADA)
        with farm.global_account(ADA.name, globalblock=BLOCK):
            (block,) = query(farm, list='globalblocks', bgtargets=ADA.name)['query']['globalblocks']
            assert block.pop('id').isdecimal()
            assert block == {
                **BLOCK, 'target': ADA.name, 'bywiki': META, 'anononly': False, 'automatic': False,
                'account-creation-disabled': True, 'autoblocking-enabled': False,
            }  # fmt: skip
            for written in ('ada Invented', 'Ada_Invented'):
                assert query(farm, list='globalblocks', bgtargets=written)['query']['globalblocks'] == []
        with farm.global_account(ADA.name, globalblock={**BLOCK, 'expiry': '2020-01-01T00:00:00Z'}):
            assert query(farm, list='globalblocks', bgtargets=ADA.name)['query']['globalblocks'] == []

    def test_listed(self, farm: Farm) -> None:
        """It should list global accounts from a name on, hidden ones left out, with empty texts for flags."""
        for dbname, name in ((META, 'Ada Invented'), ('dewiki', 'Adb Invented'), (META, 'Adc Invented')):
            farm.create_accounts(dbname, Account(name))
        with (
            farm.global_account('Ada Invented', locked=True),
            farm.global_account('Adc Invented', hidden=True),
        ):
            answer = query(
                farm, list='globalallusers', aguprefix='Ad', aguprop='lockinfo|existslocally', agulimit=2
            )
        listed = answer['query']['globalallusers']
        assert [{**user, 'id': user['id'] > 0} for user in listed] == [
            {'id': True, 'name': 'Ada Invented', 'existslocally': '', 'locked': ''},
            {'id': True, 'name': 'Adb Invented'},
        ]


@ON_BOTH
class TestRename:
    """An account that is being renamed: done on Meta, queued on dewiki."""

    @pytest.fixture(autouse=True)
    def renamed(self, farm: Farm) -> Iterator[None]:
        farm.create_accounts('dewiki', ADA)
        rename = {'to': 'Eva Invented', 'status': {'dewiki': 'queued', META: 'queued'}}
        with farm.global_account(ADA.name, rename=rename):
            yield

    def test_queued(self, farm: Farm) -> None:
        """It should have no account of the old name, and one of the new name without wikis and home."""
        assert info(farm, ADA.name) == {'missing': True, 'unattached': []}
        told = info(farm, 'Eva Invented')
        assert (told['home'], told['merged'], told['editcount']) == (None, [], 0)

    def test_half_done(self, farm: Farm) -> None:
        """It should tell the wikis that are done, and still no home."""
        farm.create_accounts(META, Account('Eva Invented'))
        rename = {'to': 'Eva Invented', 'status': {'dewiki': 'queued'}}
        with farm.global_account(ADA.name, rename=rename):
            told = info(farm, 'Eva Invented')
        assert (told['home'], [local['wiki'] for local in told['merged']]) == (None, [META])

    @pytest.mark.parametrize(
        ('question', 'key'),
        [({}, 'Eva Invented'), *(({'grsuser': name}, name) for name in (ADA.name, 'Eva Invented'))],
    )
    def test_told(self, farm: Farm, question: Mapping[str, str], key: str) -> None:
        """It should tell a rename under the name that was asked for, without one under the new name."""
        rename = {'from': ADA.name, 'to': 'Eva Invented', 'status': {'dewiki': 'queued', META: 'queued'}}
        answer = query(farm, meta='globalrenamestatus', **question)
        assert answer['query'] == {'globalrenamestatus': {key: rename}}

    def test_none(self, farm: Farm) -> None:
        """It should answer without "query" where nothing is in progress."""
        assert 'query' not in query(farm, meta='globalrenamestatus', grsuser='Nobody Invented')


@ON_LTS
class TestFrom143:
    def test_temporary(self, farm: Farm) -> None:
        """It should refuse a temporary account that Meta does not have, and tell one that it has."""
        farm.create_accounts('dewiki', Account('~2025-1'))
        question = {'meta': 'globaluserinfo', 'guiuser': '~2025-1'}
        assert query(farm, **question)['error']['code'] == 'baduser'
        farm.create_accounts(META, Account('~2025-1'))
        assert query(farm, **question)['query']['globaluserinfo']['name'] == '~2025-1'

    def test_several_blocks(self, farm: Farm) -> None:
        """It should tell one of several blocks on a wiki, without whether it is partial."""
        farm.create_accounts(META, ADA)
        with client_of(farm, META, OPERATOR) as client:
            client.post(action='block', user=ADA.name, expiry='infinity', reason='words')
        with closing(sqlite3.connect(farm.folders.database(META))) as database, database:
            database.execute(_SECOND_BLOCK)
        assert len(query(farm, list='blocks', bkusers=ADA.name)['query']['blocks']) == 2
        (local,) = info(farm, ADA.name)['merged']
        assert local['blocked'] == {'expiry': '2099-01-01T00:00:00Z', 'reason': 'words'}


#: A partial block beside the one that stands: 1.43 lists it, and has no way yet to make it.
_SECOND_BLOCK = """
INSERT INTO block (bl_target, bl_by_actor, bl_reason_id, bl_timestamp, bl_sitewide, bl_expiry)
SELECT bl_target, bl_by_actor, bl_reason_id, bl_timestamp, 0, '20990101000000' FROM block
"""


@contextmanager
def with_wiki(farm: Farm, dbname: str, host: str) -> Iterator[None]:
    """Let the list of wikis have one more, which has no pages."""
    path = farm.folders.run / 'wikis.json'
    before = path.read_text()
    wiki = {'host': host, 'language': 'yue', 'sitename': 'Invented', 'settings': {}}
    path.write_text(json.dumps({**json.loads(before), dbname: wiki}))
    try:
        yield
    finally:
        path.write_text(before)


@ON_BOTH
class TestWikis:
    def test_codes(self, farm: Farm) -> None:
        """It should tell the code of today where an address has an old one, and "lang" on request alone."""
        with with_wiki(farm, 'zh_yuewiki', 'zh-yue.wikipedia.org'), client_of(farm, META) as client:
            plain = client.get(action='sitematrix', smtype='language')['sitematrix']
            asked = client.get(action='sitematrix', smtype='language', smsiteprop='lang')['sitematrix']
        codes = [group['code'] for key, group in plain.items() if key != 'count']
        assert codes == ['ar', 'de', 'en', 'fr', 'yue']
        assert plain['4']['site'] == [
            {
                'url': 'https://zh-yue.wikipedia.org',
                'dbname': 'zh_yuewiki',
                'code': 'wiki',
                'sitename': 'Invented',
            }
        ]
        assert asked['4']['site'] == [{'lang': 'yue'}]

    def test_states(self, farm: Farm) -> None:
        """It should keep languages without a wiki in that state, and tell special wikis whole."""
        farm.wiki_state('arwiki', closed=True, private=True)
        with client_of(farm, META) as client:
            closed = client.get(action='sitematrix', smstate='closed', smlangprop='site', smsiteprop='dbname')
            whole = client.get(action='sitematrix', smtype='special', smsiteprop='dbname')['sitematrix']
        sites = [closed['sitematrix'][str(number)]['site'] for number in range(4)]
        assert sites == [[{'dbname': 'arwiki', 'closed': True}], [], [], []]
        assert closed['sitematrix']['specials'] == []
        assert whole['specials'] == [
            {
                'url': 'https://meta.wikimedia.org',
                'dbname': META,
                'code': 'meta',
                'lang': 'en',
                'sitename': 'Meta',
            }
        ]
