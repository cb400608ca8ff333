"""Signatures that are not the author's."""

from __future__ import annotations

import pytest

from globalban_bot.wikitext.asides import Asides


def is_aside(text: str) -> bool:
    """Tell whether the word SIG of a text is an aside."""
    start = text.index('SIG')
    return Asides(text).holds(start, start + 3)


@pytest.mark.parametrize(
    'text',
    [
        '(a SIG)',
        '[a SIG]',
        '"a SIG"',
        '“a SIG”',
        '„a SIG“',
        '((a) b SIG)',
        "(a SIG''.'')",
        '<small>a SIG</small>',
        '<small class="a">a SIG.</small>',
        'struck by SIG',
        'by user: SIG',
        f'({"a" * 5_000} SIG)',
    ],
)
def test_aside(text: str) -> None:
    """It should know small print, brackets, quotes, and what somebody is said to have done."""
    assert is_aside(text)
    assert is_aside(f'"(<small>b\n{text}')


@pytest.mark.parametrize(
    'text',
    [
        'SIG',
        'a SIG)',
        '(a) SIG)',
        '"a" SIG"',
        'a” SIG”',
        '(a\nSIG)',
        '"\nSIG"',
        '<small>\nSIG</small>',
        '<small>a</small> SIG</small>',
        '<small>a SIG b</small>',
        'nearby SIG',
        'by\nSIG',
        'SIG (by a)',
    ],
)
def test_no_aside(text: str) -> None:
    """It should look at the line of the signature alone, and at what is still open there."""
    assert not is_aside(text)
