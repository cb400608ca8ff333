"""What the stand-in of MassMessage sends and delivers, as the extension does it, on both releases."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest

from tests.farm import hurdles
from tests.farm.abusefilter import Filter
from tests.farm.accounts import OPERATOR, SENDER
from tests.farm.client import Client, client_of
from tests.farm.farm import Farm
from tests.farm.mass_messages import END, LIST, META, PUMP, WIKI, log, revisions, send, write_list
from tests.farm.releases import ON_BOTH

pytestmark = ON_BOTH

DELIVERER = 'MediaWiki message delivery'


@pytest.fixture
def sender(farm: Farm) -> Iterator[Client]:
    """Give a client of Meta, logged in as a person who may send mass messages."""
    with client_of(farm, META, SENDER) as client:
        yield client


class TestApi:
    def test_blocked(self, farm: Farm, sender: Client) -> None:
        """It should send for an account that is blocked."""
        write_list(farm, PUMP)
        with client_of(farm, META, OPERATOR) as client:
            assert 'error' not in client.post(action='block', user=SENDER.name, expiry='infinity')
        assert send(sender) == {'massmessage': {'result': 'success', 'count': 1}}

    def test_no_message(self, farm: Farm, sender: Client) -> None:
        """It should name the parameter that is missing, and an empty message by another code."""
        write_list(farm, PUMP)
        answer = sender.post(action='massmessage', spamlist=LIST, subject='A notice')
        assert answer['error']['code'] == 'missingparam'
        assert send(sender, message=' ')['error']['code'] == 'massmessage-empty-message'

    def test_category(self, farm: Farm, sender: Client) -> None:
        """It should take a category for a list, also one that is missing."""
        farm.write_page(META, 'Talk:Here', '[[Category:Listed]]')
        counts = [
            send(sender, spamlist=f'Category:{name}')['massmessage']['count'] for name in ('Listed', 'No')
        ]
        assert counts == [1, 0]

    def test_counted(self, farm: Farm, sender: Client) -> None:
        """It should show an error for a host or a title that is none, and not count it."""
        write_list(farm, PUMP, host='DE.wikipedia.org')
        farm.write_page(META, 'Template:Target', '{{{page}}}')
        assert send(sender)['massmessage']['count'] == 0
        assert sender.page(LIST).count('class="error"') == 1

    def test_page_message(self, farm: Farm, sender: Client) -> None:
        """It should read a page that is sent along when it delivers, and mark its language."""
        write_list(farm, PUMP)
        farm.write_page(META, 'Along', 'Before.')
        send(sender, **{'page-message': 'Along'})
        farm.write_page(META, 'Along', 'After.')
        assert log(farm, META)[0][2]['pageMessage'] == 'Along'
        farm.run_jobs()
        text = revisions(farm)[0]['slots']['main']['content']
        assert '<div lang="en" dir="ltr">\nAfter.\n</div>\n\nSomething is discussed.' in text


#: Pages of the German wiki, and what the log says of a message to them; None where it is delivered.
PAGES: Mapping[str, tuple[str | None, tuple[str, str | None] | None]] = {
    PUMP: (None, None),  # it is made
    'Wikipedia:Nein': ('[[Kategorie:Möchte keine Rundnachrichten]]', ('skipoptout', None)),
    'Wikipedia:English': ('[[Kategorie:Opted-out of message delivery]]', None),
    'Artikel': ('Text.', ('skipbadns', None)),
    'Wikipedia:Zum Benutzer': (f'#WEITERLEITUNG [[Benutzer:{OPERATOR.name}]]', ('skipbadns', None)),
    'Wikipedia:Hinaus': ('#WEITERLEITUNG [[:m:Elsewhere]]', None),
    'Benutzer Diskussion:Niemand': (None, ('skipnouser', None)),
    'Wikipedia:Gefiltert': ('Text.', ('failure', 'abusefilter-disallowed')),
    'Wikipedia:Geschützt': ('Text.', ('failure', 'protectedpage')),
}


class TestDelivery:
    def test_each(self, farm: Farm, sender: Client) -> None:
        """It should deliver to each page, or log why not under the title that was listed."""
        write_list(farm, *PAGES)
        for title, (text, _) in PAGES.items():
            if text:
                farm.write_page(WIKI, title, text)
        protect(farm, 'Wikipedia:Geschützt', 'sysop')
        with farm.switch(WIKI, **hurdles.ABUSE_FILTER):
            farm.create_filter(WIKI, Filter('page_title == "Gefiltert"'))
            assert send(sender)['massmessage']['count'] == len(PAGES)
            assert farm.run_jobs() == {WIKI: len(PAGES)}
        logged = {title: (action, params.get('reason')) for action, title, params in log(farm)}
        assert logged == {title: outcome for title, (_, outcome) in PAGES.items() if outcome}
        delivered = [title for title in PAGES if END in str(revisions(farm, title)[:1])]
        assert delivered == [title for title, (_, outcome) in PAGES.items() if outcome is None]

    def test_edit(self, farm: Farm, sender: Client) -> None:
        """It should write and sum up in the language of the wiki, and tag the edit."""
        write_list(farm, PUMP)
        send(sender)
        farm.run_jobs()
        ((revision),) = revisions(farm)
        assert (revision['user'], revision['tags']) == (DELIVERER, ['massmessage-delivery'])
        assert revision['comment'] == 'Neuer Abschnitt /* A notice */'
        assert f'<!-- Nachricht von Benutzer:{SENDER.name}@metawiki nach der Liste unter https://' in str(
            revision
        )
        with closing(sqlite3.connect(farm.folders.database(WIKI))) as database:
            ((params,),) = database.execute('SELECT ct_params FROM change_tag').fetchall()
        assert list(json.loads(params)) == ['dedupe_hash']

    def test_board(self, farm: Farm, sender: Client) -> None:
        """It should leave a message untagged on a board of another kind of discussion."""
        write_list(farm, PUMP)
        with farm.switch(WIKI, wgFarmMassMessageBoards=[PUMP]):
            send(sender)
            farm.run_jobs()
        assert [revision['tags'] for revision in revisions(farm)] == [[]]

    def test_retried(self, farm: Farm, sender: Client) -> None:
        """It should try a failed delivery again, log each failure, and deliver once nothing is in the way."""
        write_list(farm, PUMP)
        farm.write_page(WIKI, PUMP, 'Text.')
        protect(farm, PUMP, 'sysop')
        send(sender)
        assert [farm.run_jobs() for _ in range(3)] == [{WIKI: 1}] * 3
        failure = ('failure', PUMP, {'subject': 'A notice', 'reason': 'protectedpage'})
        assert log(farm) == [failure] * 3
        protect(farm, PUMP, 'all')
        assert [farm.run_jobs() for _ in range(2)] == [{WIKI: 1}, {}]
        assert END in str(revisions(farm)[0])
        assert len(log(farm)) == 3

    def test_blocked_deliverer(self, farm: Farm, sender: Client) -> None:
        """It should log that the account that delivers is blocked."""
        write_list(farm, PUMP, 'Artikel')
        send(sender)
        farm.run_jobs()
        with client_of(farm, WIKI, OPERATOR) as client:
            assert 'error' not in client.post(action='block', user=DELIVERER, expiry='infinity')
        send(sender, message='Another text. ~~~~')
        farm.run_jobs()
        assert ('failure', PUMP, {'subject': 'A notice', 'reason': 'blocked'}) in log(farm)

    def test_twice(self, farm: Farm, sender: Client) -> None:
        """It should deliver the same once within five revisions, and log nothing of the second time."""
        write_list(farm, PUMP)
        for count, expected in ((0, 1), (4, 5), (1, 7)):
            with client_of(farm, WIKI, OPERATOR) as client:
                for number in range(count):
                    client.edit(PUMP, f'Text {expected} {number}.')
            send(sender)
            assert farm.run_jobs() == {WIKI: 1}
            assert (len(revisions(farm)), log(farm)) == (expected, [])


def protect(farm: Farm, title: str, level: str) -> None:
    with client_of(farm, WIKI, OPERATOR) as client:
        answer = client.post(action='protect', title=title, protections=f'edit={level}', expiry='infinity')
    assert 'error' not in answer, answer
