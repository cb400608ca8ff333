"""What an earlier run has read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.errors import UserError
from globalban_bot.gather import cache
from globalban_bot.gather.cache import Cache, code_digest
from globalban_bot.model.state import Phase
from globalban_bot.model.summary import RequestSummary

NOW = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
PLAIN = RequestSummary(7, 70, NOW, Phase.OPEN, None, None, 'open', NOW, 22, 1, '3f1c9a0b52d7e864')
TIMES = st.none() | st.datetimes(timezones=st.just(UTC))
NUMBERS = st.integers(0, 10**9)
SUMMARIES = st.builds(
    RequestSummary,
    page_id=NUMBERS,
    revision=NUMBERS,
    opened=TIMES,
    phase=st.sampled_from(Phase),
    since=TIMES,
    closed=TIMES,
    urgent=st.sampled_from(['open', 'closed-0a1b2c']),
    until=TIMES,
    positions=st.none() | NUMBERS,
    looks=NUMBERS,
    facts=st.text('0123456789abcdef', min_size=16, max_size=16),
    partly=st.booleans(),
)


@given(summary=SUMMARIES)
def test_round_trip(summary: RequestSummary, tmp_path_factory: pytest.TempPathFactory) -> None:
    """It should give back what was put in, also to another run."""
    folder = tmp_path_factory.mktemp('cache')
    Cache(folder).put(summary)
    assert Cache(folder).get(summary.page_id) == summary


def test_newest(tmp_path: Path) -> None:
    """It should keep the newest of a request, each request for itself."""
    found = Cache(tmp_path)
    for number, revision in ((7, 70), (8, 80), (7, 71)):
        found.put(replace(PLAIN, page_id=number, revision=revision))
    assert [(one.page_id, one.revision) for n in (7, 8) if (one := found.get(n))] == [(7, 71), (8, 80)]


def test_nowhere() -> None:
    """It should keep nothing where there is no folder."""
    found = Cache(None)
    found.put(PLAIN)
    found.forget(7)
    assert found.get(7) is None


def test_no_folder_yet(tmp_path: Path) -> None:
    """It should know nothing before the first run, and make the folder when there is something to keep."""
    folder = tmp_path / 'a' / 'b'
    assert Cache(folder).get(7) is None
    assert not folder.exists()
    Cache(folder).put(PLAIN)
    assert Cache(folder).get(7) == PLAIN


def change(**values: Any) -> Callable[[str], str]:
    return lambda text: json.dumps({**json.loads(text), **values})


def without(name: str) -> Callable[[str], str]:
    return lambda text: json.dumps({key: value for key, value in json.loads(text).items() if key != name})


#: What may have become of a file.
FAULTS: dict[str, Callable[[str], str]] = {
    'emptied': lambda text: '',
    'cut off': lambda text: text[:-5],
    'no JSON': lambda text: 'page 7',
    'a list': lambda text: f'[{text}]',
    'a number': lambda text: '7',
    'nothing': lambda text: 'null',
    'lists within lists': lambda text: '[' * 100_000,
    'a number of 5,000 digits': lambda text: text.replace('22', '2' * 5000),
    'of another code': change(code='0123456789abcdef'),
    'of no code': without('code'),
    'a value more': change(more=1),
    'a value less': without('looks'),
    'a time less': without('until'),
    'no time': change(opened='yesterday'),
    'a number for a time': change(closed=5),
    'no phase': change(phase='ajar'),
}


@pytest.mark.parametrize('fault', FAULTS.values(), ids=FAULTS)
def test_unreadable(fault: Callable[[str], str], tmp_path: Path) -> None:
    """It should take a file that is not its own, or not whole, for none, and replace it."""
    found = Cache(tmp_path)
    found.put(PLAIN)
    path = tmp_path / '7.json'
    path.write_text(fault(path.read_text('utf-8')), 'utf-8')
    assert found.get(7) is None
    found.put(PLAIN)
    assert found.get(7) == PLAIN


def test_not_a_text(tmp_path: Path) -> None:
    """It should take bytes that are no text, and a folder in place of the file, for none."""
    (tmp_path / '7.json').write_bytes(b'\xff\xfe\x00')
    (tmp_path / '8.json').mkdir()
    assert Cache(tmp_path).get(7) is None
    assert Cache(tmp_path).get(8) is None


def test_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should forget all that another version of the code has read."""
    Cache(tmp_path).put(PLAIN)
    monkeypatch.setattr(cache, 'code_digest', lambda: 'of the next version')
    assert Cache(tmp_path).get(7) is None


def test_code_digest() -> None:
    """It should be the same each time, and cover the rules as well as the words."""
    assert code_digest() == code_digest.__wrapped__()
    names = [name for name, _ in cache._contents(files('globalban_bot'), '')]
    assert {'wikitext/votes.py', 'profiles/meta.yaml', 'i18n/en.json', 'decide/tally.py'} <= set(names)
    assert not [name for name in names if name.startswith('sample/') or '__pycache__' in name]


@given(summary=SUMMARIES)
def test_names_nobody(summary: RequestSummary, tmp_path_factory: pytest.TempPathFactory) -> None:
    """It should hold keys, digests, times, numbers, a flag and words of the bot's own, no letter more."""
    folder = tmp_path_factory.mktemp('cache')
    Cache(folder).put(summary)
    (path,) = folder.iterdir()
    kept = json.loads(path.read_text('utf-8'))
    assert set(kept) == {
        *('page_id', 'revision', 'opened', 'closed', 'until', 'positions', 'looks', 'facts', 'partly'),
        *('phase', 'since', 'urgent', 'code'),
    }
    plain = re.compile(r'null|true|false|\d+|"[0-9a-f]{16}"|"[\dT:.+-]+"')
    assert kept.pop('phase') in {phase.value for phase in Phase}
    assert re.fullmatch('[a-z]+(-[0-9a-f]{6})?', kept.pop('urgent'))
    assert all(plain.fullmatch(json.dumps(value)) for value in kept.values())
    assert path.name == f'{summary.page_id}.json'


def test_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should leave nothing half written: the new file takes the place of the old one in one step."""
    found = Cache(tmp_path)
    found.put(PLAIN)
    assert [path.name for path in tmp_path.iterdir()] == ['7.json']

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, 'replace', crash)
    with pytest.raises(KeyboardInterrupt):
        found.put(replace(PLAIN, revision=99))
    assert Cache(tmp_path).get(7) == PLAIN


def test_forget(tmp_path: Path) -> None:
    """It should keep nothing of a request that is forgotten, and forget one that it does not know."""
    found = Cache(tmp_path)
    found.put(PLAIN)
    found.forget(7)
    found.forget(7)
    assert found.get(7) is None
    assert [*tmp_path.iterdir()] == []


def test_folder_cannot_be_written(tmp_path: Path) -> None:
    """It should say which file cannot be written, and what to do."""
    (tmp_path / 'file').write_text('')
    with pytest.raises(UserError, match=r'7\.json: cannot be written .*; name another folder for the cache'):
        Cache(tmp_path / 'file').put(PLAIN)
