"""Texts and addresses that lead to a request."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.notice import notice_marker
from globalban_bot.wikitext.request_links import RequestLinks

TITLE = 'Requests for comment/Global ban for Ädå (2)'
LINKS = RequestLinks(
    12345,
    (TITLE, 'Requests for comment/Global ban for Bo'),
    'https://meta.wikimedia.org',
    ('m', 'meta', 'metawikimedia'),
)
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
        f'[[metawikimedia:{TITLE}]]',
        '[[m:Special:Redirect/page/12345|x]]',
        '[[m:special:Redirect/page/0012345]]',
        f'[{{{{fullurl:m:{TITLE}}}}} here]',
        f'[{{{{fullurl:m:{TITLE}|action=edit}}}} here]',
        f'{{{{ Canonicalurl:meta:{TITLE}}}}}',
        'https://meta.wikimedia.org/?curid=12345',
        'https://meta.wikimedia.org/w/index.php?curid=12345&title=Elsewhere',
        'https://meta.wikimedia.org/wiki/Special:Redirect/page/12345',
        f'<nowiki>x</nowiki>[[m:{TITLE}]]<!-- y -->',
        f'[[m:{TITLE}]] <!-- never closed',
    ],
)
def test_led(text: str) -> None:
    """It should know links with prefixes, functions and addresses, in each way of writing."""
    assert LINKS.linked_in(text)


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
        'https://meta.wikimedia.org/?curid=123456',
        f'https://meta.wikimedia.org/w/index.php?title={CODED}&curid=7',
        '[[m:Special:Redirect/page/123456]]',
        '[[m:Special:Redirect/logid/12345]]',
        f'{{{{fullurl:n:{TITLE}}}}}',
        f'<!-- [[m:{TITLE}]] -->',
        f'<!-- never closed [[m:{TITLE}]]',
        f'<nowiki>[[m:{TITLE}]]</nowiki>',
        f'<pre>https://meta.wikimedia.org/wiki/{CODED}</pre>',
        f'<includeonly>[[m:{TITLE}]]</includeonly>',
        notice_marker(12345),
        '[[', '[[m:', '[[m:]]', '',
    ],
)  # fmt: skip
def test_not_led(text: str) -> None:
    """It should not take other pages, other wikis or other requests for it, nor what nobody can follow."""
    assert not LINKS.linked_in(text)


def test_here() -> None:
    """It should take a link without a prefix on the wiki of the request only."""
    assert LINKS.linked_in(f'[[{TITLE}]]', here=True)
    assert LINKS.linked_in(f'[[:{TITLE}|x]]', here=True)
    assert not LINKS.linked_in(f'[[User:{TITLE}]]', here=True)


def test_addresses() -> None:
    """It should write addresses as they are looked up: without protocol, encoded, with underlines."""
    assert LINKS.addresses() == (
        'meta.wikimedia.org/wiki/Requests_for_comment/Global_ban_for_%C3%84d%C3%A5_%282%29',
        'meta.wikimedia.org/wiki/Requests_for_comment/Global_ban_for_Bo',
    )
    assert all(LINKS.is_address(f'https://{address}') for address in LINKS.addresses())


@given(st.text('[]|#:m/ \n{}<>!-_%AB2', max_size=60))
def test_any_text(text: str) -> None:
    """It should bear any text."""
    LINKS.linked_in(text)
    LINKS.linked_in(f'[[{text}', here=True)
    LINKS.is_address(f'//{text}')


def test_long_text() -> None:
    """It should find nothing in a page that is made to be slow; in quadratic time this would take days."""
    for hostile in ('[[' + 'm:' * 500_000, '[[m:' * 250_000, '//' * 500_000, '[[' + ' ' * 1_000_000):
        assert not LINKS.linked_in(hostile)
