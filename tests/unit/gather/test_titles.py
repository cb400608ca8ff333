"""Titles that come from wikis."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.gather.titles import is_title, page_url, revision_url

SERVER = 'https://en.wikipedia.org'
#: What can be a title.
TITLES = [
    'A',
    'Wikipedia:Village pump',
    'Ä (b)/c',
    'Wikipédia:Le Bistro',
    '井戸端',
    'A "b" & c?',
    'x' * 355,
    '日' * 118,
]


@pytest.mark.parametrize('title', TITLES)
def test_title(title: str) -> None:
    """It should take titles in all scripts, up to the length that a wiki can give."""
    assert is_title(title)


#: What can be none.
NO_TITLES: list[object] = [
    '', ' A', ':A', '\tA', 'x' * 356, '日' * 119, None, 7, ['A'], b'A', 'a\ufffdb', 'a\ud800',
    *(f'a{sign}b' for sign in '|#<>[]{}\n\t\x00\x7f'),
]  # fmt: skip


@pytest.mark.parametrize('text', NO_TITLES)
def test_no_title(text: object) -> None:
    """It should refuse what would end a link or a list of titles, what is too long, and what is no text."""
    assert not is_title(text)


@given(st.text())
def test_in_a_list(text: str) -> None:
    """It should take nothing that would be two titles of a question, or more than a link's target."""
    if is_title(text):
        assert text.split('|') == [text]
        assert not {*'[]{}<>#\n'} & {*text}
        assert text[0] not in ': '


@given(st.text(min_size=1).filter(is_title))
def test_address(title: str) -> None:
    """It should give an address of which the title alone is the path, and that leads back to it."""
    url = urlsplit(page_url(SERVER, title))
    assert (url.scheme, url.netloc, url.query, url.fragment) == ('https', 'en.wikipedia.org', '', '')
    assert unquote(url.path) == f'/wiki/{title.replace(" ", "_")}'
    assert url.geturl().isascii()
    assert ' ' not in url.geturl()


def test_addresses() -> None:
    """It should write addresses as people know them from the wikis."""
    assert page_url(SERVER, 'Wikipedia:A b/Ä?') == f'{SERVER}/wiki/Wikipedia:A_b/%C3%84%3F'
    assert revision_url(SERVER, 12) == f'{SERVER}/wiki/Special:Permalink/12'
