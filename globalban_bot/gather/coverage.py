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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from globalban_bot.errors import WikiError
from globalban_bot.gather.titles import is_title, page_url, revision_url
from globalban_bot.model.notice import Audience, Coverage, NoticeState
from globalban_bot.model.target import Target, Unreachable
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask

_log = logging.getLogger(__name__)
#: Even without a page of its own such a wiki may have been told elsewhere.
_ASKABLE = {None, Unreachable.NO_PAGE, Unreachable.OTHER_MODEL}
#: Numbers of the project namespace and its talk, the same on every wiki.
_PROJECT = {4, 5}
#: Links by one request; an account without special rights may have so many.
_AT_ONCE = '500'
#: The tables of links are asked for so many prefixes; text is searched for all.
_MOST_PREFIXES = 2
_TEXT = {'prop': 'revisions', 'rvprop': 'ids|content', 'rvslots': 'main', 'redirects': '1'}
_DIFF = {'prop': 'revisions', 'rvprop': 'ids|user|timestamp|content', 'rvslots': 'main'}
#: Diffs of one wiki that are looked at, newest last.
_MOST_DIFFS = 10


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
    """Return whether a notice of a request is on a wiki."""
    if target.lack not in _ASKABLE or (target.page is None and audience is Audience.SUBJECT):
        return Coverage(target, audience, NoticeState.NOT_CHECKED)
    try:
        link = next(_Search(target, audience, links).links(wikis), None)
    except WikiError as error:
        _log.warning('%s: notices could not be looked for (%s)', target.wiki, error)
        return Coverage(target, audience, NoticeState.NOT_CHECKED)
    if link is None:
        return Coverage(target, audience, NoticeState.NONE_FOUND)
    return Coverage(target, audience, NoticeState.LINKED, link)


@dataclass(frozen=True)
class _Search:
    """Looks for links to a request."""

    target: Target
    audience: Audience
    request: LinksToRequest

    @property
    def here(self) -> bool:
        """Whether this is the wiki of the request."""
        return self.target.url == self.request.server

    def links(self, wikis: Queries) -> Iterator[str]:
        """Yield addresses of links to the request, asking as far as the caller takes it."""
        for question in self._questions():
            lists = question['list'].split('|')
            for number, part in enumerate(ask(wikis, self.target.url, *lists, **question)):
                if number == 0 and 'titles' in question:
                    # A page that is left out would be taken for one without a notice.
                    part.at('query', 'pages', 0)
                yield from self._in_text(part)
                yield from self._in_lists(part)

    def _questions(self) -> Iterator[dict[str, str]]:
        page = self.target.page
        more = {} if page is None else {**_TEXT, 'titles': page}
        addresses = dict(zip(self.request.titles, self.request.addresses(), strict=True))
        # The prefix that is used most, for all titles, comes before the others.
        for prefix in ('',) if self.here else self.request.prefixes[:_MOST_PREFIXES]:
            for title in self.request.titles:
                question = self._linked(prefix, title)
                if prefix in {'', self.request.prefixes[0]}:
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

    def _in_text(self, part: ApiAnswer) -> Iterator[str]:
        for revision in part.revisions():
            if self.request.linked_in(revision.content() or '', here=self.here):
                yield revision_url(self.target.url, revision.number('revid'))

    def _in_lists(self, part: ApiAnswer) -> Iterator[str]:
        pages = [*part.lines('query', 'iwbacklinks'), *part.lines('query', 'backlinks')]
        uses = part.lines('query', 'exturlusage')
        pages += [use for use in uses if self.request.is_address(use.text('url'))]
        end = part.ends('redirects').get(self.target.page or '')
        own = {title for title in (self.target.page, end) if title}
        titles = [page.text('title') for page in pages if self._counts(page, own)]
        # Its own page, then its subpages, then others.
        titles.sort(key=lambda title: (title not in own, not _is_below(title, own)))
        yield from (page_url(self.target.url, title) for title in titles)

    def _counts(self, page: ApiAnswer, own: set[str]) -> bool:
        title = page.text('title')
        if title in own or _is_below(title, own):
            return is_title(title)
        elsewhere = self.audience is Audience.COMMUNITY and not self.here and page.number('ns') in _PROJECT
        return elsewhere and is_title(title)


def _is_below(title: str, pages: set[str]) -> bool:
    return any(title.startswith(f'{page}/') for page in pages)


def with_named_diff(
    coverage: Coverage,
    revisions: Sequence[int],
    nominator: str,
    links: LinksToRequest,
    wikis: Queries,
    pending: Callable[[str], object | None],
) -> Coverage:
    """Return what is known of a notice, with what the diffs show that the request names.

    Two requests for a wiki of which the request names a diff. Only an edit of the nominator's counts, on a
    page of the project: others could keep a community from being told. So they could by a text that they
    planted there and that the edit expanded.

    :param revisions: the revisions of this wiki that the request names
    """
    url = coverage.target.url
    try:
        diffs = _diffs(wikis, url, revisions[-_MOST_DIFFS:])
        edits = {number: edit for number, edit in diffs.items() if edit.text_if_any('user') == nominator}
        before = _diffs(wikis, url, [edit.number('parentid') for edit in edits.values()])
        for number, edit in sorted(edits.items()):
            if _adds_link(edit, before, links, pending):
                link = f'{url}/wiki/Special:Diff/{number}'
                when = edit.time('timestamp')
                return replace(coverage, state=NoticeState.FOUND_BEFORE, link=link, when=when)
    except WikiError as error:
        _log.warning('%s: the diffs that the request names are not known (%s)', coverage.target.wiki, error)
    return coverage


def _adds_link(
    edit: ApiAnswer,
    before: Mapping[int, ApiAnswer],
    links: LinksToRequest,
    pending: Callable[[str], object | None],
) -> bool:
    """Tell whether an edit added a link to the request.

    A text that is hidden may have held the link already, by somebody else.
    """
    parent = edit.number('parentid')
    new = edit.content()
    old = before[parent].content() if parent in before else None
    if not parent:
        # The edit made the page.
        old = ''
    if new is None or old is None:
        return False
    return links.linked_in(new) and not (links.linked_in(old) or pending(old))


def _diffs(wikis: Queries, url: str, numbers: Sequence[int]) -> dict[int, ApiAnswer]:
    """Return revisions of pages of the project by their ids."""
    wanted = '|'.join(str(number) for number in sorted({*numbers}) if number)
    if not wanted:
        return {}
    return {
        revision.number('revid'): revision
        for part in ask(wikis, url, revids=wanted, **_DIFF)
        for page in part.lines('query', 'pages')
        if page.number('ns') in _PROJECT
        for revision in page.lines('revisions')
    }
