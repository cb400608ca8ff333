"""Read a live wiki, through pywikibot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pywikibot

from globalban_bot.errors import WikiError
from globalban_bot.gather.finding import judge_candidate
from globalban_bot.gather.moves import tells_of_move
from globalban_bot.model.candidate import Candidate
from globalban_bot.model.dialect import Dialect
from globalban_bot.model.revision import Page, Revision
from globalban_bot.profiles.loader import Profile

#: Namespaces whose names the reader must know (MediaWiki, includes/Defines.php).
_USER, _USER_TALK, _SPECIAL, _FILE, _CATEGORY = 2, 3, -1, 6, 14
_MAIN = 0


class LiveSource:
    """The requests of a live wiki.

    Pages are listed in batches; a history takes a request for every fifty revisions.

    :param site: the wiki, an ``APISite``
    :param profile: what makes a page a request
    """

    def __init__(self, site: Any, profile: Profile) -> None:
        self._site = site
        self._profile = profile
        self._candidates: list[Candidate] | None = None

    def candidates(self) -> Iterator[Candidate]:
        """Yield the pages that may be requests, each once, those left out with the reason.

        :raises WikiError: the wiki does not answer
        """
        if self._candidates is None:
            self._candidates = [*self._listed()]
        return iter(self._candidates)

    def pages(self) -> Iterator[Page]:
        """Yield the requests with their whole history."""
        for candidate in self.candidates():
            if candidate.is_request:
                yield self.read(candidate)

    def _listed(self) -> Iterator[Candidate]:
        seen: set[int] = set()
        try:
            for page, categories in self._found():
                if page.pageid not in seen:
                    seen.add(page.pageid)
                    yield judge_candidate(
                        self._profile,
                        page.title(),
                        page.pageid,
                        categories=categories,
                        redirect=page.isRedirectPage(),
                        revision=page.latest_revision_id,
                    )
        except pywikibot.exceptions.Error as error:
            raise WikiError(f'{self._site}: the requests cannot be listed: {error}') from error

    def _found(self) -> Iterator[tuple[Any, Iterable[str]]]:
        """Yield pages by category first, as that is what may make a request of them."""
        for name in self._profile.categories:
            category = pywikibot.Category(self._site, name)
            for page in self._site.categorymembers(category):
                yield page, (name,)
        extra = [pywikibot.Page(self._site, title) for title in self._profile.extra]
        for page in self._site.preloadpages(extra) if extra else ():
            if page.exists():
                yield page, ()
        for page in self._site.allpages(prefix=self._profile.prefix, namespace=_MAIN):
            yield page, ()

    def read(self, candidate: Candidate) -> Page:
        """Return a request with its whole history.

        :raises WikiError: it cannot be read
        """
        page = pywikibot.Page(self._site, candidate.title)
        try:
            revisions = tuple(_revision(found) for found in page.revisions(reverse=True, content=True))
        except pywikibot.exceptions.Error as error:
            raise WikiError(f'page {candidate.page_id}: the history cannot be read: {error}') from error
        return Page(candidate.title, candidate.page_id, revisions)


def _revision(found: Any) -> Revision:
    """Take over a revision; a hidden name or text becomes None."""
    return Revision(
        found.revid,
        # A plain datetime: pywikibot's own kind prints itself in another form.
        datetime.fromisoformat(found.timestamp.isoformat()).astimezone(UTC),
        None if found.userhidden else found.user,
        found.text,
        tells_of_move=not found.commenthidden and tells_of_move(found.comment),
    )


def live_dialect(site: Any, base: Dialect) -> Dialect:
    """Add the names that a wiki itself uses, from its siteinfo, to a dialect.

    :param base: the dialect of all wikis together: people paste signatures from everywhere
    """
    months = {
        name.lower().rstrip('.'): number
        for number, names in enumerate(site.months_names, 1)
        for name in names
    }
    return replace(
        base,
        user=base.user | _names(site, _USER),
        user_talk=base.user_talk | _names(site, _USER_TALK),
        special=base.special | _names(site, _SPECIAL),
        file=base.file | _names(site, _FILE),
        category=base.category | _names(site, _CATEGORY),
        months={**base.months, **months},
        capital_first=site.siteinfo['case'] == 'first-letter',
    )


def _names(site: Any, number: int) -> frozenset[str]:
    return frozenset(name.lower() for name in site.namespaces[number] if name)
