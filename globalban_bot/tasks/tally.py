"""Tally saved pages: wikitext, or XML exports."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from globalban_bot.decide.tally import tally
from globalban_bot.errors import UserError
from globalban_bot.gather.export import is_export, judge_page, read_pages
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import Profile, load_profile
from globalban_bot.tasks.reading import read_page
from globalban_bot.wikitext.page import Reader, reader_for

_START = 4096


def tally_file(
    content: bytes, name: str, profile: Profile, as_of: datetime, *, title: str = ''
) -> Iterator[Tally]:
    """Yield the tallies of a file.

    Of an export with one page that page is taken, whatever it is; of a larger one the requests.

    :param content: wikitext in UTF-8, or an XML export
    :param name: name of the file, for messages
    :param title: title of the page, where the file does not tell
    :raises UserError: an export that cannot be read
    """
    reader = reader_for(profile)
    if is_export(content[:_START].decode('utf-8', 'replace')):
        yield from _of_export(content, name, profile, reader, as_of)
        return
    try:
        yield tally(reader.read(content.decode('utf-8-sig'), title=title))
    except UnicodeDecodeError as error:
        request = reader.read(content.decode('utf-8-sig', 'replace'), title=title)
        warning = f'{name}: not UTF-8 from byte {error.start} on; unreadable bytes were replaced'
        yield tally(replace(request, warnings=(*request.warnings, warning)))


def _of_export(
    content: bytes, name: str, profile: Profile, reader: Reader, as_of: datetime
) -> Iterator[Tally]:
    pages = read_pages(io.BytesIO(content), name)
    first, second = next(pages, None), next(pages, None)
    if first is not None and second is None:
        yield read_page(first, reader, as_of)
    else:
        requests = (p for p in chain((first, second), pages) if p and judge_page(p, profile).is_request)
        yield from (read_page(page, reader, as_of) for page in requests)


def tally_files(
    names: Sequence[str], as_of: datetime, *, title: str = ''
) -> tuple[list[Tally], list[UserError]]:
    """Tally files by name, ``-`` for standard input; a bad file never stops the rest.

    :return: the tallies, and an error for each file that could not be read
    """
    profile = load_profile('meta')
    found: list[Tally] = []
    errors: list[UserError] = []
    for name in names:
        try:
            before = len(found)
            # Extended one by one: what stands before a fault in a file is kept.
            found.extend(tally_file(_content(name), name, profile, as_of, title=title))
            if len(found) == before:
                raise UserError(f'{name}: none of its pages is a request; export a page alone to tally it')
        except UserError as error:
            errors.append(error)
    return found, errors


def _content(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == '-' else Path(name).read_bytes()
    except OSError as error:
        raise UserError(
            f'{name}: cannot be read ({error.strerror}); give the name of a file, or - for standard input'
        ) from error
