"""The farm with many wikis: what stands in for extensions there, and the stage for notices."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from tests.farm.accounts import BOT, OPERATOR, Account, BotPassword
from tests.farm.client import Client, client_of
from tests.farm.errors import FarmError
from tests.farm.farm import Farm
from tests.farm.many import MANY_WIKIS, PUMPS, TARGET_TEMPLATE, restore_all
from tests.farm.notices_stage import ARCHIVE, ODD, OTHER_NAME, REDIRECT_TO, SUBJECT, TITLE, URL
from tests.farm.onwiki import page_id
from tests.farm.session import pywikibot_on

SENDER = Account('Berit Invented', None, ('massmessage-sender',), BotPassword())
LIST = 'User:Berit Invented/Targets'
#: What the hidden comment of a delivery holds in every language.
COMMENT = 'https://meta.wikimedia.org/w/index.php?title=User:Berit_Invented/Targets&oldid='
#: The errors of a request that should have been a POST.
POST = ('mustbeposted', 'mustpostparams')
Staged = tuple[Farm, dict[str, Any]]


def get(farm: Farm, dbname: str, account: Account | None = None, /, **params: Any) -> dict[str, Any]:
    with client_of(farm, dbname, account) as client:
        return client.get(**params)


def reader(dbname: str) -> Account | None:
    """Return who can read a wiki: everybody, but for the private one."""
    return BOT if dbname == ODD['private'] else None


def text(farm: Farm, dbname: str, title: str) -> str:
    query = {'action': 'query', 'titles': title, 'prop': 'revisions', 'rvprop': 'content', 'rvslots': 'main'}
    page = get(farm, dbname, reader(dbname), **query)['query']['pages'][0]
    return '' if 'missing' in page else str(page['revisions'][0]['slots']['main']['content'])


def log(farm: Farm, dbname: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the lines of the log of mass messages, oldest first: action, title, params."""
    with client_of(farm, dbname, reader(dbname)) as client:
        query = {
            'list': 'logevents',
            'letype': 'massmessage',
            'leprop': 'type|title|details',
            'ledir': 'newer',
        }
        found = client.get(action='query', **query)['query']['logevents']
    return [(one['action'], one['title'], one['params']) for one in found]


def send(client: Client, **params: Any) -> dict[str, Any]:
    form = {'spamlist': LIST, 'subject': 'A notice', 'message': 'Something is discussed.', **params}
    return client.post(action='massmessage', **form)


def list_page(farm: Farm, *lines: str) -> None:
    farm.create_accounts('metawiki', SENDER)
    farm.write_page('metawiki', *TARGET_TEMPLATE)
    farm.write_page('metawiki', LIST, '\n'.join(f'* {line}' for line in lines))


def test_wikis(many: Farm) -> None:
    """It should have fifty wikis of many languages, and a page for the community of each."""
    described = yaml.safe_load(MANY_WIKIS.read_text(encoding='utf-8'))
    assert list(many.wikis) == list(described)
    assert len(many.wikis) == 50
    assert set(PUMPS) == set(described)
    assert len({wiki.language for wiki in many.wikis.values()}) > 35


@pytest.mark.parametrize('version', [1, 2])
def test_sitematrix(many: Farm, version: int) -> None:
    """It should list languages by number and special wikis, and tell states as each version writes them."""
    many.wiki_state('aawiki', closed=True)
    many.wiki_state('stewardwiki', private=True, nonglobal=True)
    matrix = get(many, 'metawiki', action='sitematrix', formatversion=version)['sitematrix']
    yes = '' if version == 1 else True
    assert matrix['count'] == 50
    assert matrix['0'] == {
        'code': 'aa', 'name': 'Qafár af', 'localname': 'Qafár af', 'dir': 'ltr',
        'site': [{
            'url': 'https://aa.wikipedia.org', 'dbname': 'aawiki', 'code': 'wiki',
            'sitename': 'Wikipedia', 'closed': yes,
        }],
    }  # fmt: skip
    groups = {group['code']: group for key, group in matrix.items() if key.isdigit()}
    assert list(groups) == sorted(groups)
    assert groups['he']['dir'] == 'rtl'
    assert [site['code'] for site in groups['he']['site']] == ['wiki', 'wikisource']
    assert groups['simple']['site'][0]['dbname'] == 'simplewiki'
    specials = {site['dbname']: site for site in matrix['specials']}
    assert set(specials) == {'metawiki', 'commonswiki', 'wikidatawiki', 'foundationwiki', 'stewardwiki'}
    assert (specials['stewardwiki']['private'], specials['stewardwiki']['nonglobal']) == (yes, yes)
    assert 'private' not in specials['metawiki']


def test_sitematrix_parts(many: Farm) -> None:
    """It should list the kinds, states and properties that are asked for, and no others."""
    many.wiki_state('aawiki', closed=True)
    asked = {'action': 'sitematrix', 'smstate': 'closed', 'smlangprop': 'site', 'smsiteprop': 'dbname'}
    matrix = get(many, 'frwiki', smtype='language', **asked)['sitematrix']
    assert (matrix.pop('count'), matrix.pop('0')) == (50, {'site': [{'dbname': 'aawiki', 'closed': True}]})
    assert len(matrix) > 20
    assert all(group == {'site': []} for group in matrix.values())
    many.wiki_state('aawiki', closed=False)
    assert get(many, 'frwiki', smtype='special', **asked) == {'sitematrix': {'count': 50, 'specials': []}}
    answer = get(many, 'metawiki', action='sitematrix', smtype='nonsense')
    assert 'smtype' in str(answer['warnings'])


def test_by_database_name(many: Farm, tmp_path: Path) -> None:
    """It should lead pywikibot from the name of a database to its own site."""
    with pywikibot_on(many, tmp_path / 'bot') as pywikibot:
        for dbname in ('hewikisource', 'simplewiki', 'zhwiki', 'commonswiki'):
            site = pywikibot.site.APISite.fromDBName(dbname, pywikibot.Site('meta', 'meta'))
            assert site.siteinfo['wikiid'] == dbname


def test_sitelinks(many: Farm) -> None:
    """It should tell an item's sitelinks, and which items there are not."""
    many.sitelinks({'arwiki': PUMPS['arwiki'], 'dewiki': PUMPS['dewiki']})
    asked = {'action': 'wbgetentities', 'props': 'sitelinks'}
    link = {'site': 'arwiki', 'title': PUMPS['arwiki'], 'badges': []}
    answer = get(many, 'wikidatawiki', ids='Q16503|Q5', sitefilter='arwiki', **asked)
    item = {'type': 'item', 'id': 'Q16503', 'sitelinks': {'arwiki': link}}
    assert answer == {'entities': {'Q16503': item, 'Q5': {'id': 'Q5', 'missing': ''}}, 'success': 1}
    assert list(get(many, 'wikidatawiki', ids='Q16503', **asked)['entities']['Q16503']['sitelinks']) == [
        'arwiki', 'dewiki',
    ]  # fmt: skip
    assert get(many, 'wikidatawiki', ids='pump', **asked)['error']['code'] == 'no-such-entity'
    assert get(many, 'metawiki', ids='Q16503', **asked)['error']['code'] == 'badvalue'
    many.reset()
    assert 'missing' in get(many, 'wikidatawiki', ids='Q16503', **asked)['entities']['Q16503']


@pytest.mark.parametrize('way', ['script', 'api'])
def test_links(many: Farm, way: str) -> None:
    """It should find links to Meta by prefix and by address, once the title is written with underscores."""
    words = f'[[m:{TITLE}|one]] [[meta:{TITLE}|two]] [{URL} three]'
    if way == 'script':
        many.write_page('frwiki', 'Wikipédia:Bistro', words)
    else:
        with client_of(many, 'frwiki') as client:
            client.edit('Wikipédia:Bistro', words)
    asked = {'action': 'query', 'list': 'iwbacklinks', 'iwblprop': 'iwtitle'}
    for prefix in ('m', 'meta'):
        query = get(many, 'frwiki', iwblprefix=prefix, iwbltitle=TITLE.replace(' ', '_'), **asked)['query']
        assert [page['title'] for page in query['iwbacklinks']] == ['Wikipédia:Bistro']
    assert get(many, 'frwiki', iwblprefix='m', iwbltitle=TITLE, **asked)['query']['iwbacklinks'] == []
    asked = {'action': 'query', 'list': 'exturlusage', 'euprotocol': 'https'}
    found = get(many, 'frwiki', euquery=URL.removeprefix('https://'), **asked)['query']['exturlusage']
    assert [page['url'] for page in found] == [URL]


def test_massmessage_refusals(many: Farm) -> None:
    """It should name why a message is not sent, and send nothing."""
    list_page(many, '{{target|page=Wikipedia:Village pump|site=en.wikipedia.org}}')
    with client_of(many, 'metawiki', BOT) as client:
        assert send(client)['error']['code'] == 'permissiondenied'
    with client_of(many, 'metawiki', SENDER) as client:
        assert send(client, token='wrong')['error']['code'] == 'badtoken'
        refused = {
            'massmessage-spamlist-doesnotexist': {'spamlist': 'Nowhere'},
            'massmessage-empty-subject': {'subject': ' '},
            'massmessage-empty-message': {'message': ''},
        }
        assert {code: send(client, **params)['error']['code'] for code, params in refused.items()} == {
            code: code for code in refused
        }
        assert (
            client.get(action='massmessage', spamlist=LIST, subject='A', token='b')['error']['code'] in POST
        )
    assert log(many, 'metawiki') == []
    assert many.run_jobs() == {}


def test_massmessage(many: Farm) -> None:
    """It should log the sending, deliver when the jobs run, and not deliver the same again."""
    many.write_page('dewiki', 'Wikipedia:Test', 'Before.')
    list_page(
        many,
        '{{target|page=Wikipedia:Test|site=de.wikipedia.org}}',
        '{{#target:Wikipedia:Test|de.wikipedia.org}}',
        '{{#target:User:Farm operator}}',
        '{{#target:User:Nobody Invented|fr.wikipedia.org}}',
        '{{#target:Some article|fr.wikipedia.org}}',
        '{{#target:Page|nowhere.example}}',
    )
    with client_of(many, 'metawiki', SENDER) as client:
        assert send(client) == {'massmessage': {'result': 'success', 'count': 4}}
    (sent,) = log(many, 'metawiki')
    assert sent[:2] == ('send', LIST)
    assert text(many, 'dewiki', 'Wikipedia:Test') == 'Before.'
    assert many.run_jobs() == {'metawiki': 1, 'dewiki': 1, 'frwiki': 2}
    end = f'{COMMENT}{sent[2]["revid"]} -->'
    section = '== A notice ==\n\nSomething is discussed.\n<!-- '
    told = {
        'dewiki': f'Before.\n\n{section}Nachricht von Benutzer:Berit Invented@metawiki nach der Liste unter '
        f'{end}',
        'metawiki': f'{section}Message sent by User:Berit Invented@metawiki using the list at {end}',
    }
    assert text(many, 'dewiki', 'Wikipedia:Test') == told['dewiki']
    assert text(many, 'metawiki', 'User talk:Farm operator') == told['metawiki']
    assert log(many, 'frwiki') == [
        ('skipnouser', 'Discussion utilisateur:Nobody Invented', {'subject': 'A notice'}),
        ('skipbadns', 'Some article', {'subject': 'A notice'}),
    ]
    with client_of(many, 'metawiki', SENDER) as client:
        send(client)
    many.run_jobs()
    assert text(many, 'dewiki', 'Wikipedia:Test') == told['dewiki']
    assert len(log(many, 'metawiki')) == 2


def test_massmessage_page(many: Farm) -> None:
    """It should send a page along, and from other wikis than Meta to their own pages alone."""
    list_page(many, '{{#target:User:Farm operator}}')
    many.write_page('metawiki', 'Help page', 'The page.')
    with client_of(many, 'metawiki', SENDER) as client:
        send(client, **{'page-message': 'Help page'})
    many.run_jobs()
    assert 'The page.\n\nSomething is discussed.' in text(many, 'metawiki', 'User talk:Farm operator')
    many.create_accounts('frwiki', SENDER)
    many.write_page('frwiki', LIST, '{{#target:Wikipedia:Test|de.wikipedia.org}} {{#target:Projet:Test}}')
    with client_of(many, 'frwiki', SENDER) as client:
        assert send(client)['massmessage']['count'] == 1


#: What becomes of a message to all pages of the stage where it is not simply delivered.
UNDELIVERED = {
    'closed': ('failure', 'permissiondenied'),
    'fishbowl': ('failure', 'permissiondenied'),
    'noright': ('failure', 'permissiondenied'),  # the account that delivers is a bot
    'protected': ('failure', 'protectedpage'),
    'optedout': ('skipoptout', None),
}


def test_massmessage_everywhere(notices: Staged) -> None:
    """It should deliver on each odd wiki or log why not; what fails or cannot be written waits."""
    farm, stage = notices
    told = [dbname for dbname in ODD.values() if dbname in stage['sitelinks']]
    site = {dbname: farm.wikis[dbname].host for dbname in told}
    list_page(farm, *(f'{{{{target|page={PUMPS[dbname]}|site={site[dbname]}}}}}' for dbname in told))
    with client_of(farm, 'metawiki', SENDER) as client:
        assert send(client)['massmessage']['count'] == len(told) == 20
    assert farm.run_jobs() == {dbname: 0 if dbname == ODD['readonly'] else 1 for dbname in told}
    farm.set_switch(ODD['silent'], farmDown=None)
    logs = {dbname: lines[0] for dbname in told if (lines := log(farm, dbname))}
    found = {dbname: (action, params.get('reason')) for dbname, (action, _, params) in logs.items()}
    assert found == {ODD[kind]: outcome for kind, outcome in UNDELIVERED.items()}
    assert COMMENT in text(farm, ODD['redirect'], REDIRECT_TO)
    assert COMMENT not in text(farm, ODD['redirect'], PUMPS['frwiki'])
    assert COMMENT in text(farm, ODD['silent'], PUMPS['srwiki'])
    assert COMMENT in text(farm, ODD['missing'], PUMPS['huwiki'])
    assert COMMENT not in text(farm, ODD['model'], PUMPS['elwiki'])
    farm.set_switch(ODD['readonly'], wgReadOnly=None)
    waiting = {'readonly', 'closed', 'fishbowl', 'noright', 'protected', 'model'}
    assert farm.run_jobs() == {ODD[kind]: 1 for kind in waiting}
    assert COMMENT in text(farm, ODD['readonly'], PUMPS['nowiki'])


def test_small_farm_has_them(farm: Farm) -> None:
    """It should have the stand-ins in the farm of five wikis, too."""
    assert get(farm, 'metawiki', action='sitematrix')['sitematrix']['count'] == 5
    farm.create_accounts('metawiki', SENDER)
    farm.write_page('metawiki', LIST, '{{#target:User:Farm operator|fr.wikipedia.org}}')
    with client_of(farm, 'metawiki', OPERATOR) as client:
        assert send(client)['massmessage']['count'] == 1
    assert farm.run_jobs() == {'frwiki': 1}


#: The error that the bot meets where it tries to add a section to the page of the community.
REFUSED = {
    'closed': 'permissiondenied',
    'fishbowl': 'permissiondenied',
    'protected': 'protectedpage',
    'blocked': 'blocked',
    'noright': 'permissiondenied',
    'model': 'internal_api_error_ErrorPageError',
}


@pytest.fixture(scope='class')
def seen(running_many: Farm, kept_notices: tuple[dict[str, Any], Path]) -> Staged:
    """Give the stage for tests that change nothing."""
    stage, folder = kept_notices
    restore_all(running_many, folder)
    return running_many, stage


class TestStage:
    """Looks at the stage."""

    def test_request(self, seen: Staged) -> None:
        """It should show a request of some days ago, signed by a nominator with an account."""
        farm, stage = seen
        query = {'action': 'query', 'titles': TITLE, 'prop': 'revisions', 'rvprop': 'user|timestamp|content'}
        page = get(farm, 'metawiki', rvslots='main', **query)['query']['pages'][0]
        (revision,) = page['revisions']
        assert page['pageid'] == stage['page_id'] == page_id(farm, TITLE)
        assert (revision['user'], revision['timestamp']) == (
            stage['nominator'], stage['opened'].strftime('%Y-%m-%dT%H:%M:%SZ'),
        )  # fmt: skip
        assert f'[[User:{stage["nominator"]}|' in revision['slots']['main']['content']

    def test_accounts(self, seen: Staged) -> None:
        """It should have the subject on all wikis, with edits on all but one, and the bot on all but one."""
        farm, stage = seen
        asked = {'action': 'query', 'meta': 'globaluserinfo', 'guiprop': 'merged|editcount'}
        told = get(farm, 'metawiki', guiuser=SUBJECT, **asked)['query']['globaluserinfo']
        assert {local['wiki']: local['editcount'] for local in told['merged']} == stage['edits']
        assert [dbname for dbname, count in stage['edits'].items() if not count] == [ODD['noedits']]
        assert [local['wiki'] for local in told['merged'] if 'blocked' in local] == ['ruwiki', 'ukwiki']
        nominator = get(farm, 'metawiki', guiuser=stage['nominator'], **asked)['query']['globaluserinfo']
        assert nominator['editcount'] == 900
        told = get(farm, 'metawiki', guiuser=BOT.name, **asked)['query']['globaluserinfo']
        assert set(farm.wikis) - {local['wiki'] for local in told['merged']} == {ODD['noaccount']}

    def test_pages(self, seen: Staged) -> None:
        """It should have a page in the project namespace of all wikis but one, and links to all but one."""
        farm, stage = seen
        asked = {'action': 'wbgetentities', 'ids': 'Q16503', 'props': 'sitelinks'}
        links = get(farm, 'wikidatawiki', **asked)['entities']['Q16503']['sitelinks']
        assert {dbname: link['title'] for dbname, link in links.items()} == stage['sitelinks']
        assert set(farm.wikis) - set(links) == {ODD['unlinked']}
        missing = set()
        for dbname, title in PUMPS.items():
            with closing(sqlite3.connect(farm.folders.database(dbname))) as database:
                rows = database.execute('SELECT page_title FROM page WHERE page_namespace = 4').fetchall()
            names = {name.decode() if isinstance(name, bytes) else name for (name,) in rows}
            if title.partition(':')[2].replace(' ', '_') not in names:
                missing.add(dbname)
        assert missing == {ODD['missing']}

    @pytest.mark.parametrize('kind', REFUSED)
    def test_refusals(self, seen: Staged, kind: str) -> None:
        """It should refuse the bot's edit in the way that the table names."""
        farm, _ = seen
        with client_of(farm, ODD[kind], BOT) as client:
            answer = client.edit(
                PUMPS[ODD[kind]], 'Something is discussed.', section='new', sectiontitle='A notice'
            )
        assert answer['error']['code'] == REFUSED[kind]

    def test_doors(self, seen: Staged) -> None:
        """It should have a wiki for accounts alone, one without the bot, and one that does not answer."""
        farm, _ = seen
        with pytest.raises(FarmError, match='readonly'):
            get(farm, ODD['readonly'], BOT, action='query')
        query = {'action': 'query', 'titles': PUMPS['stewardwiki']}
        assert get(farm, ODD['private'], **query)['error']['code'] == 'readapidenied'
        assert 'query' in get(farm, ODD['private'], BOT, **query)
        answer = get(farm, ODD['noaccount'], action='query', list='users', ususers=BOT.name)
        assert answer['query']['users'][0]['missing']
        with pytest.raises(requests.exceptions.JSONDecodeError):
            get(farm, ODD['silent'], action='query')
        states = {'closed': 'aawiki', 'private': 'stewardwiki', 'fishbowl': 'foundationwiki'}
        for state, dbname in states.items():
            assert ODD[state] == dbname
            assert dbname in str(get(farm, 'metawiki', action='sitematrix', smstate=state))

    def test_names(self, seen: Staged) -> None:
        """It should have a redirect behind a sitelink, and one beside it."""
        farm, _ = seen
        for dbname, title, target in (
            (ODD['redirect'], PUMPS['frwiki'], REDIRECT_TO),
            (ODD['twonames'], OTHER_NAME, PUMPS['dewiki']),
        ):
            answer = get(farm, dbname, action='query', titles=title, redirects=1)['query']
            assert answer['redirects'] == [{'from': title, 'to': target}]
            assert 'missing' not in answer['pages'][0]

    def test_told(self, seen: Staged) -> None:
        """It should have pages that link the request: on the page, in its archive, by the address."""
        farm, _ = seen
        asked = {
            'action': 'query',
            'list': 'iwbacklinks',
            'iwblprefix': 'm',
            'iwbltitle': TITLE.replace(' ', '_'),
        }
        for kind, title in (('told', PUMPS['nlwiki']), ('archived', ARCHIVE)):
            assert [page['title'] for page in get(farm, ODD[kind], **asked)['query']['iwbacklinks']] == [
                title
            ]
        asked = {'action': 'query', 'list': 'exturlusage', 'euprotocol': 'https'}
        asked['euquery'] = URL.removeprefix('https://')
        (found,) = get(farm, ODD['external'], **asked)['query']['exturlusage']
        assert found['title'] == PUMPS['cswiki']
        assert '{{nobots}}' in text(farm, ODD['nobots'], PUMPS['svwiki'])
