"""Figures for the operator alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.account import Bounds
from globalban_bot.model.background import Background, Voters
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.render.background import render_background
from tests.unit.made_accounts import NOW, day

FOUND = Background(
    day('2026-03-02'),
    (('enwiki', Bounds(12, 12)), ('dewiki', Bounds(500)), ('frwiki', Unknown(Gap.NO_ANSWER))),
    Voters(counted=20, unregistered=2, newer=3, fewer=4, unknown=5, least=50),
    NOW,
)


def test_whole() -> None:
    """It should give all figures, say for whom they are, and that no rule hangs on them."""
    assert render_background(FOUND, Messages()) == (
        'For the operator alone, as of 00:00, 1 June 2027 (UTC). Not to be posted: it says something about'
        ' people.\n'
        '\n'
        'Edits of the account since its first indefinite block that stands (2 March 2026), on each wiki:\n'
        '  enwiki: 12\n'
        '  dewiki: 500 or more\n'
        '  frwiki: not known (a wiki did not answer; it is asked again)\n'
        '\n'
        'Positions that count: 20, of them\n'
        '  2 by people without an account, or by nobody who can be named\n'
        '  3 by accounts registered after the request was opened\n'
        '  4 by accounts with fewer than 50 edits on all wikis\n'
        '  5 by accounts of which that is not known\n'
        '\n'
        'No rule on who may take part is known: these numbers change no count.\n'
    )


def test_no_block() -> None:
    """It should say that no block was found, and tell of no edits."""
    text = render_background(replace(FOUND, first_block=None, edits_after=()), Messages())
    assert 'No indefinite block of the whole wiki was found' in text
    assert 'since its first' not in text


@pytest.mark.parametrize(
    ('edits', 'said'),
    [(Bounds(0, 0), '0'), (Bounds(500, 500), '500'), (Bounds(3, 9), '3 or more'), (Bounds(7), '7 or more')],
)
def test_count(edits: Bounds, said: str) -> None:
    """It should give a number that is known as it is, and of others the least."""
    found = replace(FOUND, edits_after=(('enwiki', edits),))
    assert f'  enwiki: {said}\n' in render_background(found, Messages())


def test_block_that_is_not_known() -> None:
    """It should not say that there is no block where that could not be looked up."""
    found = replace(FOUND, first_block=Unknown(Gap.NOT_SHOWN), edits_after=())
    text = render_background(found, Messages())
    assert 'Not known whether the first account that the request names is indefinitely blocked (no' in text
    assert 'No indefinite block' not in text
