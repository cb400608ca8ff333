"""Tally the requests of a live wiki, without an edit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from globalban_bot.gather.live import LiveSource, live_dialect
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.tasks.status import read_page
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.page import reader_for


def tally_live(site: Any, as_of: datetime, *, limit: int | None = None) -> Iterator[Tally]:
    """Yield the tallies of a wiki's requests.

    :param site: the wiki, an ``APISite``
    :param as_of: the moment of the run (aware, UTC)
    :param limit: most requests to read; None for all
    """
    profile = load_profile('meta')
    reader = reader_for(profile, live_dialect(site, wikimedia_dialect()))
    pages = LiveSource(site, profile).pages()
    yield from (read_page(page, reader, as_of) for page in islice(pages, limit))
