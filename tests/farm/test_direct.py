"""Notices by direct edits, on real wikis: each exactly once, whatever goes wrong, and nobody's text lost."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.errors import Stopped
from globalban_bot.model.notice import Delivery, Notice, Sent, notice_marker, notices_on
from globalban_bot.model.refusal import Refusal
from globalban_bot.wikitext.pending import pending_on, without_pending
from tests.farm import hurdles
from tests.farm.abusefilter import DISALLOW, WARN, Filter
from tests.farm.accounts import BOT, OPERATOR, SENDER, Account, BotPassword
from tests.farm.botfolder import write_bot_folder
from tests.farm.client import client_of
from tests.farm.deliver_at import HEADING, SUMMARY, body, notice
from tests.farm.farm import Farm
from tests.farm.faults import Fault, Moment
from tests.farm.onwiki import pages
from tests.farm.prove_notices import prove
from tests.farm.releases import ON_BOTH, ON_LTS
from tests.farm.session import pywikibot_on
from tests.farm.trials import KILLED, deliver, told

WIKI = 'dewiki'
PUMP = 'Invented pump'
REQUEST = 4711
PLAIN = Account('Plain bot', bot_password=BotPassword())
TEXT = 'Somebody asks something.\n\n== Question ==\n\nAn answer.'


def on(site: Any, **options: Any) -> Callable[..., list[Delivery]]:
    """Return what delivers notices on a site."""
    from globalban_bot.act.direct import DirectEngine

    def run(*titles: str, before_each: Callable[[], None] = lambda: None) -> list[Delivery]:
        usual = {'pause': 0.1, 'pending': pending_on, 'inert': without_pending}
        engine = DirectEngine(lambda _: site, REQUEST, SUMMARY, **{**usual, **options})
        return [*engine.deliver([made(title) for title in titles or (PUMP,)], before_each)]

    return run


def made(title: str = PUMP) -> Notice:
    return notice(REQUEST, f'wikipedia:de:{title}')


def text(farm: Farm, title: str = PUMP) -> str:
    return pages(farm, WIKI)[title].text


def gave(farm: Farm, title: str = PUMP, before: str = TEXT) -> bool:
    """Tell whether a page is what it was, and one notice below."""
    there = text(farm, title)
    return there.startswith(f'{before}\n\n== {HEADING} ==\n\n<div') and notices_on(there, REQUEST) == 1


def words(deliveries: list[Delivery]) -> list[tuple[Sent, str]]:
    return [(one.sent, one.reason) for one in deliveries]


@pytest.fixture
def site(farm: Farm, bot: Any) -> Any:
    """Give the bot's site, on a wiki with a pump."""
    farm.write_page(WIKI, PUMP, TEXT)
    found = bot.Site('de', 'wikipedia')
    found.login()
    return found


@ON_BOTH
class TestGiven:
    def test_plain(self, farm: Farm, site: Any) -> None:
        """It should append the notice and nothing else, by three requests, and two about opting out."""
        with farm.recording() as requests:
            [delivery] = on(site)()
        assert (delivery.sent, delivery.reason) == (Sent.DELIVERED, '')
        assert delivery.revision is not None
        assert gave(farm)
        assert pages(farm, WIKI)[PUMP].revisions == 2
        assert [one.method for one in requests if one.params.get('meta') != 'tokens'] == [
            *['GET'] * 3,
            'POST',
            'GET',
        ]

    def test_there(self, farm: Farm, site: Any) -> None:
        """It should leave alone a page that has it, and tell by which revision."""
        [first] = on(site)()
        stopped: list[str] = []
        [second] = on(site)(before_each=lambda: stopped.append('asked'))
        assert (second.sent, second.revision) == (Sent.THERE, first.revision)
        assert pages(farm, WIKI)[PUMP].revisions == 2
        assert not stopped

    def test_there_by_somebody(self, farm: Farm, site: Any) -> None:
        """It should give the notice although somebody else wrote its marker, or anybody could stop it."""
        farm.write_page(WIKI, PUMP, f'{TEXT}\n\nBy hand. {notice_marker(REQUEST)}')
        assert words(on(site)()) == [(Sent.DELIVERED, '')]

    def test_twice(self, farm: Farm, site: Any) -> None:
        """It should take its own second notice away, and leave replies and the copy of another person."""
        with client_of(farm, WIKI, BOT) as client, client_of(farm, WIKI, OPERATOR) as other:
            for reply in (': Reply one.', ': Reply two.'):
                summary = f'{SUMMARY} (globalban-notice {REQUEST})'
                client.edit(PUMP, body(REQUEST), section='new', sectiontitle=HEADING, summary=summary)
                other.post(action='edit', title=PUMP, appendtext=f'\n{reply}')
            other.post(action='edit', title=PUMP, appendtext=f'\n\nCopied {notice_marker(REQUEST)}')
        assert words(on(site)()) == [(Sent.THERE, '')]
        there = text(farm)
        assert there.count(HEADING) == 1
        assert there.index(HEADING) < there.index('Reply one') < there.index('Reply two')
        assert there.endswith(f'Copied {notice_marker(REQUEST)}')
        assert words(on(site)()) == [(Sent.THERE, '')]
        assert text(farm) == there

    def test_planted_meanwhile(self, farm: Farm, site: Any) -> None:
        """It should undo its edit where that expanded what somebody planted after the page was read."""
        planted = f'{TEXT}\n{{{{subst:User:Planter/x}}}}'

        def plant() -> None:
            with client_of(farm, WIKI, OPERATOR) as other:
                if text(farm) == TEXT:
                    other.edit(PUMP, planted)
                    other.edit('User:Planter/x', 'Planted words.')

        [delivery] = on(site)(before_each=plant)
        assert (delivery.sent, delivery.reason) == (Sent.REFUSED, Refusal.PLANTED.value)
        assert text(farm) == planted.replace('subst:', '<nowiki/>subst:')
        assert pages(farm, WIKI)[PUMP].revisions == 4

    def test_archived(self, farm: Farm, site: Any) -> None:
        """It should not give it again where a person has taken it away."""
        on(site)()
        with client_of(farm, WIKI, OPERATOR) as other:
            revision = other.get(action='query', titles=PUMP, prop='revisions')['query']['pages'][0]
            number = revision['revisions'][0]['revid']
            assert 'error' not in other.post(action='edit', title=PUMP, undo=number)
        assert words(on(site)()) == [(Sent.THERE, '')]
        assert text(farm) == TEXT

    def test_overwritten(self, farm: Farm, site: Any) -> None:
        """It should give it again where it was overwritten within seconds, and keep what overwrote it."""
        on(site)()
        with client_of(farm, WIKI, OPERATOR) as other:
            other.edit(PUMP, f'{TEXT} By others.')
        assert words(on(site)()) == [(Sent.DELIVERED, '')]
        assert gave(farm, before=f'{TEXT} By others.')

    def test_number_alone(self, farm: Farm, site: Any) -> None:
        """It should rest on this: with baserevid alone there is a conflict, also within one second."""
        with client_of(farm, WIKI, OPERATOR) as other, client_of(farm, WIKI, BOT) as client:
            for at in range(5):
                base = other.edit(f'P{at}', 'one')['edit']['newrevid']
                other.edit(f'P{at}', 'two')
                assert client.edit(f'P{at}', 'three', baserevid=base)['error']['code'] == 'editconflict'

    def test_append_twice(self, farm: Farm, site: Any) -> None:
        """It should rest on this: an append overwrites nobody, and the same one is refused."""
        same = {'section': 'new', 'sectiontitle': HEADING, 'summary': SUMMARY}
        with client_of(farm, WIKI, OPERATOR) as other, client_of(farm, WIKI, BOT) as client:
            base = other.edit(PUMP, 'one')['edit']['newrevid']
            other.post(action='edit', title=PUMP, appendtext='\n\ntwo')
            first = client.edit(PUMP, 'notice', baserevid=base, **same)
            assert first['edit']['result'] == 'Success'
            assert client.edit(PUMP, 'notice', baserevid=base, **same)['error']['code'] == 'editconflict'
        assert text(farm) == f'one\n\ntwo\n\n== {HEADING} ==\n\nnotice'

    def test_session_ended(self, farm: Farm, site: Any) -> None:
        """It should log in again where the wiki has forgotten the session, and give it once."""
        farm.create_accounts(WIKI, Account('Cleo Invented'))
        assert words(on(site)()) == [(Sent.DELIVERED, '')]
        assert gave(farm)


class TestStopped:
    def test_stop(self, farm: Farm, site: Any) -> None:
        """It should leave the rest when it is stopped, and say why."""
        farm.write_page(WIKI, 'Other', TEXT)
        asked = iter([None, Stopped('the request was closed')])

        def check() -> None:
            if (stop := next(asked)) is not None:
                raise stop

        assert words(on(site)(PUMP, 'Other', PUMP, before_each=check)) == [
            (Sent.DELIVERED, ''),
            (Sent.LEFT, 'the request was closed'),
            (Sent.LEFT, 'the request was closed'),
        ]
        assert text(farm, 'Other') == TEXT

    def test_in_a_row(self, farm: Farm, site: Any) -> None:
        """It should leave the rest after three failures of whole wikis in a row, not of pages."""
        titles = [f'Pump {at}' for at in range(4)]
        for title in titles:
            farm.write_page(WIKI, title, TEXT)
        with farm.switch(WIKI, wgReadOnly='maintenance'):
            found = words(on(site)('Missing 1', 'Missing 2', 'Missing 3', 'Missing 4', *titles))
        assert found[:4] == [(Sent.REFUSED, 'deleted meanwhile')] * 4
        assert found[4:] == [(Sent.REFUSED, 'read only')] * 3 + [(Sent.LEFT, '3 wikis in a row refused')]


def refused(farm: Farm, site: Any, title: str = PUMP) -> str:
    """Deliver, and return why it was refused; the page must stay as it is."""
    before = pages(farm, WIKI).get(title)
    [delivery] = on(site)(title)
    assert delivery.sent is Sent.REFUSED
    assert pages(farm, WIKI).get(title) == before
    return delivery.reason


def add_block_of_the_whole_wiki(farm: Farm) -> None:
    """Put a second block beside the first one: the API of 1.43 makes none, but the tables hold it."""
    with closing(sqlite3.connect(farm.folders.database(WIKI), timeout=30)) as database, database:
        rows = database.execute('PRAGMA table_info(block)').fetchall()
        names = [row[1] for row in rows if row[1] not in {'bl_id', 'bl_sitewide'}]
        columns = ', '.join(names)
        database.execute(f'INSERT INTO block ({columns}, bl_sitewide) SELECT {columns}, 1 FROM block')
        database.execute('UPDATE block_target SET bt_count = 2')


def take_block_of_the_whole_wiki(farm: Farm) -> None:
    """Leave the first block alone."""
    with closing(sqlite3.connect(farm.folders.database(WIKI), timeout=30)) as database, database:
        database.execute('DELETE FROM block WHERE bl_sitewide = 1')
        database.execute('UPDATE block_target SET bt_count = 1')


class TestRefused:
    def test_blocked(self, farm: Farm, site: Any) -> None:
        """It should name a block."""
        farm.run(WIKI, 'blockUsers', '--performer', OPERATOR.name, text=f'{BOT.name}\n')
        assert refused(farm, site) == 'blocked'

    @ON_LTS
    def test_two_blocks(self, farm: Farm, site: Any) -> None:
        """It should name a block while there are two, and while the partial one is left; then it may send."""
        farm.set_switch(WIKI, wgEnableMultiBlocks=True)
        with client_of(farm, WIKI, OPERATOR) as other:
            block = {'user': BOT.name, 'expiry': 'infinity', 'partial': '1', 'allowusertalk': '1'}
            assert 'error' not in other.post(action='block', **block, pagerestrictions=PUMP)
            add_block_of_the_whole_wiki(farm)
            both = other.get(action='query', list='blocks', bkusers=BOT.name, bkprop='id|restrictions')
            assert len(both['query']['blocks']) == 2
            assert refused(farm, site) == 'blocked'
            take_block_of_the_whole_wiki(farm)
            assert refused(farm, site) == 'blocked'
            other.post(action='unblock', user=BOT.name)
        assert words(on(site)()) == [(Sent.DELIVERED, '')]

    def test_protected(self, farm: Farm, site: Any) -> None:
        """It should name a protection."""
        farm.run(WIKI, 'protect', '--user', OPERATOR.name, PUMP)
        assert refused(farm, site) == 'protected'

    def test_read_only(self, farm: Farm, site: Any) -> None:
        """It should name a wiki that takes no edits."""
        with farm.switch(WIKI, wgReadOnly='maintenance'):
            assert refused(farm, site) == 'read only'

    def test_lagged(self, farm: Farm, site: Any) -> None:
        """It should name databases that lag."""
        with farm.switch(WIKI, farmLag=100):
            assert refused(farm, site) == 'lagged'

    def test_no_bots(self, farm: Farm, site: Any) -> None:
        """It should keep out where the page says so."""
        farm.write_page(WIKI, PUMP, f'{{{{nobots}}}}{TEXT}')
        assert refused(farm, site) == 'no bots'

    def test_opted_out(self, farm: Farm, site: Any) -> None:
        """It should keep out of pages in the category for opting out, by its name in the wiki's language."""
        farm.write_page(WIKI, PUMP, f'{TEXT}\n[[Kategorie:Möchte keine Rundnachrichten]]')
        assert refused(farm, site) == 'opted out'

    def test_other_model(self, farm: Farm, site: Any) -> None:
        """It should not write wikitext into what is none."""
        with farm.switch(WIKI, wgNamespaceContentModels={'4': 'json'}):
            farm.write_page(WIKI, 'Wikipedia:Pump', '{}')
            [delivery] = on(site)('Wikipedia:Pump')
        assert (delivery.sent, delivery.reason) == (Sent.REFUSED, 'other content model')

    @pytest.mark.parametrize(
        ('there', 'reason'), [(None, 'deleted meanwhile'), (f'#REDIRECT [[{PUMP}]]', 'moved meanwhile')]
    )
    def test_gone(self, farm: Farm, site: Any, there: str | None, reason: str) -> None:
        """It should make no page, and leave a redirect alone."""
        if there:
            farm.write_page(WIKI, 'Gone', there)
        assert refused(farm, site, 'Gone') == reason

    @pytest.mark.parametrize(('action', 'reason'), [(WARN, 'filter warning'), (DISALLOW, 'filtered')])
    def test_filter(self, farm: Farm, site: Any, action: Mapping[str, Sequence[str]], reason: str) -> None:
        """It should name a filter, and never insist."""
        with farm.switch(WIKI, **hurdles.ABUSE_FILTER):
            farm.create_filter(WIKI, Filter('added_lines rlike "globalban"', action))
            assert refused(farm, site) == reason


@pytest.fixture
def plain_site(farm: Farm, tmp_path: Path) -> Iterator[Any]:
    """Give the site of a bot without rights."""
    farm.create_accounts(WIKI, PLAIN)
    farm.write_page(WIKI, PUMP, TEXT)
    with pywikibot_on(farm, tmp_path / 'plain', PLAIN) as pywikibot:
        site = pywikibot.Site('de', 'wikipedia')
        site.login()
        yield site


class TestPlainAccount:
    @pytest.fixture
    def site(self, plain_site: Any) -> Any:
        return plain_site

    def test_captcha(self, farm: Farm, site: Any) -> None:
        """It should name a captcha, and not answer it."""
        with farm.switch(WIKI, **hurdles.CAPTCHA):
            assert refused(farm, site) == 'captcha'

    def test_spam_list(self, farm: Farm, site: Any) -> None:
        """It should name the list of links."""
        farm.write_page(WIKI, 'MediaWiki:Spam-blacklist', r'spam\.example\.org')
        one = made()
        bad = Notice(one.target, one.audience, 'en', HEADING, f'https://spam.example.org {one.body}', True)
        from globalban_bot.act.direct import DirectEngine

        engine = DirectEngine(
            lambda _: site, REQUEST, SUMMARY, pause=0.1, pending=pending_on, inert=without_pending
        )
        with farm.switch(WIKI, **hurdles.SPAM_LIST):
            found = words([*engine.deliver([bad], lambda: None)])
        assert found == [(Sent.REFUSED, 'spam list')]

    def test_rate_limit(self, farm: Farm, site: Any) -> None:
        """It should try once more after a pause, not oftener."""
        with farm.switch(WIKI, wgRateLimits={'edit': {'user': [0, 60], 'newbie': [0, 60]}}):
            with farm.recording() as requests:
                assert refused(farm, site) == 'rate limited'
            assert sum(one.action == 'edit' for one in requests) == 2


@pytest.fixture
def folder(farm: Farm, tmp_path: Path) -> Path:
    """Give a folder of pywikibot that is warm, and a wiki with two pumps."""
    for title in (PUMP, 'Other pump'):
        farm.write_page(WIKI, title, TEXT)
    found = write_bot_folder(tmp_path / 'child')
    deliver(farm, found, ['Nowhere'], 1)
    return found


TWO = (PUMP, 'Other pump')


class TestKilled:
    @pytest.mark.parametrize('moment', [Moment.BEFORE, Moment.SENT, Moment.ANSWERED])
    def test_every_request(self, farm: Farm, folder: Path, tmp_path: Path, moment: Moment) -> None:
        """It should have given each notice once after it was killed at any one request and run again."""
        kept = farm.keep(WIKI, tmp_path / 'kept.sqlite')
        number = 0
        while True:
            number += 1
            farm.restore(WIKI, kept)
            killed = deliver(farm, folder, TWO, REQUEST, Fault(moment, number))
            if killed.code != KILLED:
                break
            told(deliver(farm, folder, TWO, REQUEST))
            assert all(gave(farm, title) for title in TWO), f'killed {moment.value} request {number}'
        assert number > 6
        print(f'killed at {moment.value}: {number - 1} requests, each once')


class TestLost:
    @pytest.mark.parametrize('number', [1, 2])
    def test_answer(self, farm: Farm, folder: Path, number: int) -> None:
        """It should find out by reading what became of an edit whose answer was lost."""
        found = told(deliver(farm, folder, TWO, REQUEST, Fault(Moment.LOST, number, 'action=edit')))
        assert found == dict.fromkeys(TWO, ('DELIVERED', ''))
        assert all(gave(farm, title) for title in TWO)

    def test_cache_deleted(self, farm: Farm, folder: Path, tmp_path: Path) -> None:
        """It should need nothing of an earlier run."""
        told(deliver(farm, folder, TWO, REQUEST))
        fresh = write_bot_folder(tmp_path / 'fresh')
        assert told(deliver(farm, fresh, TWO, REQUEST)) == dict.fromkeys(TWO, ('THERE', ''))
        assert all(gave(farm, title) for title in TWO)

    @pytest.mark.parametrize('shift', [86400, -1])
    def test_clock(self, farm: Farm, folder: Path, shift: int) -> None:
        """It should not care what the machine's clock says."""
        told(deliver(farm, folder, TWO, REQUEST, shift=shift))
        assert told(deliver(farm, folder, TWO, REQUEST, shift=shift)) == dict.fromkeys(TWO, ('THERE', ''))
        assert all(gave(farm, title) for title in TWO)

    @pytest.mark.parametrize('status', [503, 504])
    def test_server_error(self, farm: Farm, site: Any, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """It should send nothing again where a server in between failed, and say that it does not know."""
        site.tokens['csrf']
        with failing(status) as (address, asked):
            redirect_writes(monkeypatch, address)
            assert words(on(site)()) == [(Sent.REFUSED, 'no answer')]
        assert asked == ['POST']
        assert text(farm) == TEXT

    def test_timeout(self, farm: Farm, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """It should look up an edit that took too long, and not send it again."""
        import requests

        from tests.farm.adapter import FarmAdapter

        real = FarmAdapter.send

        def send(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
            answer = real(self, request, *args, **kwargs)
            if request.method == 'POST':
                raise requests.exceptions.ReadTimeout('too long', request=request)
            return answer

        monkeypatch.setattr(FarmAdapter, 'send', send)
        assert words(on(site)()) == [(Sent.DELIVERED, '')]
        assert gave(farm)
        assert pages(farm, WIKI)[PUMP].revisions == 2


def redirect_writes(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Send writes to another server than the farm's."""
    import requests

    from tests.farm.adapter import FarmAdapter

    real = FarmAdapter.send

    def send(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method != 'POST':
            return real(self, request, *args, **kwargs)
        with requests.Session() as session:
            return session.post(address, timeout=10)

    monkeypatch.setattr(FarmAdapter, 'send', send)


class failing:  # noqa: N801 - used like a function
    """A server that answers with an error; gives its address and what it was asked."""

    def __init__(self, status: int) -> None:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked.append('POST')
                self.send_error(status)

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        self._asked = asked
        self._server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)

    def __enter__(self) -> tuple[str, list[str]]:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f'http://127.0.0.1:{self._server.server_port}/', self._asked

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def test_trials(farm: Farm, tmp_path: Path) -> None:
    """It should give each notice once, lose no edit, and tell what is so, in trials of faults and sends."""
    farm.create_accounts('metawiki', SENDER)
    tally, settled = prove(farm, tmp_path, 25, '20220601')
    print(tally, settled)
    assert tally.trials + settled.pages // 2 == 25
    assert tally.clean, tally
    assert settled.clean, settled
