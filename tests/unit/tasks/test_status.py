"""Bringing board and boxes up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest

from globalban_bot.act.folder import FolderWriter
from globalban_bot.errors import UserError
from globalban_bot.gather.export import ExportSource
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.candidate import Candidate
from globalban_bot.model.owned import OwnedPage
from globalban_bot.model.revision import Page, Revision
from globalban_bot.profiles.loader import load_profile
from globalban_bot.sample import TODAY
from globalban_bot.sample import export as sample
from globalban_bot.tasks.status import StatusReport, read_page, update_status
from globalban_bot.wikitext.page import reader_for
from tests.unit.gather.made import export, page, revision

META = load_profile('meta')
NOW = datetime(2027, 6, 1, tzinfo=UTC)
RFC = 'Requests for comment'


class Kept:
    """A writer that keeps the pages."""

    def __init__(self) -> None:
        self.pages: list[OwnedPage] = []

    def put(self, page: OwnedPage) -> None:
        self.pages.append(page)


def run(folder: Path, *pages: str, now: datetime = NOW) -> tuple[StatusReport, list[OwnedPage]]:
    path = folder / 'file.xml'
    path.write_bytes(export(*pages))
    writer = Kept()
    return update_status(ExportSource(path, META), writer, META, Messages(), now), writer.pages


def test_pages(tmp_path: Path) -> None:
    """It should write the board, then a box for each request, named by page id, in the board's order."""
    report, written = run(
        tmp_path,
        page(f'{RFC}/Global ban for Old', revision(time='2026-05-01T12:00:00Z'), number=1),
        page(f'{RFC}/Global ban for Old/de', number=3),
        page(f'{RFC}/Global ban for New', number=2),
    )
    boxes = [META.box_page.format(page_id=number) for number in (2, 1)]
    assert [one.title for one in written] == [META.board_page, *boxes]
    assert tuple(written) == report.pages
    assert [one.request.page_id for one in report.tallies] == [2, 1]
    assert [one.excluded for one in report.candidates] == [None, 'a translation', None]
    assert report.failed == ()


def test_no_requests(tmp_path: Path) -> None:
    """It should write an empty board where there is no request."""
    report, written = run(tmp_path)
    assert [one.title for one in written] == [META.board_page]
    assert report.tallies == ()


def test_same_input_same_output(tmp_path: Path) -> None:
    """It should write the same pages when it runs again."""
    pages = [page(f'{RFC}/Global ban for {name}', number=n) for n, name in enumerate('AB', 1)]
    assert run(tmp_path, *pages) == run(tmp_path, *pages)


def test_titles_name_no_subject(tmp_path: Path) -> None:
    """It should name no accused account in the title of a page of its own."""
    _, written = run(tmp_path, page(f'{RFC}/Global ban for Vulpecula'))
    assert not any('Vulpecula' in one.title for one in written)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


#: Revisions of a head, and when the request was closed.
CLOSINGS: dict[str, tuple[list[tuple[str, str]], str | None]] = {
    'never': ([('2027-05-01', '')], None),
    'for good': ([('2027-05-01', ''), ('2027-05-08', 'closed')], '2027-05-08'),
    'a moment ago': ([('2027-05-01', ''), ('2027-05-31T12:00:00', 'closed')], None),
    'and opened again': ([('2027-05-01', ''), ('2027-05-08', 'closed'), ('2027-05-09', '')], None),
    'twice': (
        [('2027-05-01', ''), ('2027-05-08', 'closed'), ('2027-05-09', ''), ('2027-05-10', 'invalid')],
        '2027-05-10',
    ),
}


@pytest.mark.parametrize(('heads', 'closed'), CLOSINGS.values(), ids=CLOSINGS)
def test_times_from_the_history(heads: list[tuple[str, str]], closed: str | None) -> None:
    """It should take the times of opening and closing from the history."""
    revisions = tuple(
        Revision(n, day(time), 'Ada', f'{{{{rfc subpage|status={word}}}}}')
        for n, (time, word) in enumerate(heads)
    )
    found = read_page(Page(f'{RFC}/Global ban for Bel', 7, revisions), reader_for(META), NOW).request
    assert found.opened == revisions[0].time
    assert found.closed == (None if closed is None else day(closed))
    assert found.revision == len(heads) - 1


def test_hidden_text() -> None:
    """It should read a page whose live text is hidden as one without votes."""
    hidden = Page(f'{RFC}/Global ban for Bel', 7, (Revision(1, NOW, None, None),))
    assert read_page(hidden, reader_for(META), NOW).proposals[0].votes == ()


class Broken(Page):
    """A page that cannot be read."""

    @property
    def live(self) -> Revision:
        raise UserError('broken')


class Mixed:
    """A source with a page that cannot be read between two that can."""

    failed: ClassVar[list[str]] = []

    def pages(self) -> Iterator[Page]:
        for number, kind in enumerate((Page, Broken, Page), 1):
            yield kind(f'{RFC}/Global ban for {number}', number, (Revision(1, NOW, 'Ada', ''),))

    def candidates(self) -> Iterator[Candidate]:
        return iter(())


def test_one_bad_page_does_not_stop_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    """It should go on after a page that cannot be read, and report it, by its page id in the log."""
    writer = Kept()
    with caplog.at_level(logging.WARNING):
        report = update_status(Mixed(), writer, META, Messages(), NOW)
    assert [one.request.page_id for one in report.tallies] == [1, 3]
    assert report.failed == ('page 2: broken',)
    assert len(writer.pages) == 3
    assert 'page 2: broken' in caplog.text
    assert 'Global ban for 2' not in caplog.text


def test_sample(tmp_path: Path) -> None:
    """It should write the sample's board and boxes into a folder."""
    path = tmp_path / 'meta.xml'
    path.write_bytes(sample().read_bytes())
    folder = tmp_path / 'out'
    profile = replace(META)
    report = update_status(ExportSource(path, profile), FolderWriter(folder), profile, Messages(), TODAY)
    assert len([*folder.iterdir()]) == len(report.tallies) + 1
    assert report.failed == ()
