"""The state of a request, from the history of its page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.revision import Revision
from globalban_bot.model.state import STANDING, RequestState
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.page import Reader, reader_for
from globalban_bot.wikitext.state import state_of_history

CASES = yaml.safe_load((Path(__file__).parents[2] / 'cases' / 'states.yaml').read_text('utf-8'))
KEYS = {'name', 'heads', 'at', 'phase', 'word', 'since', 'counts-from', 'closed', 'was-closed'}
START = datetime(2027, 5, 1, 10, tzinfo=UTC)
READER = reader_for(load_profile('meta'))
WORDS = st.sampled_from(['', 'open', 'invalid', 'closed', 'withdrawn', 'finito', '-', 'tag', 'redirect'])


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def text_of(head: str) -> str | None:
    """Return a page with a head, as the cases write it."""
    special = {
        'hidden': None,
        '-': '',
        'redirect': '#REDIRECT [[A]]',
        'tag': '{{Delete}}\n{{rfc subpage|status=}}\nPlease.',
    }
    return special.get(head, f'{{{{rfc subpage|status={head}}}}}\nPlease.')


def state(reader: Reader, heads: dict[float, str], at: float) -> RequestState:
    revisions = [
        Revision(number, after(hour), 'Ada', text_of(head))
        for number, (hour, head) in enumerate(heads.items(), 1)
    ]
    return state_of_history(revisions, reader, after(at))


@pytest.mark.parametrize('case', CASES, ids=lambda case: case['name'])
def test_state(reader: Reader, case: dict[str, Any]) -> None:
    """It should tell where the request stands, since when, and what was before."""
    assert case.keys() <= KEYS
    found = state(reader, case['heads'], case['at'])

    def hour(time: datetime | None) -> float | None:
        return None if time is None else (time - START) / timedelta(hours=1)

    assert found.phase.value == case['phase']
    assert found.word == case.get('word', '')
    assert hour(found.since) == case.get('since')
    assert hour(found.counts_from) == case.get('counts-from')
    assert hour(found.closed) == case.get('closed')
    assert [[hour(one.start), hour(one.end)] for one in found.was_closed] == case.get('was-closed', [])
    numbers = {hour: number for number, hour in enumerate(case['heads'], 1)}
    assert found.revision == numbers.get(case.get('since'))


HISTORIES = st.dictionaries(st.integers(1, 300), WORDS, max_size=6)


@given(before=HISTORIES, vandal=WORDS, minutes=st.integers(1, 24 * 60 - 2), later=st.integers(0, 200))
def test_what_is_reverted_costs_nothing(
    before: dict[int, str], vandal: str, minutes: int, later: int
) -> None:
    """It should tell the same whether or not a head was vandalised and reverted within a day."""
    heads: dict[float, str] = {0: '', **dict(sorted(before.items()))}
    last = max(heads)
    at = last + 30
    reverted = {**heads, at: vandal, at + minutes / 60: heads[last]}
    look = at + 24 + later
    assert state(READER, reverted, look) == state(READER, heads, look)


@given(heads=HISTORIES, at=st.integers(0, 400))
def test_a_closing_is_never_shown_as_open(heads: dict[int, str], at: int) -> None:
    """It should call a request open only if its newest head says so, and closed only after a day."""
    known: dict[float, str] = {0: ''}
    known |= {hour: head for hour, head in sorted(heads.items()) if hour <= at}
    found = state(READER, known, at)
    assert found.is_open is (known[max(known)] in {'', 'open'})
    if found.closed is not None:
        assert after(at) - found.closed >= STANDING
    assert (found.counts_from is None) or found.counts_from > after(at)


def test_no_revision(reader: Reader) -> None:
    """It should tell nothing of a page without revisions."""
    assert state_of_history([], reader, after(1)) == RequestState()
