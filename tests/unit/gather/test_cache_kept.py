"""What is kept for some days of what a farm tells of itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.errors import UserError
from globalban_bot.gather.cache import code_digest, load_kept, store_kept

NOW = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
SOURCE = 'https://metawiki.example'
VALUE = {'enwiki': 'Wikipedia:Village pump', 'ß': [1, None]}
PLAIN: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers() | st.text(st.characters(codec='utf-8')),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec='utf-8')), inner),
    max_leaves=5,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a file in which something is kept."""
    path = tmp_path / 'a' / 'wikis.json'
    store_kept(path, SOURCE, NOW, VALUE)
    return path


@given(value=PLAIN)
def test_again(value: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """It should give again what was kept, whatever it was."""
    path = tmp_path_factory.getbasetemp() / 'again.json'
    store_kept(path, SOURCE, NOW, value)
    assert load_kept(path, SOURCE, NOW) == value


#: How long ago something was kept, and whether it can still be used.
AGES: list[tuple[timedelta, bool]] = [
    (timedelta(), True),
    (timedelta(days=9, hours=23), True),
    (timedelta(days=10), False),
    (timedelta(seconds=-1), False),
]


@pytest.mark.parametrize(('age', 'good'), AGES)
def test_age(path: Path, age: timedelta, good: bool) -> None:
    """It should take what is less than ten days old, and not from the future."""
    assert load_kept(path, SOURCE, NOW + age) == (VALUE if good else None)


def test_another_source(path: Path) -> None:
    """It should not take what was kept of another wiki."""
    assert load_kept(path, 'https://other.example', NOW) is None


#: Changes of a file, after which it is as good as none.
BROKEN: list[dict[str, Any]] = [
    {'code': '0' * 16},
    {'asked': 'yesterday'},
    {'asked': 1},
    {'asked': '2027-05-03T14:05:00'},
    {'source': None},
]


@pytest.mark.parametrize('change', BROKEN)
def test_changed(path: Path, change: dict[str, Any]) -> None:
    """It should not take what other code has kept, or what tells no moment with a time zone."""
    found = json.loads(path.read_text('utf-8'))
    assert found['code'] == code_digest()
    path.write_text(json.dumps({**found, **change}), 'utf-8')
    assert load_kept(path, SOURCE, NOW) is None


@pytest.mark.parametrize(
    'content', ['', '{', '[]', 'null', '7', '"x"', '{"asked": 1}', '[' * 100_000, '\xff']
)
def test_broken(path: Path, content: str) -> None:
    """It should take a file that is broken for none, and write a good one over it."""
    path.write_bytes(content.encode('latin-1'))
    assert load_kept(path, SOURCE, NOW) is None
    store_kept(path, SOURCE, NOW, VALUE)
    assert load_kept(path, SOURCE, NOW) == VALUE


def test_nothing_is_kept(tmp_path: Path) -> None:
    """It should keep nothing where no file is named, and find nothing in one that is not there."""
    store_kept(None, SOURCE, NOW, VALUE)
    assert load_kept(None, SOURCE, NOW) is None
    assert load_kept(tmp_path / 'wikis.json', SOURCE, NOW) is None
    assert [*tmp_path.iterdir()] == []


def test_in_one_step(path: Path) -> None:
    """It should leave the old file as it is until the new one is whole, and no other file behind."""
    store_kept(path, SOURCE, NOW, 'new')
    assert [one.name for one in path.parent.iterdir()] == ['wikis.json']
    path.with_name(f'{path.name}.new').mkdir()
    with pytest.raises(UserError, match='cannot be written'):
        store_kept(path, SOURCE, NOW, VALUE)
    assert load_kept(path, SOURCE, NOW) == 'new'


def test_folder_cannot_be_written(tmp_path: Path) -> None:
    """It should say which file cannot be written, and what to do."""
    (tmp_path / 'file').touch()
    with pytest.raises(UserError, match=r'wikis\.json: cannot be written .*; name another folder'):
        store_kept(tmp_path / 'file' / 'wikis.json', SOURCE, NOW, VALUE)
