"""Find the requests, read them, tally them, and bring board and boxes up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from globalban_bot.act.writer import Writer
from globalban_bot.decide.tally import tally
from globalban_bot.errors import GlobalbanError
from globalban_bot.gather.source import Source
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.candidate import Candidate
from globalban_bot.model.owned import OwnedPage
from globalban_bot.model.revision import Page
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.board import in_order, render_board
from globalban_bot.render.box import render_box
from globalban_bot.wikitext.history import read_history, with_history
from globalban_bot.wikitext.page import Reader, reader_for

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StatusReport:
    """What a run found and made.

    :param candidates: pages that were looked at, those left out with the reason
    :param tallies: the requests, in the order of the board
    :param pages: the pages that the bot owns, board first
    :param failed: what could not be read, one message a request
    """

    candidates: tuple[Candidate, ...]
    tallies: tuple[Tally, ...]
    pages: tuple[OwnedPage, ...]
    failed: tuple[str, ...]


def update_status(
    source: Source, writer: Writer, profile: Profile, messages: Messages, as_of: datetime
) -> StatusReport:
    """Run the job once.

    :param as_of: the moment of the run (aware, UTC)
    """
    failed: list[str] = []
    tallies = in_order([*_tallies(source, reader_for(profile), as_of, failed)])
    pages = tuple(_owned(tallies, profile, messages, as_of))
    for page in pages:
        writer.put(page)
    return StatusReport(tuple(source.candidates()), tuple(tallies), pages, (*source.failed, *failed))


def read_page(page: Page, reader: Reader, as_of: datetime) -> Tally:
    """Read and tally a page with what its history tells."""
    live = page.live
    text = live.text or ''
    request = reader.read(text, title=page.title, page_id=page.page_id, revision=live.id)
    return tally(with_history(request, text, read_history(page, reader, as_of)))


def _tallies(source: Source, reader: Reader, as_of: datetime, failed: list[str]) -> Iterator[Tally]:
    """Tally the requests; one that cannot be read never stops the rest."""
    for page in source.pages():
        try:
            yield read_page(page, reader, as_of)
        except GlobalbanError as error:
            _log.warning('page %s: %s', page.page_id, error)
            failed.append(f'page {page.page_id}: {error}')


def _owned(
    tallies: list[Tally], profile: Profile, messages: Messages, as_of: datetime
) -> Iterator[OwnedPage]:
    yield OwnedPage(profile.board_page, render_board(tallies, messages, as_of))
    for found in tallies:
        title = profile.box_page.format(page_id=found.request.page_id)
        yield OwnedPage(title, render_box(found, profile, messages, as_of))
