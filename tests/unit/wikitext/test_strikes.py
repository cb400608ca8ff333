"""What is struck out."""

from __future__ import annotations

import pytest

from globalban_bot.wikitext.strikes import struck_spans


@pytest.mark.parametrize(
    ('text', 'struck'),
    [
        ('a', []),
        ('<s>a</s>b', ['a']),
        ('<del>a</del> <strike>b</strike> <S class="x">c</S>', ['a', 'b', 'c']),
        ('<s>a\n# b</s> c', ['a\n# b']),
        ('<s>a\nb', ['a']),
        ('<s>a', ['a']),
        ('a</s>b', []),
        ('<s>a<s>b</s>c', ['a<s>b']),
        ('<s>a</del>b', ['a']),
        ('<s>a\n== H ==\nb</s>', ['a']),
        ('<small>a</small> <span>b</span> <strong>c</strong>', []),
        ('<s></s>', ['']),
    ],
)
def test_struck(text: str, struck: list[str]) -> None:
    """It should find what is struck, over items but not over headings."""
    assert [text[start:end] for start, end in struck_spans(text)] == struck


def test_merges() -> None:
    """It should merge its spans with those of templates, in order."""
    assert struck_spans('ab<s>cd</s>', [(0, 2), (6, 11), (1, 3)]) == ((0, 3), (5, 11))
