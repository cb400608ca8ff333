"""Tally saved pages: wikitext, or XML exports."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import IO

from globalban_bot.errors import GlobalbanError, UnreadError, UserError
from globalban_bot.gather.export import is_export, judge_page, read_pages
from globalban_bot.gather.saved import MOST_TEXT, read_text, unpacked
from globalban_bot.jobs.page_reading import InProcess, PageReading
from globalban_bot.jobs.page_worker import PageWorker
from globalban_bot.model.revision import Page
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import Profile, load_profile
from globalban_bot.wikitext.page import Reader, reader_for

_START = 4096
#: What people are told about a text in which nothing was found.
NO_VOTES = 'no votes found; is this a request page?'


def tally_file(
    stream: IO[bytes],
    name: str,
    profile: Profile,
    as_of: datetime,
    *,
    title: str = '',
    reading: PageReading | None = None,
) -> Iterator[Tally | GlobalbanError]:
    """Yield the tallies of a file, and what is wrong with those pages of an export that cannot be read.

    Of an export with one page that page is taken, whatever it is; of a larger one the requests.

    :param stream: wikitext in UTF-8, or an XML export; compressed or not
    :param name: name of the file, for messages
    :param title: title of the page, where the file does not tell
    :param reading: reads pages; by default in this process
    :raises UserError: a file that cannot be read
    """
    reading = reading or InProcess()
    reader = reader_for(profile)
    content = unpacked(stream, name)
    if is_export(content.peek(_START)[:_START].decode('utf-8', 'replace')):
        yield from (_told(found) for found in _of_export(content, name, profile, reader, as_of, reading))
        return
    text, warning = read_text(content.read(MOST_TEXT + 1), name)
    try:
        yield _told(reading.read_text(text, title, [warning] if warning is not None else [], reader))
    except UnreadError as error:
        yield UnreadError(name, error.reason)


def _told(outcome: Tally | GlobalbanError) -> Tally | GlobalbanError:
    """Add a warning where nothing was found that could be counted."""
    if isinstance(outcome, GlobalbanError) or any(one.votes or one.others for one in outcome.proposals):
        return outcome
    warnings = (*outcome.request.warnings, NO_VOTES)
    return replace(outcome, request=replace(outcome.request, warnings=warnings))


def _of_export(
    stream: IO[bytes], name: str, profile: Profile, reader: Reader, as_of: datetime, reading: PageReading
) -> Iterator[Tally | GlobalbanError]:
    pages = read_pages(stream, name)
    first, second = next(pages, None), next(pages, None)
    if first is not None and second is None:
        yield first if isinstance(first, UserError) else _of_page(first, name, reader, as_of, reading)
        return
    for page in chain((first, second), pages):
        if isinstance(page, UserError):
            yield page
        elif page is not None and judge_page(page, profile).is_request:
            yield _of_page(page, name, reader, as_of, reading)


def _of_page(
    page: Page, name: str, reader: Reader, as_of: datetime, reading: PageReading
) -> Tally | GlobalbanError:
    """Read a page; one whose text the file does not hold has no votes that could be counted."""
    if page.live.text is None:
        what = 'the file does not hold the text of its newest revision (stubs, or a hidden text)'
        return UserError(f'{name}: {page.title!r}: {what}; export the page with its text')
    try:
        return reading.read_page(page, reader, as_of)
    except UnreadError as error:
        return error


def tally_files(
    names: Sequence[str], as_of: datetime, *, title: str = ''
) -> tuple[list[Tally], list[GlobalbanError]]:
    """Tally files by name, ``-`` for standard input; a bad file or page never stops the rest.

    The pages are read in a worker process: a file can be as hostile as a wiki.

    :return: the tallies, and an error for each file that could not be read
    """
    profile = load_profile('meta')
    found: list[Tally] = []
    errors: list[GlobalbanError] = []
    with PageWorker() as worker:
        for name in names:
            before = len(found) + len(errors)
            try:
                for one in _of_file(name, profile, as_of, title, worker):
                    # What stands before a fault in a file is kept.
                    if isinstance(one, GlobalbanError):
                        errors.append(one)
                    else:
                        found.append(one)
                if len(found) + len(errors) == before:
                    raise UserError(
                        f'{name}: none of its pages is a request; export a page alone to tally it'
                    )
            except UserError as error:
                errors.append(error)
    return found, errors


def _of_file(
    name: str, profile: Profile, as_of: datetime, title: str, reading: PageReading
) -> Iterator[Tally | GlobalbanError]:
    if name == '-':
        yield from tally_file(sys.stdin.buffer, name, profile, as_of, title=title, reading=reading)
        return
    try:
        with Path(name).open('rb') as stream:
            yield from tally_file(stream, name, profile, as_of, title=title, reading=reading)
    except OSError as error:
        raise UserError(
            f'{name}: cannot be read ({error.strerror}); give the name of a file, or - for standard input'
        ) from error
