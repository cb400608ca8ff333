"""Read a MediaWiki XML export.

The format is that of ``Special:Export`` and of the dumps (mediawiki.org,
``Help:Export#Export_format``). The file is streamed page by page; document type declarations,
and with them entity expansion, are refused.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from globalban_bot.errors import UserError
from globalban_bot.gather.request_source import classify_page, titles_of_move
from globalban_bot.gather.saved import open_saved
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.revision import Page, Revision
from globalban_bot.profiles.loader import Profile
from globalban_bot.wiki.api_values import parse_timestamp

#: So many bytes a page fills with its history.
MOST_OF_A_PAGE = 256 * 2**20
_CATEGORY = re.compile(r'\[\[\s*+category\s*+:\s*+([^|\[\]\n]++)\s*+(?:\||\]\])', re.IGNORECASE)

#: The first version of the format in which a revision tells its parent.
_WITH_PARENTS = (0, 7)
_VERSION = re.compile(r'export-(\d{1,3})\.(\d{1,3})/?\}')
_log = logging.getLogger(__name__)

#: Digits of a page id.
_LONGEST_ID = 15
#: What to do about a file that cannot be read.
_AGAIN = 'export the page again with Special:Export'


def is_export(start: str) -> bool:
    """Tell whether a text begins as an XML export does, or as something that claims to be XML."""
    rest = start.removeprefix('\ufeff').lstrip()
    while rest.startswith(('<?', '<!--')):
        _, end, rest = rest.partition('?>' if rest.startswith('<?') else '-->')
        if not end:
            return False
        rest = rest.lstrip()
    return re.match(r'<(?:(?:\w{1,20}:)?mediawiki|!DOCTYPE)\b', rest) is not None


def read_pages(stream: IO[bytes], name: str) -> Iterator[Page | UserError]:
    """Yield the pages of an export, each with its revisions, oldest first.

    For a page that cannot be read, what is wrong with it is yielded; the others follow.

    :raises UserError: it is no export, not well formed, or a page is larger than can be held
    """
    try:
        yield from _pages(_Measured(stream, name), name)
    except (ParseError, LookupError) as error:
        raise UserError(f'{name}: the XML is not well formed ({error}); {_AGAIN}') from error
    except DefusedXmlException as error:
        what = 'the XML declares a document type or entities, which is not safe to read'
        raise UserError(f'{name}: {what}; {_AGAIN}') from error


def _pages(measured: _Measured, name: str) -> Iterator[Page | UserError]:
    number = 0
    depth: list[Element] = []
    for event, element in iterparse(measured, events=('start', 'end'), forbid_dtd=True):
        if event == 'start':
            depth.append(element)
            if len(depth) == 1 and _tag(element) != 'mediawiki':
                raise UserError(f'{name}: not a MediaWiki export: it starts with <{_tag(element)}>')
            continue
        depth.pop()
        if _tag(element) == 'page':
            if len(depth) != 1:
                raise UserError(f'{name}: a page stands in <{_tag(depth[-1])}>; {_AGAIN}')
            number += 1
            yield _page_or_error(element, f'{name}: page {number}', depth[0])
            depth[0].remove(element)
            measured.page_begins()


class _Measured:
    """Reads a stream, and ends where one page fills more than a bound."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self._taken = 0

    def page_begins(self) -> None:
        self._taken = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._taken += len(data)
        if self._taken > MOST_OF_A_PAGE:
            what = 'a page with its history is larger than can be read'
            raise UserError(f'{self._name}: {what}; export fewer revisions')
        return data


class ExportSource:
    """The requests of an XML export, which may be compressed.

    :param path: the file
    """

    def __init__(self, path: Path, profile: Profile) -> None:
        self._path = path
        self._profile = profile
        self._requests: dict[str, Page] = {}

    def candidates(self) -> Iterator[RequestRef]:
        """Yield the pages of the export, those that are no requests with the reason."""
        with open_saved(self._path) as stream:
            for page in read_pages(stream, self._path.name):
                if isinstance(page, UserError):
                    _log.warning('%s', page)
                    continue
                candidate = judge_page(page, self._profile)
                if candidate.is_request:
                    self._requests[candidate.title] = page
                yield candidate

    def read(self, candidate: RequestRef) -> Page:
        """Return a request that was found."""
        return self._requests[candidate.title]


def judge_page(page: Page, profile: Profile) -> RequestRef:
    """Tell whether a page of an export is a request, and if not, why."""
    categories = [name.rstrip() for name in _CATEGORY.findall(page.live.text or '')]
    return classify_page(
        profile,
        page.title,
        page.page_id,
        categories=categories,
        redirect=page.redirect is not None,
        revision=page.live.id,
    )


def _tag(element: Element) -> str:
    return element.tag.rpartition('}')[2]


def _tells_parents(root: Element) -> bool:
    """Tell whether revisions name their parents; without a version the file is taken for a new one."""
    version = _VERSION.search(root.tag)
    return version is None or (int(version[1]), int(version[2])) >= _WITH_PARENTS


def _page_or_error(element: Element, where: str, root: Element) -> Page | UserError:
    try:
        page = _page(element, where)
    except UserError as error:
        return error
    first, *rest = page.revisions
    return page if _tells_parents(root) else replace(page, revisions=(replace(first, is_first=False), *rest))


def _page(element: Element, where: str) -> Page:
    title = element.findtext('{*}title', '')
    where = f'{where}, {title!r}' if title else where
    revisions = [_revision(child, where) for child in element.iterfind('{*}revision')]
    identity = element.findtext('{*}id', '')
    if not title or not revisions:
        raise UserError(f'{where}: a page without a title or without revisions; {_AGAIN}')
    if identity and not (identity.isdecimal() and len(identity) <= _LONGEST_ID):
        raise UserError(f'{where}: the page id {identity!r} is no number; {_AGAIN}')
    redirect = element.find('{*}redirect')
    return Page(
        title,
        int(identity) if identity else None,
        tuple(sorted(revisions, key=lambda revision: (revision.time, revision.id))),
        redirect.get('title', '') if redirect is not None else None,
    )


def _revision(element: Element, where: str) -> Revision:
    identity, stamp = element.findtext('{*}id', ''), element.findtext('{*}timestamp', '')
    try:
        number, time = int(identity), parse_timestamp(stamp)
    except ValueError as error:
        raise UserError(
            f'{where}: a revision without a valid id or timestamp ({identity!r}, {stamp!r}); {_AGAIN}'
        ) from error
    comment = element.find('{*}comment')
    return Revision(
        number,
        time,
        _user(element.find('{*}contributor')),
        _visible(element.find('{*}text')),
        is_first=element.findtext('{*}parentid', '').strip() in {'', '0'},
        move=titles_of_move(element.findtext('{*}comment')),
        hides_summary=comment is not None and _is_deleted(comment),
    )


def _user(contributor: Element | None) -> str | None:
    if contributor is None or _is_deleted(contributor):
        return None
    return contributor.findtext('{*}username') or contributor.findtext('{*}ip') or None


def _visible(text: Element | None) -> str | None:
    """Return a text; None where it is hidden, or where the file tells only its length (a dump of stubs)."""
    if text is None or _is_deleted(text):
        return None
    is_stub = not text.text and (text.get('bytes', '0') != '0' or 'location' in text.attrib)
    return None if is_stub else (text.text or '')


def _is_deleted(element: Element) -> bool:
    return 'deleted' in element.attrib
