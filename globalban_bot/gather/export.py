"""Read a MediaWiki XML export.

The format is that of ``Special:Export`` and of the dumps (mediawiki.org,
``Help:Export#Export_format``). The file is streamed page by page; document type declarations,
and with them entity expansion, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from globalban_bot.errors import UserError
from globalban_bot.gather.finding import judge_candidate
from globalban_bot.gather.moves import tells_of_move
from globalban_bot.model.candidate import Candidate
from globalban_bot.model.revision import Page, Revision
from globalban_bot.profiles.loader import Profile

_CATEGORY = re.compile(r'\[\[\s*category\s*:\s*([^|\[\]\n]+?)\s*(?:\||\]\])', re.IGNORECASE)

#: What to do about a file that cannot be read.
_AGAIN = 'export the page again with Special:Export'


def is_export(start: str) -> bool:
    """Tell whether a text begins as an XML export does, or as something that claims to be XML."""
    rest = start.removeprefix('\ufeff').lstrip()
    while rest.startswith(('<?', '<!--')):
        _, found, rest = rest.partition('?>' if rest.startswith('<?') else '-->')
        if not found:
            return False
        rest = rest.lstrip()
    return re.match(r'<(?:mediawiki|!DOCTYPE)\b', rest) is not None


def read_pages(stream: IO[bytes], name: str) -> Iterator[Page]:
    """Yield the pages of an export, each with its revisions, oldest first.

    :param stream: the file, opened in binary mode
    :param name: its name, for error messages
    :raises UserError: it is no export, or not well formed
    """
    try:
        depth: list[Any] = []
        for event, element in iterparse(stream, events=('start', 'end'), forbid_dtd=True):
            if event == 'start':
                depth.append(element)
                if len(depth) == 1 and _tag(element) != 'mediawiki':
                    raise UserError(f'{name}: not a MediaWiki export: it starts with <{_tag(element)}>')
                continue
            depth.pop()
            if _tag(element) == 'page':
                if len(depth) != 1:
                    raise UserError(f'{name}: a page stands in <{_tag(depth[-1])}>; {_AGAIN}')
                yield _page(element, name)
                depth[0].remove(element)
    except (ParseError, LookupError) as error:
        raise UserError(f'{name}: the XML is not well formed ({error}); {_AGAIN}') from error
    except DefusedXmlException as error:
        what = 'the XML declares a document type or entities, which is not safe to read'
        raise UserError(f'{name}: {what}; {_AGAIN}') from error


class ExportSource:
    """The requests of an XML export.

    :param path: the file
    :param profile: what makes a page a request
    """

    def __init__(self, path: Path, profile: Profile) -> None:
        self._path = path
        self._profile = profile
        self._requests: dict[str, Page] = {}

    def candidates(self) -> Iterator[Candidate]:
        """Yield the pages of the export, those that are no requests with the reason."""
        with self._path.open('rb') as stream:
            for page in read_pages(stream, self._path.name):
                candidate = judge_page(page, self._profile)
                if candidate.is_request:
                    self._requests[candidate.title] = page
                yield candidate

    def read(self, candidate: Candidate) -> Page:
        """Return a request that was found."""
        return self._requests[candidate.title]

    def pages(self) -> Iterator[Page]:
        """Yield the requests of the export."""
        return (self.read(candidate) for candidate in self.candidates() if candidate.is_request)


def judge_page(page: Page, profile: Profile) -> Candidate:
    """Tell whether a page of an export is a request, and if not, why."""
    categories = _CATEGORY.findall(page.live.text or '')
    return judge_candidate(
        profile,
        page.title,
        page.page_id,
        categories=categories,
        redirect=page.redirect is not None,
        revision=page.live.id,
    )


def _tag(element: Element) -> str:
    return element.tag.rpartition('}')[2]


def _child(element: Element, tag: str) -> Element | None:
    return next((child for child in element if _tag(child) == tag), None)


def _text(element: Element, tag: str) -> str:
    child = _child(element, tag)
    return (child.text or '') if child is not None else ''


def _page(element: Element, name: str) -> Page:
    title = _text(element, 'title')
    revisions = [
        _revision(child, f'{name}: page {title!r}') for child in element if _tag(child) == 'revision'
    ]
    identity = _text(element, 'id')
    if not title or not revisions:
        raise UserError(f'{name}: a page without a title or without revisions')
    if identity and not identity.isdecimal():
        raise UserError(f'{name}: page {title!r}: the page id {identity!r} is no number')
    redirect = _child(element, 'redirect')
    return Page(
        title,
        int(identity) if identity else None,
        tuple(sorted(revisions, key=lambda revision: (revision.time, revision.id))),
        redirect.get('title', '') if redirect is not None else None,
    )


def _revision(element: Element, where: str) -> Revision:
    identity, stamp = _text(element, 'id'), _text(element, 'timestamp')
    try:
        written = datetime.fromisoformat(stamp)
        if written.tzinfo is None:
            raise ValueError(stamp)
        time = written.astimezone(UTC)
        number = int(identity)
    except (ValueError, OverflowError) as error:
        raise UserError(
            f'{where}: a revision without a valid id or timestamp ({identity!r}, {stamp!r})'
        ) from error
    contributor = _child(element, 'contributor')
    text = _child(element, 'text')
    moved = tells_of_move(_text(element, 'comment'))
    return Revision(number, time, _user(contributor), _visible(text), tells_of_move=moved)


def _user(contributor: Element | None) -> str | None:
    if contributor is None or _is_deleted(contributor):
        return None
    return _text(contributor, 'username') or _text(contributor, 'ip') or None


def _visible(text: Element | None) -> str | None:
    return None if text is None or _is_deleted(text) else (text.text or '')


def _is_deleted(element: Element | None) -> bool:
    return element is None or 'deleted' in element.attrib
