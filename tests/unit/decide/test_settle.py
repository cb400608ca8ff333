"""What became of a notice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.decide.settle import PATIENCE, settle
from globalban_bot.model.notice import Audience, Coverage, NoticeState
from globalban_bot.model.settling import Hurdle, HurdleLine, NoticeRevision, Send, WikiTraces
from globalban_bot.model.target import Target

BEGIN = datetime(2027, 5, 3, tzinfo=UTC)
HOST, PAGE = 'de.wikipedia.org', 'Wikipedia:Café'
NONE_FOUND = Coverage(
    Target('dewiki', f'https://{HOST}', 'de', PAGE), Audience.COMMUNITY, NoticeState.NONE_FOUND
)
ROWS = yaml.safe_load((Path(__file__).parents[2] / 'cases' / 'settling.yaml').read_text('utf-8'))


def at(hour: float) -> datetime:
    return BEGIN + timedelta(hours=hour)


def send(hour: float, subject: str | None = 'A', targets: frozenset[tuple[str, str]] | None = None) -> Send:
    return Send('User:Bot/Targets/en', 5, 'Ada', at(hour), subject, targets, by_bot=True)


def sends_of(row: dict[str, Any]) -> list[Send]:
    here, there = frozenset({(HOST, PAGE)}), frozenset({('fr.wikipedia.org', PAGE)})
    found = [send(hour, subject, here) for hour, subject in row.get('sends', [])]
    found += [send(hour, targets=there) for hour in row.get('others', [])]
    return found + [send(hour) for hour in row.get('unknown', [])]


def traces_of(row: dict[str, Any]) -> WikiTraces | None:
    if row.get('silent'):
        return None
    revisions = [NoticeRevision(7, at(hour), *rest) for hour, *rest in row.get('revisions', [])]
    lines = [HurdleLine(Hurdle(kind), at(hour), *rest) for hour, kind, *rest in row.get('lines', [])]
    return WikiTraces(tuple(revisions), tuple(lines))


@pytest.mark.parametrize(
    'row', [pytest.param(case, id=sentence) for one in ROWS for sentence, case in one.items()]
)
def test_settle(row: dict[str, Any]) -> None:
    """It should tell what each row says."""
    found = settle(NONE_FOUND, traces_of(row), sends_of(row), at(row['now']))
    assert found.state.value == row['told']
    assert (found.times, found.other_words) == (row.get('times', 0), row.get('other', False))
    assert (found.reason, found.is_final) == (row.get('reason', ''), row.get('final', True))


LINES = st.builds(
    HurdleLine,
    st.sampled_from(Hurdle),
    st.integers(0, 100).map(at),
    st.sampled_from(['A', 'B', None]),
    st.sampled_from(['', 'protectedpage']),
)
REVISIONS = st.builds(
    NoticeRevision, st.integers(1, 9), st.integers(0, 100).map(at), st.booleans(), st.booleans()
)
TRACES = st.none() | st.builds(
    WikiTraces, st.lists(REVISIONS, max_size=2).map(tuple), st.lists(LINES, max_size=3).map(tuple)
)
TARGETS = st.sampled_from([None, frozenset(), frozenset({(HOST, PAGE)})])
SENDS = st.lists(st.builds(send, st.integers(0, 100), st.sampled_from(['A', None]), TARGETS), max_size=3)


@given(TRACES, SENDS, st.integers(0, 200))
def test_laws(traces: WikiTraces | None, sends: list[Send], hour: int) -> None:
    """It should tell of a notice on a page only by a revision, and leave no wiki open that was sent to."""
    sends = sorted(sends, key=lambda one: one.at)
    found = settle(NONE_FOUND, traces, sends, at(hour))
    shown = traces is not None and bool(traces.revisions)
    assert found.state.is_seen is shown
    assert (found.link is not None) is shown
    reached = shown or any(one.reached(HOST) for one in sends)
    assert found.state.is_settled is reached
    if found.state is NoticeState.NO_TRACE:
        assert all(at(hour) - one.at >= PATIENCE for one in sends if one.reached(HOST))
