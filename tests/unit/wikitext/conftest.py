"""What the tests of the reader share: the data of the package, and parts of a page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from globalban_bot.model.dialect import Dialect
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.lexicon import Lexicon, wikimedia_lexicon
from globalban_bot.wikitext.lines import lines_of
from globalban_bot.wikitext.page import Reader, reader_for
from globalban_bot.wikitext.sections import Section, sections_of
from globalban_bot.wikitext.surface import surface_of
from tests.unit.wikitext.makers import SectionsOf, Surfaces, When


@pytest.fixture(scope='session')
def dialect() -> Dialect:
    """Return what all Wikimedia wikis call things."""
    return wikimedia_dialect()


@pytest.fixture(scope='session')
def lexicon() -> Lexicon:
    """Return what words mean."""
    return wikimedia_lexicon()


@pytest.fixture(scope='session')
def reader() -> Reader:
    """Return the reader of Meta-Wiki."""
    return reader_for(load_profile('meta'))


@pytest.fixture(scope='session')
def surface(lexicon: Lexicon) -> Surfaces:
    """Return what makes the surface of a text."""
    return lambda source: surface_of(source, lexicon)


@pytest.fixture(scope='session')
def sections(lexicon: Lexicon) -> SectionsOf:
    """Return what divides a text into sections."""

    def divide(source: str) -> list[Section]:
        text = surface_of(source, lexicon).text
        return sections_of(text, [*lines_of(text, source)], lexicon)

    return divide


@pytest.fixture(scope='session')
def when() -> When:
    """Return what makes a UTC time of ``2027-05-01 12:00``."""
    return lambda written: datetime.fromisoformat(written).replace(tzinfo=UTC)
