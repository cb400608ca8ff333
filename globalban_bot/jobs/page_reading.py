"""Read pages: from text and history to a tally. Pure; it runs in this process, or in a worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from globalban_bot.decide.tally import tally
from globalban_bot.errors import GlobalbanError, UnreadError
from globalban_bot.model.revision import Page
from globalban_bot.model.tally import Tally
from globalban_bot.wikitext.history import read_history, with_history, without_history
from globalban_bot.wikitext.page import Reader


def read_page(page: Page, reader: Reader, as_of: datetime) -> Tally:
    """Read and tally a page with what its history tells, where it is known.

    :param as_of: the moment of the run (aware, UTC)
    :raises UnreadError: the newest text is hidden, which is not the same as an empty page
    """
    live = page.live
    if live.text is None:
        raise UnreadError(name_of(page), 'its newest text is hidden')
    text = live.text
    request = reader.read(text, title=page.title, page_id=page.page_id, revision=live.id)
    if not page.has_history:
        return tally(without_history(request))
    return tally(with_history(request, text, read_history(page, reader, as_of)))


def read_text(text: str, title: str, warnings: Sequence[str], reader: Reader) -> Tally:
    """Read and tally a text without a history.

    :param warnings: what is already known to be wrong with it
    """
    request = without_history(reader.read(text, title=title))
    return tally(replace(request, warnings=(*request.warnings, *warnings)))


def name_of(page: Page) -> str:
    """Return what a page is called in messages; titles name people."""
    return 'a page without an id' if page.page_id is None else f'page {page.page_id}'


class PageReading(Protocol):
    """Reads pages; whatever goes wrong with one is the failure of that page alone."""

    def read_page(self, page: Page, reader: Reader, as_of: datetime) -> Tally:
        """Read and tally a page with what its history tells.

        :raises UnreadError: it could not be read; the error says why
        """

    def read_text(self, text: str, title: str, warnings: Sequence[str], reader: Reader) -> Tally:
        """Read and tally a text without a history.

        :raises UnreadError: it could not be read; the error says why
        """


class InProcess:
    """Reads pages in this process, without limits of time and memory."""

    def read_page(self, page: Page, reader: Reader, as_of: datetime) -> Tally:
        """Read and tally a page; see :class:`PageReading`."""
        try:
            return read_page(page, reader, as_of)
        except GlobalbanError:
            raise
        except Exception as error:
            raise UnreadError(name_of(page), type(error).__name__) from error

    def read_text(self, text: str, title: str, warnings: Sequence[str], reader: Reader) -> Tally:
        """Read and tally a text; see :class:`PageReading`."""
        try:
            return read_text(text, title, warnings, reader)
        except GlobalbanError:
            raise
        except Exception as error:
            raise UnreadError(title or 'the text', type(error).__name__) from error
