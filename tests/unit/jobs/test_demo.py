"""The demonstration."""

from __future__ import annotations

from pathlib import Path

import pytest

from globalban_bot.jobs.demo import run_demo
from globalban_bot.sample import DISCUSSIONS


@pytest.fixture(scope='module')
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp('demo') / 'out'
    return folder, run_demo(folder)


def test_files(demo: tuple[Path, str]) -> None:
    """It should write a box for each request, the board, the log, and two pages to look at in a browser."""
    names = sorted(path.name for path in demo[0].iterdir())
    assert {'index.html', 'whatif.html'} <= {*names}
    assert 'User_Request facts bot_Requests.wiki' in names
    assert 'User_Request facts bot_Log.wiki' in names
    boxes = [name for name in names if name.startswith('User_Request facts bot_Request_')]
    assert len(boxes) == len(names) - 4


def test_shown(demo: tuple[Path, str]) -> None:
    """It should show the board, each box, what was left out and why, and where to look next."""
    folder, text = demo
    assert text.lstrip().startswith('Global ban requests')
    boxes = [path for path in folder.glob('*.wiki') if '_Request_' in path.name]
    assert all(path.read_text('utf-8').partition('\n')[2] in text for path in boxes)
    assert 'Requests for comment/Global bans: about the policy' in text
    assert text.endswith(f'Open in a browser: {folder / "index.html"}, {folder / "whatif.html"}')


def test_pages_are_linked(demo: tuple[Path, str]) -> None:
    """It should lead from the page of facts to the page of figures."""
    assert '<a href="whatif.html">' in (demo[0] / 'index.html').read_text('utf-8')


def test_discussions_are_tallied(demo: tuple[Path, str]) -> None:
    """It should tally the policy discussions of the sample, too."""
    for title in DISCUSSIONS:
        assert title.partition('/')[2] in (demo[0] / 'index.html').read_text('utf-8')


def test_same_every_time(demo: tuple[Path, str], tmp_path: Path) -> None:
    """It should give the same on any day: the sample has its own today."""
    folder, text = demo
    again = run_demo(tmp_path)
    assert again.replace(str(tmp_path), str(folder)) == text
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_folder_of_an_earlier_version(demo: tuple[Path, str], tmp_path: Path) -> None:
    """It should show the sample as it is now, whatever an earlier version left in the folder."""
    for path in demo[0].iterdir():
        text = path.read_text('utf-8')
        (tmp_path / path.name).write_text('old' if '_Request_' in path.name else text.replace('bot', 'old'))
    run_demo(tmp_path)
    for path in demo[0].iterdir():
        assert (tmp_path / path.name).read_text('utf-8') == path.read_text('utf-8')
