"""What a plain account is told by the API when its edit is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.farm import hurdles
from tests.farm.abusefilter import DISALLOW, WARN, Filter
from tests.farm.accounts import BOT, Account, BotPassword
from tests.farm.client import Client, client_of
from tests.farm.errors import ScriptError
from tests.farm.farm import Farm
from tests.farm.releases import ON_BOTH

pytestmark = ON_BOTH

PLAIN = Account('Ada Invented', bot_password=BotPassword())
META = 'metawiki'


@pytest.fixture
def plain(farm: Farm) -> Iterator[Client]:
    """Give a client of a plain account, that has edited before."""
    farm.create_accounts(META, PLAIN)
    with client_of(farm, META, PLAIN) as client:
        assert saved(client.edit('Invented page', 'before'))
        yield client


def saved(answer: Mapping[str, Any]) -> bool:
    return bool(answer.get('edit', {}).get('result') == 'Success')


def content(client: Client) -> str:
    answer = client.get(action='parse', page='Invented page', prop='wikitext')
    return str(answer['parse']['wikitext'])


class TestAbuseFilter:
    def test_warning(self, farm: Farm, plain: Client) -> None:
        """It should warn once with an error, and let the same edit pass the second time."""
        with farm.switch(META, **hurdles.ABUSE_FILTER):
            number = farm.create_filter(META, Filter('added_lines rlike "gate"', WARN))
            answer = plain.edit('Invented page', 'gate')
            assert answer['error']['code'] == 'abusefilter-warning'
            assert 'you may submit it again to confirm it' in answer['error']['info']
            assert answer['error']['abusefilter'] == {
                'id': str(number), 'description': 'Invented filter', 'actions': ['warn'],
            }  # fmt: skip
            assert content(plain) == 'before'
            assert saved(plain.edit('Invented page', 'gate'))

    def test_disallow(self, farm: Farm, plain: Client) -> None:
        """It should refuse with an error however often it is asked, and leave other edits alone."""
        with farm.switch(META, **hurdles.ABUSE_FILTER):
            farm.create_filter(META, Filter('added_lines rlike "gate"', DISALLOW))
            for _ in range(2):
                answer = plain.edit('Invented page', 'gate')
                assert answer['error']['code'] == 'abusefilter-disallowed'
                assert answer['error']['abusefilter']['actions'] == ['disallow']
            assert saved(plain.edit('Invented page', 'harmless'))

    def test_bad_rules(self, farm: Farm) -> None:
        """It should say what is wrong with a filter."""
        with (
            farm.switch(META, **hurdles.ABUSE_FILTER),
            pytest.raises(ScriptError, match='There is a syntax error in the filter'),
        ):
            farm.create_filter(META, Filter('((', DISALLOW))

    def test_not_loaded(self, farm: Farm) -> None:
        """It should say that the extension is not loaded."""
        with pytest.raises(ScriptError, match='"Abuse Filter" extension must be installed'):
            farm.create_filter(META, Filter('true', DISALLOW))


class TestCaptcha:
    def test_sum(self, farm: Farm, plain: Client) -> None:
        """It should fail without an error, show a new sum each time, and take the right answer."""
        with farm.switch(META, **hurdles.CAPTCHA):
            first = captcha_of(plain.edit('Invented page', 'after'))
            assert first['type'] == 'simple'
            second = captcha_of(
                plain.edit('Invented page', 'after', captchaid=first['id'], captchaword='wrong')
            )
            assert second['id'] != first['id']
            assert content(plain) == 'before'
            solution = str(solve(second['question']))
            assert saved(plain.edit('Invented page', 'after', captchaid=second['id'], captchaword=solution))

    def test_question(self, farm: Farm, plain: Client) -> None:
        """It should ask a question, and take its answer."""
        with farm.switch(META, **hurdles.QUESTION):
            captcha = captcha_of(plain.edit('Invented page', 'after'))
            assert (captcha['type'], captcha['question']) == ('question', 'What colour is snow?')
            assert saved(plain.edit('Invented page', 'after', captchaid=captcha['id'], captchaword='white'))

    def test_passes_bots(self, farm: Farm) -> None:
        """It should ask a bot nothing."""
        with farm.switch(META, **hurdles.CAPTCHA), client_of(farm, META, BOT) as bot:
            assert saved(bot.edit('Invented page', 'by a bot'))


def captcha_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return the captcha of an answer that is a refusal, with nothing else in it."""
    assert set(answer) == {'edit'}
    assert set(answer['edit']) == {'captcha', 'result'}
    assert answer['edit']['result'] == 'Failure'
    captcha: dict[str, Any] = answer['edit']['captcha']
    return captcha


def solve(question: str) -> int:
    """Do a sum as ConfirmEdit writes it, with a minus sign of its own."""
    for sign, factor in (('+', 1), ('−', -1)):
        left, found, right = question.partition(sign)
        if found:
            return int(left) + factor * int(right)
    raise AssertionError(question)


class TestLists:
    def test_link(self, farm: Farm, plain: Client) -> None:
        """It should refuse a link on the list with an error that names it, and allow another."""
        farm.write_page(META, 'MediaWiki:Spam-blacklist', r'spam\.example\.org')
        with farm.switch(META, **hurdles.SPAM_LIST):
            answer = plain.edit('Invented page', 'see https://spam.example.org/page')
            assert answer['error']['code'] == 'spamblacklist'
            assert answer['error']['spamblacklist'] == {'matches': ['spam.example.org']}
            assert content(plain) == 'before'
            assert saved(plain.edit('Invented page', 'see https://other.example.org/page'))

    def test_title(self, farm: Farm, plain: Client) -> None:
        """It should refuse a title on the list with an error that cites the line, and allow another."""
        farm.write_page(META, 'MediaWiki:Titleblacklist', 'Forbidden .* <noedit>')
        with farm.switch(META, **hurdles.TITLE_LIST):
            answer = plain.edit('Forbidden title', 'text')
            assert answer['error']['code'] == 'titleblacklist-forbidden'
            assert answer['error']['line'] == 'Forbidden .* <noedit>'
            assert answer['error']['message']['key'] == 'titleblacklist-forbidden-edit'
            assert saved(plain.edit('Allowed title', 'text'))
