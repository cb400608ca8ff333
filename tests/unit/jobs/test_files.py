"""Files that the operator names."""

from __future__ import annotations

from pathlib import Path

import pytest

from globalban_bot.errors import UserError
from globalban_bot.jobs.files import read_text, write_text

TEXT = 'Zephyra, ça, 猫\n'


def test_there_and_back(tmp_path: Path) -> None:
    """It should read what it has written, and leave nothing else in the folder."""
    path = tmp_path / 'facts.json'
    write_text(path, 'old')
    write_text(path, TEXT)
    assert read_text(path) == TEXT
    assert [*tmp_path.iterdir()] == [path]
    assert path.read_bytes() == TEXT.encode()


def test_no_file(tmp_path: Path) -> None:
    """It should say which file cannot be read, and why."""
    with pytest.raises(UserError, match=r'gone\.json: cannot be read \(No such file'):
        read_text(tmp_path / 'gone.json')
    with pytest.raises(UserError, match='cannot be read'):
        read_text(tmp_path)


def test_no_text(tmp_path: Path) -> None:
    """It should say where a file is no text."""
    path = tmp_path / 'facts.json'
    path.write_bytes(b'abc\xff')
    with pytest.raises(UserError, match=r'is no text in UTF-8 \(byte 3\)'):
        read_text(path)


def test_no_folder(tmp_path: Path) -> None:
    """It should say which file cannot be written, and why."""
    with pytest.raises(UserError, match=r'facts\.json: cannot be written \(No such file'):
        write_text(tmp_path / 'no' / 'facts.json', TEXT)


def test_in_one_step(tmp_path: Path) -> None:
    """It should leave the old file where the new one cannot be written whole."""
    path = tmp_path / 'facts.json'
    write_text(path, 'old')
    (tmp_path / 'facts.json.new').mkdir()
    with pytest.raises(UserError, match='cannot be written'):
        write_text(path, TEXT)
    assert read_text(path) == 'old'


def test_nothing_is_left(tmp_path: Path) -> None:
    """It should leave no second file where it fails."""
    (tmp_path / 'taken').mkdir()
    with pytest.raises(UserError):
        write_text(tmp_path / 'taken', TEXT)
    assert [one.name for one in tmp_path.iterdir()] == ['taken']


@pytest.mark.parametrize('path', ['.', '/'])
def test_no_name(path: str) -> None:
    """It should refuse a path without a name as a mistake of the operator."""
    with pytest.raises(UserError):
        write_text(Path(path), TEXT)


def test_link_in_the_way(tmp_path: Path) -> None:
    """It should not write to where somebody has laid a link under the name of the temporary file."""
    other = tmp_path / 'other'
    other.write_text('mine', 'utf-8')
    (tmp_path / 'facts.json.new').symlink_to(other)
    write_text(tmp_path / 'facts.json', 'text')
    assert (other.read_text('utf-8'), (tmp_path / 'facts.json').read_text('utf-8')) == ('mine', 'text')
    assert not (tmp_path / 'facts.json').is_symlink()
