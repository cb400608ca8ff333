"""What the stand-in of MassMessage does, as the extension does it, on both releases."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

import pytest

from tests.farm import hurdles
from tests.farm.abusefilter import Filter
from tests.farm.accounts import BOT, OPERATOR, SENDER, Account
from tests.farm.client import Client, client_of
from tests.farm.farm import Farm
from tests.farm.releases import ON_BOTH
from tests.farm.sending_form import SendingForm

pytestmark = ON_BOTH

META, WIKI = 'metawiki', 'dewiki'
LIST = f'User:{BOT.name}/Targets'
PUMP = 'Wikipedia:Café'
TEXT = 'Something is discussed. ~~~~'
#: The end of the hidden comment, in every language.
END = f'index.php?title={LIST.replace(" ", "_")}&oldid='
DELIVERER = 'MediaWiki message delivery'


@pytest.fixture
def sender(farm: Farm) -> Iterator[Client]:
    """Give a client of Meta, logged in as a person who may send mass messages."""
    with client_of(farm, META, SENDER) as client:
        yield client


def write_list(farm: Farm, *pages: str, host: str = 'de.wikipedia.org') -> None:
    lines = (f'* {{{{#target:{page}|{host}}}}}' for page in pages)
    farm.write_page(META, LIST, '\n'.join(lines) or 'No page.', BOT.name)


def send(client: Client, **params: str) -> dict[str, Any]:
    message = {'spamlist': LIST, 'subject': 'A notice', 'message': TEXT, **params}
    return client.post(action='massmessage', **message)


def log(farm: Farm, dbname: str = WIKI) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the lines of a wiki's log of mass messages, oldest first: action, title, params."""
    question = {
        'list': 'logevents',
        'letype': 'massmessage',
        'ledir': 'newer',
        'leprop': 'type|title|details',
    }
    with client_of(farm, dbname) as client:
        lines = client.get(action='query', **question)['query']['logevents']
    return [(line['action'], line['title'], line['params']) for line in lines]


def revisions(farm: Farm, title: str = PUMP) -> Sequence[dict[str, Any]]:
    """Return the revisions of a page of the German wiki, newest first; none of a page that is missing."""
    question = {
        'prop': 'revisions',
        'rvprop': 'user|comment|tags|content',
        'rvslots': 'main',
        'rvlimit': 'max',
    }
    with client_of(farm, WIKI) as client:
        (page,) = client.get(action='query', titles=title, **question)['query']['pages']
    return list(page.get('revisions', ()))


class TestForm:
    def test_filled(self, farm: Farm, sender: Client) -> None:
        """It should show what the link holds, byte for byte, also after the preview."""
        write_list(farm, PUMP)
        filled = {'spamlist': LIST, 'subject': 'Ünd "this" & [[that]]', 'message': '{{x|y}} <b>#%</b>\n~~~~'}
        form = SendingForm(sender, **filled)
        assert form.fields.items() >= filled.items()
        assert form.preview().fields.items() >= filled.items()

    @pytest.mark.parametrize('button', ['submit-button', 'preview-button'])
    def test_get(self, farm: Farm, sender: Client, button: str) -> None:
        """It should send nothing by a GET, whatever button the link names."""
        write_list(farm, PUMP)
        form = SendingForm(sender, spamlist=LIST, subject='A notice', message=TEXT, **{button: '1'})
        assert (form.pages, form.sent, log(farm, META)) == (None, False, [])

    def test_sent(self, farm: Farm, sender: Client) -> None:
        """It should show the button that sends after a preview alone, and log the list as it is then."""
        write_list(farm, PUMP, 'Wikipedia:Bar')
        form = SendingForm(sender, spamlist=LIST, subject='A notice', message=TEXT)
        assert (form.can_send, form.pages) == (False, None)
        form.preview(subject='Another')
        assert (form.can_send, form.pages, log(farm, META)) == (True, 2, [])
        write_list(farm, PUMP)
        assert form.send().sent
        ((action, title, params),) = log(farm, META)
        assert (action, title, params['pageMessage']) == ('send', LIST, '')
        assert farm.run_jobs() == {WIKI: 1}
        assert f'{END}{params["revid"]} -->' in str(revisions(farm)[0])

    def test_empty_list(self, farm: Farm, sender: Client) -> None:
        """It should count no page of an empty list, and log the sending all the same."""
        write_list(farm)
        form = SendingForm(sender, spamlist=LIST, subject='A notice', message=TEXT).preview()
        assert form.pages == 0
        assert form.send().sent
        assert [line[0] for line in log(farm, META)] == ['send']
        assert farm.run_jobs() == {}

    def test_warnings(self, farm: Farm, sender: Client) -> None:
        """It should let a message go that it warns of, and stop one without a text."""
        write_list(farm, PUMP)
        form = SendingForm(sender, spamlist=LIST, subject='A notice', message='<b>Unsigned').preview()
        assert ('no signature' in form.html, 'no partner' in form.html, form.can_send) == (True, True, True)
        assert not form.preview(message=' ').can_send

    def test_no_token(self, farm: Farm, sender: Client) -> None:
        """It should send nothing without the token of the form."""
        write_list(farm, PUMP)
        form = SendingForm(sender, spamlist=LIST, subject='A notice', message=TEXT)
        assert not form.send(wpEditToken='').sent
        assert log(farm, META) == []

    @pytest.mark.parametrize('account', [None, BOT], ids=['nobody', 'bot'])
    def test_no_right(self, farm: Farm, account: Account | None) -> None:
        """It should show no form to somebody without the right."""
        with client_of(farm, META, account) as client:
            assert SendingForm(client, spamlist=LIST).fields == {}


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
