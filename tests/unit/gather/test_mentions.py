"""Texts and addresses that lead to a request."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.gather.mentions import Sought
from globalban_bot.model.notice import notice_marker

TITLE = 'Requests for comment/Global ban for Ädå (2)'
SOUGHT = Sought(12345, (TITLE, 'Requests for comment/Global ban for Bo'), 'https://meta.wikimedia.org')
CODED = quote(TITLE.replace(' ', '_'))


@pytest.mark.parametrize(
    'text',
    [
        f'before [[m:{TITLE}|a request]] after',
        f'[[:meta:{TITLE}]]',
        f'[[ M : {TITLE.replace(" ", "_")}#Votes|x]]',
        f'[[w:en:m:{TITLE}]]',
        f'[[m:{CODED}]]',
        '[[m:requests for comment/Global ban for Bo]]',
        f'[[m:Special:MyLanguage/{TITLE}|x]]',
        f'[https://meta.wikimedia.org/wiki/{CODED} x]',
        f'(https://meta.wikimedia.org/wiki/{CODED}).',
        f'//meta.m.wikimedia.org/wiki/{CODED}#Votes',
        f'HTTPS://META.wikimedia.org/wiki/{TITLE.replace(" ", "_")}',
        f'https://meta.wikimedia.org/w/index.php?title={CODED}&action=history',
        f'text {notice_marker(12345)}',
    ],
)
def test_led(text: str) -> None:
    """It should know the marker, links with prefixes, and addresses, in each way of writing."""
    assert SOUGHT.in_text(text)


@pytest.mark.parametrize(
    'text',
    [
        f'[[{TITLE}]]',
        f'[[n:{TITLE}]]',
        f'm:{TITLE}',
        '[[m:Requests for comment/Global ban for Ädå]]',
        '[[m:Requests for comment/Global ban for Bo/2]]',
        f'[[m:{TITLE} and more]]',
        f'https://en.wikipedia.org/wiki/{CODED}',
        f'https://meta.wikimedia.org/wiki/{CODED}_more',
        f'https://meta.wikimedia.org/w/index.php?oldid={CODED}',
        'https://meta.wikimedia.org/wiki/',
        'https://[::1',
        notice_marker(1234),
        notice_marker(123456),
        '[[', '[[m:', '[[m:]]', '',
    ],
)  # fmt: skip
def test_not_led(text: str) -> None:
    """It should not take other pages, other wikis or other requests for it."""
    assert not SOUGHT.in_text(text)


def test_here() -> None:
    """It should take a link without a prefix on the wiki of the request only."""
    assert SOUGHT.in_text(f'[[{TITLE}]]', here=True)
    assert SOUGHT.in_text(f'[[:{TITLE}|x]]', here=True)
    assert not SOUGHT.in_text(f'[[User:{TITLE}]]', here=True)


def test_addresses() -> None:
    """It should write addresses as they are looked up: without protocol, encoded, with underlines."""
    assert SOUGHT.addresses() == (
        'meta.wikimedia.org/wiki/Requests_for_comment/Global_ban_for_%C3%84d%C3%A5_%282%29',
        'meta.wikimedia.org/wiki/Requests_for_comment/Global_ban_for_Bo',
    )
    assert all(SOUGHT.is_address(f'https://{address}') for address in SOUGHT.addresses())


@given(st.text('[]|#:m/ \n{}<>!-_%AB2', max_size=60))
def test_any_text(text: str) -> None:
    """It should bear any text."""
    SOUGHT.in_text(text)
    SOUGHT.in_text(f'[[{text}', here=True)
    SOUGHT.is_address(f'//{text}')


def test_long_text() -> None:
    """It should find nothing in a page that is made to be slow; in quadratic time this would take days."""
    for hostile in ('[[' + 'm:' * 500_000, '[[m:' * 250_000, '//' * 500_000, '[[' + ' ' * 1_000_000):
        assert not SOUGHT.in_text(hostile)
