"""Read a live wiki, through pywikibot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pywikibot

from globalban_bot.errors import WikiError
from globalban_bot.gather.finding import judge_candidate
from globalban_bot.gather.moves import tells_of_move
from globalban_bot.model.candidate import Candidate
from globalban_bot.model.dialect import Dialect
from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.stored_revisions import StoredRevisions
from globalban_bot.profiles.loader import Profile

#: Namespaces whose names the reader must know (MediaWiki, includes/Defines.php).
_USER, _USER_TALK, _SPECIAL, _FILE, _CATEGORY = 2, 3, -1, 6, 14
_MAIN = 0
#: Texts are asked for so many at a time, as everybody may, and of so many bytes.
MOST_REVISIONS = 50
MOST_BYTES = 4_000_000


class LiveSource:
    """The requests of a live wiki.

    Pages are listed in batches; a history takes one request for its outline, and one for every fifty texts
    or 4 MB.

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

        The texts are asked for in parts of a bounded size, and kept in a file: a long history of long texts
        costs time, not memory.

        :raises WikiError: it cannot be read
        """
        try:
            outlines = [*self._outlines(candidate)]
            revisions = StoredRevisions(self._with_texts(outlines))
        except (pywikibot.exceptions.Error, KeyError, TypeError, ValueError, AttributeError) as error:
            raise WikiError(f'page {candidate.page_id}: the history cannot be read: {error}') from error
        if not revisions:
            raise WikiError(f'page {candidate.page_id}: the wiki tells no revision')
        return Page(candidate.title, candidate.page_id, revisions)

    def _outlines(self, candidate: Candidate) -> Iterator[_Outline]:
        """Yield the revisions without their texts, oldest first."""
        which = (
            {'titles': candidate.title} if candidate.page_id is None else {'pageids': str(candidate.page_id)}
        )
        more: dict[str, str] = {}
        while True:
            answer = self._ask(
                rvprop='ids|timestamp|user|size|comment', rvdir='newer', rvlimit='max', **which, **more
            )
            for page in answer['query']['pages']:
                yield from (_outline(one) for one in page.get('revisions', ()))
            if 'continue' not in answer:
                return
            more = answer['continue']

    def _with_texts(self, outlines: Sequence[_Outline]) -> Iterator[Revision]:
        """Yield revisions with their texts; one whose text does not come is as one that is hidden."""
        for part in _parts(outlines):
            ids = '|'.join(str(one.revision.id) for one in part)
            answer = self._ask(rvprop='ids|content', rvslots='main', revids=ids)
            texts = {
                one['revid']: one.get('slots', {}).get('main', {}).get('content')
                for page in answer['query'].get('pages', ())
                for one in page.get('revisions', ())
            }
            yield from (replace(one.revision, text=texts.get(one.revision.id)) for one in part)

    def _ask(self, **parameters: str) -> Any:
        return self._site.simple_request(
            action='query', prop='revisions', formatversion='2', **parameters
        ).submit()


@dataclass(frozen=True)
class _Outline:
    """A revision without its text, and how many bytes the text has."""

    revision: Revision
    size: int


def _outline(answer: Mapping[str, Any]) -> _Outline:
    """Take over a revision; a hidden name becomes None."""
    user = None if answer.get('userhidden') else answer.get('user')
    time = datetime.fromisoformat(answer['timestamp']).astimezone(UTC)
    moved = tells_of_move(None if answer.get('commenthidden') else answer.get('comment'))
    return _Outline(Revision(answer['revid'], time, user, None, tells_of_move=moved), answer['size'])


def _parts(outlines: Sequence[_Outline]) -> Iterator[Sequence[_Outline]]:
    """Cut revisions into parts that one answer can hold, by number and by size; a huge one comes alone."""
    part: list[_Outline] = []
    size = 0
    for one in outlines:
        if part and (len(part) == MOST_REVISIONS or size + one.size > MOST_BYTES):
            yield part
            part, size = [], 0
        part.append(one)
        size += one.size
    if part:
        yield part


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
