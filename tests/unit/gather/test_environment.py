"""Reading how the bot is set up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.gather.environment import (
    BotAccount,
    read_account,
    read_barred,
    read_versions,
    read_wiki,
)
from tests.unit.gather.asked import Asked

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
INFO = {'name': 'Invented bot', 'groups': ['*', 'bot'], 'rights': ['edit', 'bot']}
BLOCK = {'blockid': 3, 'blockexpiry': 'infinite', 'blockreason': 'too fast'}
BLOCKS: list[tuple[dict[str, Any], str | None]] = [
    ({}, None),
    (BLOCK, 'altogether, until infinite: too fast'),
    ({**BLOCK, 'blockreason': ''}, 'altogether, until infinite: no reason given'),
    ({**BLOCK, 'blockpartial': True}, 'from some pages, until infinite: too fast'),
]


@pytest.mark.parametrize(('block', 'said'), BLOCKS)
def test_account(block: dict[str, Any], said: str | None) -> None:
    """It should read name, groups, rights and block."""
    wanted = BotAccount('Invented bot', frozenset({'*', 'bot'}), frozenset({'edit', 'bot'}), said)
    assert read_account(Asked(lambda *_: {'query': {'userinfo': {**INFO, **block}}})) == wanted


def test_barred() -> None:
    """It should read the codes of what keeps the bot from a page, by the title that was asked for."""
    errors = [{'code': 'protectedpage'}, {'code': 'protectedpage'}]
    query = {
        'normalized': [{'from': 'user:A/B', 'to': 'User:A/B'}],
        'pages': [
            {'title': 'User:A/B', 'actions': {'edit': errors, 'create': []}},
            {'title': 'User:A/C', 'actions': {'edit': [], 'create': []}},
        ],
    }
    barred = read_barred(Asked(lambda *_: {'query': query}), ['user:A/B', 'User:A/C'])
    assert barred == {'user:A/B': ('protectedpage',), 'User:A/C': ()}


def test_wiki() -> None:
    """It should read version and time."""
    answer = {
        'curtimestamp': '2027-06-01T12:00:07Z',
        'query': {'general': {'generator': 'MediaWiki 1.43.0'}},
    }
    wiki = read_wiki(Asked(lambda *_: answer))
    assert (wiki.generator, wiki.time) == ('MediaWiki 1.43.0', NOW.replace(second=7))


@pytest.mark.parametrize('answer', [{'query': {}}, {'curtimestamp': 'now', 'query': {}}, {'query': None}])
def test_other_answer(answer: dict[str, Any]) -> None:
    """It should say what the wiki answers instead."""
    with pytest.raises(WikiError, match='of another form'):
        read_wiki(Asked(lambda *_: answer))


def test_versions() -> None:
    """It should find the versions of what is installed."""
    assert [*read_versions()] == ['Python', 'pywikibot']
    assert None not in read_versions().values()
