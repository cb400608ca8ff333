"""Pages as files in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from globalban_bot.act.folder import FolderWriter
from globalban_bot.model.owned import OwnedPage

#: Titles, and the files that they become.
NAMES = [
    ('Plain', 'Plain.wiki'),
    ('User:Bot/Requests', 'User_Bot_Requests.wiki'),
    ('A (2) - b.c', 'A (2) - b.c.wiki'),
    ('../../etc/passwd', '.._.._etc_passwd.wiki'),
    ('a\\b*?"<>|\n\x00c', 'a_b_c.wiki'),
    ('Überblick 日本語', 'Überblick 日本語.wiki'),
    ('..', '...wiki'),
    ('/root', '_root.wiki'),
]


@pytest.mark.parametrize(('title', 'name'), NAMES)
def test_file_names(tmp_path: Path, title: str, name: str) -> None:
    """It should write each page into the folder, and nowhere else."""
    FolderWriter(tmp_path / 'out').put(OwnedPage(title, 'text'))
    files = [path.relative_to(tmp_path) for path in tmp_path.rglob('*') if path.is_file()]
    assert files == [Path('out', name)]


def test_text(tmp_path: Path) -> None:
    """It should write the text as it is, in UTF-8, and replace what was there."""
    writer = FolderWriter(tmp_path)
    writer.put(OwnedPage('P', 'old and long'))
    writer.put(OwnedPage('P', 'ü\n日\n'))
    assert (tmp_path / 'P.wiki').read_bytes() == 'ü\n日\n'.encode()


def test_folder_is_made(tmp_path: Path) -> None:
    """It should make the folder, and take one that is there."""
    folder = tmp_path / 'a' / 'b'
    FolderWriter(folder)
    FolderWriter(folder)
    assert folder.is_dir()
