"""Pages as files in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from globalban_bot.act.folder_writer import FolderWriter
from globalban_bot.errors import UserError
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import EditReason, PageEdit

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


def edit(title: str, text: str) -> PageEdit:
    return PageEdit(CurrentPage(title), text, 'summary', EditReason.NEW)


@pytest.mark.parametrize(('title', 'name'), NAMES)
def test_file_names(tmp_path: Path, title: str, name: str) -> None:
    """It should write each page into the folder, and nowhere else."""
    FolderWriter(tmp_path / 'out').edit(edit(title, 'text'))
    files = [path.relative_to(tmp_path) for path in tmp_path.rglob('*') if path.is_file()]
    assert files == [Path('out', name)]


def test_text(tmp_path: Path) -> None:
    """It should write the text as it is, in UTF-8, and replace what was there."""
    writer = FolderWriter(tmp_path)
    writer.edit(edit('P', 'old and long'))
    writer.edit(edit('P', 'ü\n日\n'))
    assert (tmp_path / 'P.wiki').read_bytes() == 'ü\n日\n'.encode()


def test_folder_is_made(tmp_path: Path) -> None:
    """It should make the folder, and take one that is there."""
    folder = tmp_path / 'a' / 'b'
    FolderWriter(folder)
    FolderWriter(folder)
    assert folder.is_dir()


def test_states(tmp_path: Path) -> None:
    """It should give the pages that are there as the bot's own, and say which are not there."""
    writer = FolderWriter(tmp_path)
    writer.edit(edit('User:Bot/Requests', 'text'))
    assert writer.states(['User:Bot/Requests', 'User:Bot/Log']) == {
        'User:Bot/Requests': CurrentPage('User:Bot/Requests', 1, writer.bot, text='text'),
        'User:Bot/Log': CurrentPage('User:Bot/Log'),
    }


def test_states_of_a_strange_file(tmp_path: Path) -> None:
    """It should read a file that is no text as one that is not the bot's."""
    (tmp_path / 'P.wiki').write_bytes(b'\xff\x00')
    assert not FolderWriter(tmp_path).states(['P'])['P'].is_of(FolderWriter.bot)


def test_no_folder(tmp_path: Path) -> None:
    """It should say where no folder can be made, and what to do."""
    (tmp_path / 'file').write_text('')
    with pytest.raises(UserError, match=r'file: no folder can be made there .*; name another'):
        FolderWriter(tmp_path / 'file')
