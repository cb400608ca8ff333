"""Whether somebody was told of a request already.

A link to the request counts where it stands on the page where the notice would be given, or on a subpage of
it (archives are such), and for a community also on any page of the project's own namespace or its talk:
people post at an administrators' noticeboard, too. Other talk pages do not count, as the subject's own would
make a community told. On the wiki of the requests only the page itself and its subpages count: lists of
requests link to all of them there. Anybody can put a link anywhere: people decide whether it is a notice.

What is not found may be there nevertheless: own words, short links and links in other letters escape. So it
is "none found", never "not told".

Requests for each target: one where the first question finds a notice, and otherwise one for each title of the
request and each prefix of its wiki (so two, with one title); one for each title on the wiki of the requests.
To resolve the target took one before: 1 + 1 at least, and 1 + 2 for a wiki without a notice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from globalban_bot.errors import WikiError
from globalban_bot.gather.titles import is_title, page_url, revision_url
from globalban_bot.model.notice import Audience, Coverage, NoticeState
from globalban_bot.model.target import Target, Unreachable
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    OddValueError,
    mapping_at,
    mappings_at,
    number_at,
    optional_mappings,
    optional_text,
    text_at,
)
from globalban_bot.wiki.queries import Queries

_log = logging.getLogger(__name__)
#: Even without a page of its own such a wiki may have been told elsewhere.
_ASKABLE = {None, Unreachable.NO_PAGE, Unreachable.OTHER_MODEL}
#: Numbers of the project namespace and its talk, the same on every wiki.
_PROJECT = {4, 5}
#: Links by one request; an account without special rights may have so many.
_AT_ONCE = '500'
#: The tables of links are asked for so many prefixes; text is searched for all.
_MOST_PREFIXES = 2
_TEXT = {
    'prop': 'revisions',
    'rvprop': 'ids|content',
    'rvslots': 'main',
    'redirects': '1',
}


class LinksToRequest(Protocol):
    """Knows the links to a request (:class:`globalban_bot.wikitext.request_links.RequestLinks`)."""

    @property
    def titles(self) -> tuple[str, ...]:
        """Its titles."""

    @property
    def server(self) -> str:
        """Address of its wiki."""

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Interwiki prefixes of that wiki, the usual one first."""

    def addresses(self) -> tuple[str, ...]:
        """Return its addresses, as ``list=exturlusage`` takes them."""

    def linked_in(self, text: str, *, here: bool = False) -> bool:
        """Return whether readers of a text can follow a link to it."""

    def is_address(self, address: str) -> bool:
        """Return whether an address is its."""


def coverage_of(target: Target, audience: Audience, links: LinksToRequest, wikis: Queries) -> Coverage:
    """Return whether a notice of a request stands on a wiki.

    :param target: where it would stand
    :param audience: who is told
    :param links: knows the links to the request
    """
    if target.lack not in _ASKABLE or (target.page is None and audience is Audience.SUBJECT):
        return Coverage(target, audience, NoticeState.NOT_CHECKED)
    try:
        search = _Search(target, audience, links)
        link = next(search.found(wikis), None)
    except WikiError as error:
        _log.warning('%s: notices could not be looked for (%s)', target.wiki, error)
        return Coverage(target, audience, NoticeState.NOT_CHECKED)
    if link is None:
        return Coverage(target, audience, NoticeState.NONE_FOUND)
    return Coverage(target, audience, NoticeState.LINKED, link)


@dataclass(frozen=True)
class _Search:
    """Looks for a notice.

    :param target: where it would stand
    :param audience: who is told
    :param links_to: knows the links to the request
    """

    target: Target
    audience: Audience
    links_to: LinksToRequest

    @property
    def here(self) -> bool:
        """Whether this is the wiki of the request."""
        return self.target.url == self.links_to.server

    def found(self, wikis: Queries) -> Iterator[str]:
        """Yield addresses of links to the request, asking as far as the caller takes it.

        :raises WikiError: there is no answer, or an error
        """
        for question in self._questions():
            with understood(self.target.url):
                lists = question['list'].split('|')
                for number, part in enumerate(wikis.query(self.target.url, **question)):
                    query = mapping_at(part, 'query')
                    if number == 0:
                        # What is left out would be taken for "nothing found".
                        _check_told(query, [*lists, *(['pages'] if 'titles' in question else [])])
                    yield from self._in_text(query)
                    yield from self._in_lists(query)

    def _questions(self) -> Iterator[dict[str, str]]:
        page = self.target.page
        more = {} if page is None else {**_TEXT, 'titles': page}
        addresses = dict(zip(self.links_to.titles, self.links_to.addresses(), strict=True))
        # The prefix that is used most, for all titles, comes before the others.
        for prefix in ('',) if self.here else self.links_to.prefixes[:_MOST_PREFIXES]:
            for title in self.links_to.titles:
                question = self._linked(prefix, title)
                if prefix in {'', self.links_to.prefixes[0]}:
                    question['list'] += '|exturlusage'
                    question |= {'euquery': addresses[title], 'euprop': 'title|url', 'eulimit': _AT_ONCE}
                yield {**question, **more}
                more = {}

    def _linked(self, prefix: str, title: str) -> dict[str, str]:
        if self.here:
            return {'list': 'backlinks', 'bltitle': title, 'bllimit': _AT_ONCE}
        return {
            'list': 'iwbacklinks',
            'iwblprefix': prefix,
            'iwbltitle': title.replace(' ', '_'),
            'iwbllimit': _AT_ONCE,
        }

    def _in_text(self, query: Mapping[str, Any]) -> Iterator[str]:
        for page in optional_mappings(query, 'pages'):
            for revision in optional_mappings(page, 'revisions'):
                text = optional_text(mapping_at(revision, 'slots', 'main'), 'content') or ''
                if self.links_to.linked_in(text, here=self.here):
                    yield revision_url(self.target.url, number_at(revision, 'revid'))

    def _in_lists(self, query: Mapping[str, Any]) -> Iterator[str]:
        pages = [page for kind in ('iwbacklinks', 'backlinks') for page in optional_mappings(query, kind)]
        uses = optional_mappings(query, 'exturlusage')
        pages += [use for use in uses if self.links_to.is_address(text_at(use, 'url'))]
        ends = {text_at(line, 'from'): text_at(line, 'to') for line in optional_mappings(query, 'redirects')}
        own = {title for title in (self.target.page, ends.get(self.target.page or '')) if title}
        counted = [page for page in pages if is_title(text_at(page, 'title')) and self._counts(page, own)]
        # Its own page, then its subpages, then others.
        counted.sort(key=lambda page: (page['title'] not in own, not _is_below(page['title'], own)))
        yield from (page_url(self.target.url, page['title']) for page in counted)

    def _counts(self, page: Mapping[str, Any], own: set[str]) -> bool:
        if page['title'] in own or _is_below(page['title'], own):
            return True
        return self.audience is Audience.COMMUNITY and not self.here and number_at(page, 'ns') in _PROJECT


def _check_told(query: Mapping[str, Any], kinds: Iterable[str]) -> None:
    """Return if a query tells of all that was asked for, and of at least one page where it was for pages.

    :raises OddValueError: it does not
    """
    told = {kind: mappings_at(query, kind) for kind in kinds}
    if told.get('pages') == []:
        raise OddValueError(['pages'], 'is empty')


def _is_below(title: str, pages: set[str]) -> bool:
    return any(title.startswith(f'{page}/') for page in pages)
