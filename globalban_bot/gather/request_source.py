"""Where requests come from, and what makes a page one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from typing import Protocol

from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.revision import Page
from globalban_bot.profiles.loader import Profile

#: Why a page is left out, beside the reasons of the profile.
REDIRECT = 'a redirect'
ANOTHER_TITLE = 'neither its title nor a category makes it a request'
#: MediaWiki, message ``1movedto2``: ``Ada moved page [[Old]] to [[New]]``, in the language of the wiki.
_TWO_LINKS = re.compile(r'\[\[([^\[\]]{1,255})\]\][^\[\]]{1,80}\[\[([^\[\]]{1,255})\]\]')


class Source(Protocol):
    """A wiki, live or saved."""

    def candidates(self) -> Iterator[RequestRef]:
        """Yield the pages that may be requests, those left out with the reason."""

    def read(self, candidate: RequestRef) -> Page:
        """Return a request with its history, oldest revision first.

        :raises WikiError: it cannot be read
        """


@dataclass(frozen=True)
class Skipping:
    """A source of which some requests are left alone: they are no requests here.

    :param skip: page ids of requests that are left alone
    """

    source: Source
    skip: Set[int]
    reason: str

    def candidates(self) -> Iterator[RequestRef]:
        """Yield the pages that may be requests, those left out with the reason."""
        for candidate in self.source.candidates():
            skipped = candidate.is_request and candidate.page_id in self.skip
            yield replace(candidate, excluded=self.reason) if skipped else candidate

    def read(self, candidate: RequestRef) -> Page:
        """Return a request with its history, oldest revision first."""
        return self.source.read(candidate)


def classify_page(
    profile: Profile,
    title: str,
    page_id: int | None,
    *,
    categories: Iterable[str] = (),
    redirect: bool = False,
    revision: int | None = None,
) -> RequestRef:
    """Tell whether a page is a request, and if not, why.

    :param categories: categories of the page, without namespace
    """
    plain = title.replace('_', ' ')
    if redirect:
        return RequestRef(plain, page_id, REDIRECT)
    request = RequestRef(plain, page_id, revision=revision)
    if plain in profile.extra:
        return request
    excluded = next((e.reason for e in profile.excluded if e.title.search(plain)), None)
    if excluded is not None:
        return RequestRef(plain, page_id, excluded)
    known = {_category(name) for name in profile.categories}
    by_title = any(form.match(plain) for form in profile.titles)
    if by_title or any(_category(name) in known for name in categories):
        return request
    return RequestRef(plain, page_id, ANOTHER_TITLE)


def _category(name: str) -> str:
    return name.replace('_', ' ').lower()


def titles_of_move(summary: str | None) -> tuple[str, str] | None:
    """Return the old and the new title that a summary links, as that of a move does; None where it does not.

    Anybody can write such a summary. Only a revision that changes nothing can be a move.
    """
    links = _TWO_LINKS.search(summary or '')
    return None if links is None else (_plain(links[1]), _plain(links[2]))


def _plain(link: str) -> str:
    return link.replace('_', ' ').strip(' :')
