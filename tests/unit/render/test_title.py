"""Titles and addresses that may be linked."""

from __future__ import annotations

import pytest

from globalban_bot.render.title import address, linkable, page_address

GOOD = [
    ('Project:Village_pump  (all)', 'Project:Village pump (all)'),
    ("Wikipedia:L'aide & co.; x!", "Wikipedia:L'aide & co.; x!"),
    ('ويكيبيديا:الميدان', 'ويكيبيديا:الميدان'),
    ('AT&T', 'AT&T'),
    ('e\u0301', 'é'),
]
BAD = [
    '', ' ', '_', 'a[b', 'a]b', 'a{b', 'a}b', 'a|b', 'a<b', 'a>b', 'a#b', 'a\x00b', 'a\x7fb', 'a\ufffdb',
    '~~~', 'a%20b', 'a&amp;b', 'a&#39;b', '.', '..', '../a', 'a/./b', 'a/..', ':a', '/a', 'a\u202eb',
    'a\u200fb', 'a\ud800b', 'x' * 256, 'é' * 128,
]  # fmt: skip


@pytest.mark.parametrize(('title', 'found'), GOOD)
def test_titles(title: str, found: str) -> None:
    """It should take what MediaWiki takes, in the form in which MediaWiki shows it."""
    assert linkable(title) == found


@pytest.mark.parametrize('title', BAD)
def test_no_titles(title: str) -> None:
    """It should refuse what is no title, or what could act within a page."""
    assert linkable(title) is None
    assert page_address('https://en.wikipedia.org', title) is None


def test_page_address() -> None:
    """It should lead to a page of another wiki, with all that could act in wikitext written in percents."""
    assert page_address('https://de.wikipedia.org', "A:'B' (é)/?") == (
        'https://de.wikipedia.org/wiki/A:%27B%27_%28%C3%A9%29/%3F'
    )
    assert page_address('https://evil.example x', 'A') is None
    assert page_address('http://de.wikipedia.org', 'A') is None


@pytest.mark.parametrize(
    ('link', 'good'),
    [
        ('https://en.wikipedia.org/wiki/Special:PermanentLink/1#a', True),
        ('https://en.wikipedia.org/w/index.php?oldid=1&x=%C3%A9', True),
        ('https://en.wikipedia.org/a b', False),
        ('https://en.wikipedia.org/]x', False),
        ('https://en.wikipedia.org/{{x', False),
        ("https://en.wikipedia.org/''x", False),
        ('https://en.wikipedia.org/__NOTOC__', False),
        ('https://en.wikipedia.org/~~~', False),
        ('javascript:alert(1)', False),
    ],
)
def test_address(link: str, good: bool) -> None:
    """It should take addresses of wikis, and nothing that could act within a page."""
    assert (address(link) == link) is good
