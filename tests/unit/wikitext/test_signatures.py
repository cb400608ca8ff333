"""Who signed a line, and when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from globalban_bot.model.dialect import Dialect
from globalban_bot.model.vote import Signing
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.signatures import Signature, Signatures, own_signature
from tests.unit.wikitext.makers import Surfaces, When

TIME = '12:00, 1 May 2027 (UTC)'
Sign = Callable[[str], list[Signature]]


@pytest.fixture
def signatures(surface: Surfaces, lexicon: Lexicon, dialect: Dialect) -> Sign:
    """Return what finds the signatures of a line."""
    return lambda line: Signatures(surface(line), lexicon, dialect).within(0, len(line))


@pytest.mark.parametrize(
    'line',
    [
        f'[[User:Ada|Ada]] {TIME}',
        f'[[User:Ada|Ada]] ([[User talk:Ada|talk]]) {TIME}',
        f'per nom. --[[User talk:Ada|✉]] {TIME}',
        f'{{{{User:Ada/Signature}}}} {TIME}',
        f'per [[User:Brun|Brun]]: yes. [[User:Ada|Ada]] {TIME}',
        f'[[User:Ada|Ada]], the one who said it, {TIME}',
        f"'''[[:de:Benutzer:ada|<span style='color:red'>a</span>]]''' {TIME}",
        f'--[[User:Ada|Ada]] {TIME} and what came later',
        f'[[Special:Contributions/Ada|Ada]] {TIME}',
    ],
)
def test_signed(signatures: Sign, when: When, line: str) -> None:
    """It should join a time with the links of one account before it."""
    own = own_signature(signatures(line))
    assert own is not None
    assert (own.account, own.time, own.signing) == ('Ada', when('2027-05-01 12:00'), Signing.SIGNED)


@pytest.mark.parametrize(
    'line',
    [
        'per nom. [[User:Ada|Ada]] ([[User talk:Ada|talk]])',
        'per nom. --[[User:Ada]].',
        'per nom! <small>[[User:Ada|Ada]]</small>',
    ],
)
def test_without_time(signatures: Sign, line: str) -> None:
    """It should find a signature without a time at the end of a line."""
    own = own_signature(signatures(line))
    assert own is not None
    assert (own.account, own.time) == ('Ada', None)


@pytest.mark.parametrize(
    'line',
    [
        '',
        'text',
        'I agree with [[User:Ada|Ada]]',
        'see [[User:Ada|Ada]] for the rest',
        '[[Ada]]',
        '1 May 2027',
    ],
)
def test_unsigned_line(signatures: Sign, line: str) -> None:
    """It should find none where nobody signed, though accounts be named."""
    assert signatures(line) == []


def test_time_alone(signatures: Sign, when: When) -> None:
    """It should keep a time that nobody signed, without an account."""
    (found,) = signatures(f'per nom. {TIME}')
    assert (found.account, found.time, found.signing) == (None, when('2027-05-01 12:00'), Signing.UNSIGNED)


def test_far_link(signatures: Sign) -> None:
    """It should not sign with a link that is far from the time."""
    (found,) = signatures(f'[[User:Ada|Ada]] {"wrote a long text " * 8} {TIME}')
    assert found.account is None


@pytest.mark.parametrize(
    ('line', 'account', 'timed'),
    [
        (f'{{{{unsigned|Ada|{TIME}}}}}', 'Ada', True),
        (f'{{{{unsigned|{TIME}|Ada}}}}', 'Ada', True),
        ('{{Unsigned|Ada}}', 'Ada', False),
        ('{{unsigned|User:Ada}}', 'Ada', False),
        ('{{unsigned|[[User:Ada|Ada]]}}', 'Ada', False),
        ('{{unsigned}}', None, False),
        (f'<small class="autosigned">by [[User:Ada|Ada]] {TIME}</small>', 'Ada', True),
    ],
)
def test_unsigned(signatures: Sign, line: str, account: str | None, timed: bool) -> None:
    """It should name the author whom others named for the entry, and say that it was unsigned."""
    own = own_signature(signatures(line))
    assert own is not None
    assert (own.account, own.time is not None, own.signing) == (account, timed, Signing.UNSIGNED)


@pytest.mark.parametrize('name', ['192.0.2.7', '2001:DB8::A', '~2027-12345-6'])
def test_unregistered(signatures: Sign, name: str) -> None:
    """It should tell addresses and temporary accounts from accounts."""
    own = own_signature(signatures(f'[[Special:Contributions/{name}|{name}]] {TIME}'))
    assert own is not None
    assert (own.account, own.signing) == (name, Signing.UNREGISTERED)


@pytest.mark.parametrize(
    'note',
    [
        '<small>(a word taken out. [[User:Clerk|Clerk]] 13:00, 2 May 2027 (UTC))</small>',
        '<small>moved by [[User:Clerk|Clerk]] 13:00, 2 May 2027 (UTC)</small>',
        '(a word taken out. [[User:Clerk|Clerk]] 13:00, 2 May 2027 (UTC))',
    ],
)
def test_aside(signatures: Sign, note: str) -> None:
    """It should pass over the signatures of clerks' notes, wherever they stand."""
    for line in (f'{note} per nom. [[User:Ada|Ada]] {TIME}', f'per nom. [[User:Ada|Ada]] {TIME} {note}'):
        found = signatures(line)
        own = own_signature(found)
        assert own is not None
        assert own.account == 'Ada'
        assert len(found) == 2


def test_own_of_none() -> None:
    """It should return none where there is none."""
    assert own_signature([]) is None


def test_offsets(signatures: Sign) -> None:
    """It should keep where a signature stands."""
    line = f'a [[User:Ada|Ada]] ([[User talk:Ada|talk]]) {TIME} b'
    (found,) = signatures(line)
    assert line[found.start : found.end] == f'[[User:Ada|Ada]] ([[User talk:Ada|talk]]) {TIME}'
