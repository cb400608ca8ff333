"""The farm does what the other tests take for granted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import requests

from tests.farm.accounts import OPERATOR, Account
from tests.farm.adapter import NotTheFarmError
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.client import Client, client_of
from tests.farm.errors import FarmError, MissingPartError, ScriptError
from tests.farm.farm import Farm
from tests.farm.faults import Fault, Moment
from tests.farm.folders import CHECKOUT, Folders
from tests.farm.parts import INSTALLER
from tests.farm.release import Release
from tests.farm.releases import ON_BOTH

EXPORT = """\
<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <page>
    <title>Requests for comment/Invented request</title><ns>0</ns><id>1</id>
    <revision>
      <id>1</id><timestamp>2021-02-03T04:05:06Z</timestamp>
      <contributor><username>Ada Invented</username><id>7</id></contributor>
      <comment>opening</comment><model>wikitext</model><format>text/x-wiki</format>
      <text bytes="8" xml:space="preserve">opening</text>
    </revision>
    <revision>
      <id>2</id><parentid>1</parentid><timestamp>2021-02-04T04:05:06Z</timestamp>
      <contributor><ip>192.0.2.7</ip></contributor>
      <model>wikitext</model><format>text/x-wiki</format>
      <text bytes="8" xml:space="preserve">opening, and more [[Category:Invented]]</text>
    </revision>
  </page>
</mediawiki>
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / 'export.xml'
    path.write_text(EXPORT, encoding='utf-8')
    return path


def write(site: Any, title: str, text: str) -> None:
    site.simple_request(action='edit', title=title, text=text, token=site.tokens['csrf'], bot=1).submit()


def text_of(site: Any, title: str) -> str:
    answer = site.simple_request(action='parse', page=title, prop='wikitext', formatversion=2).submit()
    return str(answer['parse']['wikitext'])


def global_info(site: Any, **params: Any) -> dict[str, Any]:
    answer = site.simple_request(action='query', meta='globaluserinfo', formatversion=2, **params).submit()
    info: dict[str, Any] = answer['query']['globaluserinfo']
    return info


@ON_BOTH
class TestPywikibot:
    def test_reads(self, bot: ModuleType, meta_site: Any) -> None:
        """It should let pywikibot read a page of its own meta family."""
        assert 'MediaWiki' in bot.Page(meta_site, 'Main Page').text
        assert meta_site.siteinfo['wikiid'] == 'metawiki'
        assert meta_site.siteinfo['server'] == 'https://meta.wikimedia.org'

    def test_edits(self, bot: ModuleType, meta_site: Any) -> None:
        """It should let pywikibot save a page as the bot, with the bot flag, without waiting."""
        page = bot.Page(meta_site, 'Invented page')
        page.text = 'text'
        start = time.monotonic()
        page.save(summary='test', quiet=True)
        assert time.monotonic() - start < 3
        assert meta_site.user() == 'Farm bot'
        assert bot.Page(meta_site, 'Invented page').text == 'text'
        assert 'bot' in next(iter(meta_site.recentchanges(total=1)))

    def test_refuses_other_hosts(self, bot: ModuleType, meta_site: Any) -> None:
        """It should refuse a host that is not in the farm, and say which are."""
        http = sys.modules['pywikibot.comms.http']
        with pytest.raises(NotTheFarmError, match=r'https://www\.example\.org is not in the test farm'):
            http.session.get('https://www.example.org/')

    def test_counts_requests(self, farm: Farm, meta_site: Any) -> None:
        """It should log the requests without their secrets."""
        meta_site.tokens['csrf']
        with farm.recording() as seen:
            write(meta_site, 'Counted', 'text')
        assert [(request.host, request.method, request.action) for request in seen] == [
            ('meta.wikimedia.org', 'POST', 'edit')
        ]
        assert seen[0].params['token'] == '…'
        assert seen[0].params['title'] == 'Counted'


@ON_BOTH
class TestWikis:
    def test_are_distinct(self, bot: ModuleType, meta_site: Any) -> None:
        """It should keep the pages of two wikis apart, each in its language."""
        arabic = bot.Site('ar', 'wikipedia')
        write(meta_site, 'Only here', 'text')
        assert bot.Page(meta_site, 'Only here').exists()
        assert not bot.Page(arabic, 'Only here').exists()
        assert arabic.siteinfo['rtl']
        assert arabic.namespace(3) == 'نقاش المستخدم'

    def test_link_to_each_other(self, bot: ModuleType, meta_site: Any) -> None:
        """It should know the wikis by their prefixes."""
        assert bot.Link('de:Seite', meta_site).site == bot.Site('de', 'wikipedia')

    def test_reset(self, farm: Farm, bot: ModuleType, meta_site: Any) -> None:
        """It should put one wiki back to its beginning, keep the other, and keep no stale text."""
        german = bot.Site('de', 'wikipedia')
        for site in (meta_site, german):
            write(site, 'Kept or not', 'first')
        farm.reset('metawiki')
        assert not bot.Page(meta_site, 'Kept or not').exists()
        assert text_of(german, 'Kept or not') == 'first'
        write(meta_site, 'Kept or not', 'second')
        assert text_of(meta_site, 'Kept or not') == 'second'

    def test_switch(self, farm: Farm, bot: ModuleType, meta_site: Any) -> None:
        """It should make a wiki read only for the length of a block."""
        meta_site.tokens['csrf']
        with farm.switch('metawiki', wgReadOnly='invented maintenance'):
            answer = requests_get(farm, 'action=query&meta=siteinfo')
            assert answer['query']['general']['readonlyreason'] == 'invented maintenance'
            with pytest.raises(bot.exceptions.Error):
                write(meta_site, 'Switched', 'text')
        write(meta_site, 'Switched', 'text')
        assert text_of(meta_site, 'Switched') == 'text'

    def test_loads_extensions(self, farm: Farm) -> None:
        """It should load an extension for the length of a block."""
        with farm.switch('metawiki', load=['TitleBlacklist']):
            assert 'TitleBlacklist' in extensions(farm)
        assert 'TitleBlacklist' not in extensions(farm)

    def test_browser(self, farm: Farm) -> None:
        """It should show a page, with its style and working links, to a browser."""
        answer = requests.get(farm.browser_url('arwiki', 'Special:Version'), timeout=30)
        assert answer.status_code == 200
        assert 'dir="rtl"' in answer.text
        assert 'href="/=arwiki/w/load.php' in answer.text
        load = f'{farm.url}/=arwiki/w/load.php?modules=skins.vector.styles.legacy&only=styles'
        style = requests.get(load, timeout=30)
        assert style.headers['Content-Type'].startswith('text/css')

    def test_unknown_wiki(self, farm: Farm) -> None:
        """It should name the wikis it has when asked for another."""
        with pytest.raises(FarmError, match='no wiki xxwiki; it has metawiki, enwiki'):
            farm.reset('xxwiki')


@ON_BOTH
class TestAccounts:
    def test_created(self, farm: Farm, meta_site: Any) -> None:
        """It should create accounts with groups and a date of registration."""
        farm.create_accounts(
            'metawiki', Account('Ada Invented', None, ('sysop',), registered='20200102030405')
        )
        user = next(iter(meta_site.users(['Ada Invented'])))
        assert 'sysop' in user['groups']
        assert user['registration'] == '2020-01-02T03:04:05Z'

    def test_temporary(self, farm: Farm) -> None:
        """It should create a temporary account, whose name people may not take."""
        farm.create_accounts('metawiki', Account('~2025-12345-67'))
        with client_of(farm, 'metawiki') as client:
            answer = client.get(action='query', list='users', ususers='~2025-12345-67')
        assert 'userid' in answer['query']['users'][0]

    def test_bad_name(self, farm: Farm) -> None:
        """It should say which name cannot be an account's."""
        with pytest.raises(ScriptError, match=r'Not a name for an account: 192\.0\.2\.1'):
            farm.create_accounts('metawiki', Account('192.0.2.1'))

    def test_import_keeps_authors(self, farm: Farm, bot: ModuleType, meta_site: Any, export: Path) -> None:
        """It should import a history under its authors' names, with categories and counts."""
        farm.import_xml('metawiki', export)
        page = bot.Page(meta_site, 'Requests for comment/Invented request')
        authors = [(edit.user, edit.timestamp.isoformat()) for edit in page.revisions(reverse=True)]
        assert authors == [('Ada Invented', '2021-02-03T04:05:06Z'), ('192.0.2.7', '2021-02-04T04:05:06Z')]
        assert list(bot.Category(meta_site, 'Category:Invented').articles()) == [page]
        assert bot.User(meta_site, 'Ada Invented').editCount() == 1


@ON_BOTH
class TestGlobalUserInfo:
    def test_merged(self, farm: Farm, meta_site: Any) -> None:
        """It should list a name's accounts on all wikis, the oldest being home."""
        farm.create_accounts('dewiki', Account('Ada Invented', registered='20100102030405'))
        farm.create_accounts(
            'metawiki', Account('Ada Invented', groups=('sysop',), registered='20110102030405')
        )
        info = global_info(meta_site, guiuser='Ada Invented', guiprop='merged|unattached|editcount|groups')
        assert info.pop('id') == global_info(meta_site, guiuser='ada_Invented')['id']
        meta, german = info.pop('merged')
        assert info == {
            'home': 'dewiki', 'registration': '2010-01-02T03:04:05Z', 'name': 'Ada Invented',
            'groups': [], 'unattached': [], 'editcount': 0,
        }  # fmt: skip
        assert (meta['wiki'], meta['groups'], meta['method']) == ('metawiki', ['sysop'], 'login')
        assert german.pop('id') > 0
        assert german == {
            'wiki': 'dewiki', 'url': 'https://de.wikipedia.org', 'timestamp': '2010-01-02T03:04:05Z',
            'method': 'new', 'editcount': 0, 'registration': '2010-01-02T03:04:05Z',
        }  # fmt: skip

    def test_blocked(self, farm: Farm, meta_site: Any) -> None:
        """It should tell a local block with its expiry and reason."""
        farm.create_accounts('enwiki', Account('Ada Invented'))
        options = ['--performer', OPERATOR.name, '--reason', 'invented reason']
        farm.run('enwiki', 'blockUsers', *options, text='Ada Invented\n')
        info = global_info(meta_site, guiuser='Ada Invented', guiprop='merged')
        assert info['merged'][0]['blocked'] == {'expiry': 'infinity', 'reason': 'invented reason'}

    def test_by_number(self, meta_site: Any) -> None:
        """It should find an account by its global number."""
        info = global_info(meta_site, guiuser='Farm bot')
        assert global_info(meta_site, guiid=info['id'])['name'] == 'Farm bot'

    def test_stated_facts(self, farm: Farm, bot: ModuleType, meta_site: Any) -> None:
        """It should tell what the test states of an account, as pywikibot understands it."""
        assert not bot.User(meta_site, OPERATOR.name).is_locked(refresh=True)
        with farm.global_account(OPERATOR.name, locked=True, groups=['steward'], unattached=['frwiki']):
            assert bot.User(meta_site, OPERATOR.name).is_locked(refresh=True)
            info = global_info(meta_site, guiuser=OPERATOR.name, guiprop='unattached|groups')
            assert info['groups'] == ['steward']
            assert [local['wiki'] for local in info['unattached']] == ['frwiki']

    def test_missing(self, farm: Farm, meta_site: Any) -> None:
        """It should answer "missing" for a name nobody has, and the same for a hidden one."""
        assert global_info(meta_site, guiuser='Nobody Invented') == {'missing': True}
        with farm.global_account(OPERATOR.name, hidden=True):
            assert global_info(meta_site, guiuser=OPERATOR.name) == {'missing': True}

    @pytest.mark.parametrize('name', ['192.0.2.1', 'a|b#c', '[]'])
    def test_bad_names(self, bot: ModuleType, meta_site: Any, name: str) -> None:
        """It should refuse an address and an invalid name."""
        with pytest.raises(bot.exceptions.APIError, match='baduser'):
            global_info(meta_site, guiuser=name)


SCRIPT = """\
import pywikibot
site = pywikibot.Site('meta', 'meta')
site.login()
print('as', site.user())
token = site.tokens['csrf']
site.simple_request(action='edit', title='From a child', text='text', token=token).submit()
print('edited')
"""


class TestChild:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = write_bot_folder(tmp_path / 'child')
        (folder / 'invented_script.py').write_text(SCRIPT, encoding='utf-8')
        return folder

    def test_runs(self, farm: Farm, folder: Path, bot: ModuleType, meta_site: Any) -> None:
        """It should run a script in a process of its own, and count its requests."""
        outcome = run_child(farm, folder, 'invented_script')
        assert (outcome.code, outcome.output) == (0, 'as Farm bot\nedited\n'), outcome.errors
        assert outcome.requests is not None
        assert 5 < outcome.requests < 20
        assert bot.Page(meta_site, 'From a child').exists()

    def test_runs_a_module(self, farm: Farm, folder: Path) -> None:
        """It should run a module, which can reach nothing but the farm either."""
        (folder / 'invented_module.py').write_text(
            "import requests\nrequests.get('https://www.example.org')\n"
        )
        outcome = run_child(farm, folder, '-m', 'invented_module')
        assert outcome.code == 1
        assert 'https://www.example.org is not in the test farm' in outcome.errors

    @pytest.mark.parametrize(
        ('moment', 'lands'), [(Moment.BEFORE, False), (Moment.SENT, True), (Moment.ANSWERED, True)]
    )
    def test_killed(
        self, farm: Farm, folder: Path, bot: ModuleType, meta_site: Any, moment: Moment, lands: bool
    ) -> None:
        """It should kill the process at the chosen moment of the chosen request."""
        outcome = run_child(farm, folder, 'invented_script', fault=Fault(moment, 1, 'action=edit'))
        assert outcome == Outcome(-signal.SIGKILL, outcome.output, outcome.errors, None)
        assert within(5 if lands else 1, lambda: bot.Page(meta_site, 'From a child').exists()) is lands

    def test_lost_answer(self, farm: Farm, folder: Path) -> None:
        """It should lose the answer to a request that the wiki has carried out."""
        with farm.recording() as seen:
            outcome = run_child(farm, folder, 'invented_script', fault=Fault(Moment.LOST, 1, 'action=edit'))
        assert outcome.code == 0, outcome.errors
        assert [request.action for request in seen].count('edit') == 2


class TestReleases:
    def test_both_at_once(self, farm: Farm, lts_farm: Farm) -> None:
        """It should run the machine's own release and 1.43 side by side, each with its own pages."""
        farm.write_page('metawiki', 'Only here', 'text')
        with client_of(farm, 'metawiki') as own, client_of(lts_farm, 'metawiki') as lts:
            assert generator(lts).startswith('MediaWiki 1.43.')
            assert generator(own).startswith('MediaWiki 1.')
            assert 'parse' in own.get(action='parse', page='Only here')
            assert lts.get(action='parse', page='Only here')['error']['code'] == 'missingtitle'


def generator(client: Client) -> str:
    return str(client.get(action='query', meta='siteinfo')['query']['general']['generator'])


class TestServer:
    def test_leaves_nothing_running(self, tmp_path: Path) -> None:
        """It should end with its starter, even if that is killed."""
        starter = subprocess.Popen(
            [sys.executable, '-c', STARTER], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT,
            env={**os.environ, 'PYTHONPATH': str(CHECKOUT), 'TMPDIR': str(tmp_path)},
        )  # fmt: skip
        assert starter.stdout is not None
        url = starter.stdout.readline().strip()
        assert answers(url)
        starter.kill()
        starter.communicate()
        assert within(5, lambda: not answers(url))

    @pytest.mark.parametrize('release', Release)
    def test_missing_parts(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: Release) -> None:
        """It should say what is missing if it cannot be had."""
        monkeypatch.setattr('tests.farm.parts.INSTALLER', Path('/bin/false'))
        message = rf'the test farm lacks MediaWiki \({release.value}\) in .*false did not help'
        with pytest.raises(MissingPartError, match=message):
            Farm.create(cache=tmp_path, release=release)

    def test_unknown_release(self, tmp_path: Path) -> None:
        """It should say which releases there are when the installer is asked for another."""
        outcome = subprocess.run(
            [INSTALLER, '--release', 'next', tmp_path], capture_output=True, text=True, check=False
        )
        assert (outcome.returncode, outcome.stderr) == (1, 'farm: no release next: own or lts\n')

    def test_folders(self, tmp_path: Path) -> None:
        """It should keep the farm's own settings out of nobody's way but PHP's."""
        assert 'MW_CONFIG_FILE' in Folders(tmp_path, tmp_path).environment()
        assert 'MW_CONFIG_FILE' not in os.environ


STARTER = """\
import time
from tests.farm.farm import Farm
print(Farm.create(['metawiki']).start().url, flush=True)
time.sleep(60)
"""


def answers(url: str) -> bool:
    try:
        requests.get(url, timeout=5)
    except requests.ConnectionError:
        return False
    return True


def within(seconds: float, holds: Any) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return bool(holds())


def requests_get(farm: Farm, query: str) -> Any:
    address = f'{farm.url}/=metawiki/w/api.php?format=json&formatversion=2&{query}'
    return requests.get(address, timeout=30).json()


def extensions(farm: Farm) -> list[str]:
    answer = requests_get(farm, 'action=query&meta=siteinfo&siprop=extensions')
    return [entry['name'] for entry in answer['query']['extensions']]
