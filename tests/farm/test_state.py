"""A request that is closed, withdrawn or blanked, on a real wiki: seen as such by the next run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from globalban_bot.profiles.loader import load_profile
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, page_id, pages

META = load_profile('meta')
TITLE = 'Requests for comment/Global ban for Orvandelle'
SIGNED = '[[User:Merrowby|Merrowby]] ([[User talk:Merrowby|talk]]) 10:00, 3 May 2025 (UTC)'


@pytest.fixture
def farm(running_farm: Farm) -> Iterator[Farm]:
    running_farm.reset('metawiki')
    edit(running_farm, META.stop_page, 'run')
    yield running_farm


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bot_folder(tmp_path / 'bot')


def put(farm: Farm, word: str) -> None:
    edit(
        farm,
        TITLE,
        f'{{{{rfc subpage|status={word}}}}}\nPlease. {SIGNED}\n== Support ==\n# {{{{s}}}} {SIGNED}',
    )


def run(farm: Farm, folder: Path, minutes: int) -> Outcome:
    """Run the status job so many minutes from now."""
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    return run_child(farm, folder, '-m', 'tests.farm.status_at', at.isoformat(timespec='seconds'), '-always')


def english(text: str) -> str:
    """Return the part of a page that a reader of English sees: the last one."""
    return text.rpartition('lang="en"')[2]


def shown(farm: Farm) -> tuple[str, str]:
    """Return the box and the list, in English."""
    found = pages(farm)
    return english(found[META.box_title(page_id(farm, TITLE))].text), english(found[META.board_page].text)


def test_closed_as_invalid_at_minute_one(farm: Farm, folder: Path) -> None:
    """It should show a request that was closed as invalid as such a few minutes later, in box and list."""
    put(farm, '')
    first = run(farm, folder, 1)
    assert first.code == 0, first.errors
    box, board = shown(farm)
    assert "''State:'' open; opened" in box
    assert '\n| open\n' in board.replace('{{!}}', '|')
    put(farm, 'invalid')
    second = run(farm, folder, 6)
    assert second.code == 0, second.errors
    box, board = shown(farm)
    assert 'the head says “<bdi>invalid</bdi>” since' in box
    assert 'diff]]); counted as closed from' in box
    assert "''Time:''" not in box
    assert 'closing stated (' in board
    assert '\n| open\n' not in board.replace('{{!}}', '|')
    put(farm, '')
    assert run(farm, folder, 11).code == 0
    box, board = shown(farm)
    assert "''State:'' open; opened" in box
    assert '\n| open\n' in board.replace('{{!}}', '|')


def test_operator_is_told(farm: Farm, folder: Path) -> None:
    """It should tell the operator of a word that it does not know, and of a page that is blanked."""
    put(farm, 'sonuçsuz')
    unknown = run(farm, folder, 1)
    assert unknown.code == 3
    number = page_id(farm, TITLE)
    line = f'page {number}: its status word is not known'
    assert line in unknown.errors
    assert line in pages(farm)[META.log_page].text
    assert '“<bdi>sonuçsuz</bdi>”' in shown(farm)[0]
    edit(farm, TITLE, '')
    blanked = run(farm, folder, 6)
    assert blanked.code == 3
    box, board = shown(farm)
    assert 'the page has no text' in box
    assert 'Signed positions' not in box
    assert 'the page has no text' in board
