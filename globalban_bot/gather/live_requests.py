"""The requests of a live wiki: which there are, their histories, and which are none any more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from globalban_bot.errors import WikiError
from globalban_bot.gather.fresh_pages import outline_of
from globalban_bot.gather.home_wiki import pages_below
from globalban_bot.gather.request_source import classify_page
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.stored_revisions import StoredRevisions
from globalban_bot.profiles.loader import Profile
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask, portions

_MAIN = 0
#: Texts are asked for so many at a time, as everybody may, and of so many bytes.
MOST_REVISIONS = 50
MOST_BYTES = 4_000_000
#: So many pages are asked for at once, also without the rights of a bot.
_MOST_PAGES = 50
#: Without a page a generator leaves "query" out. With this beside it, an answer without "query" is odd.
_ALWAYS = {'meta': 'userinfo', 'prop': 'info'}
_HISTORY = {
    'prop': 'revisions',
    'rvprop': 'ids|timestamp|user|comment|size',
    'rvdir': 'newer',
    'rvlimit': 'max',
}
_TEXTS = {'prop': 'revisions', 'rvprop': 'ids|content', 'rvslots': 'main'}


#: A revision without its text, and how many bytes the text has.
_Outline = tuple[Revision, int]


class LiveSource:
    """The requests of a live wiki.

    Pages are listed in batches; a history takes a request for every fifty revisions.
    """

    def __init__(self, wikis: Queries, profile: Profile) -> None:
        self._wikis = wikis
        self._profile = profile
        self._candidates: list[RequestRef] | None = None
        self._last: tuple[RequestRef, Page] | None = None

    def candidates(self) -> Iterator[RequestRef]:
        """Yield the pages that may be requests, each once, those left out with the reason."""
        if self._candidates is None:
            try:
                self._candidates = [*self._listed()]
            except WikiError as error:
                raise WikiError(f'the requests cannot be listed: {error}') from error
        return iter(self._candidates)

    def _listed(self) -> Iterator[RequestRef]:
        seen: set[int] = set()
        for page, categories in self._found():
            page_id = page.number('pageid')
            if page_id not in seen:
                seen.add(page_id)
                yield classify_page(
                    self._profile,
                    page.text('title'),
                    page_id,
                    categories=categories,
                    redirect=page.flag('redirect'),
                    revision=page.number('lastrevid'),
                )

    def _found(self) -> Iterator[tuple[ApiAnswer, Iterable[str]]]:
        """Yield pages by category first, as that is what may make a request of them."""
        for name in self._profile.categories:
            members = {'generator': 'categorymembers', 'gcmtitle': f'Category:{name}', 'gcmlimit': 'max'}
            yield from ((page, (name,)) for page in self._pages(**members))
        if self._profile.extra:
            yield from ((page, ()) for page in self._pages(titles='|'.join(self._profile.extra)))
        prefix = {'generator': 'allpages', 'gapprefix': self._profile.prefix, 'gapnamespace': str(_MAIN)}
        yield from ((page, ()) for page in self._pages(**prefix, gaplimit='max'))

    def _pages(self, **question: str) -> Iterator[ApiAnswer]:
        """Yield the pages of a list that exist."""
        for number, part in enumerate(ask(self._wikis, self._wikis.home, **_ALWAYS, **question)):
            if number == 0:
                part.fields('query', 'userinfo')
            pages = part.lines('query', 'pages')
            yield from (page for page in pages if not page.flag('missing') and 'invalid' not in page)

    def read(self, candidate: RequestRef) -> Page:
        """Return a request with its whole history.

        The texts are asked for in parts of a bounded size, and kept in a file: a long history of long texts
        costs time, not memory. The last request is kept: several questions on it cost one history.
        """
        if self._last is None or self._last[0] != candidate:
            self._last = candidate, self._read(candidate)
        return self._last[1]

    def _read(self, candidate: RequestRef) -> Page:
        try:
            outlines = [*self._outlines(candidate)]
            revisions = StoredRevisions(self._with_texts(outlines))
            if not revisions:
                raise WikiError('the wiki tells no revision')
            return Page(candidate.title, candidate.page_id, revisions)
        except WikiError as error:
            raise WikiError(f'page {candidate.page_id}: the history cannot be read: {error}') from error

    def _outlines(self, candidate: RequestRef) -> Iterator[_Outline]:
        """Yield the revisions without their texts, oldest first."""
        which = (
            {'titles': candidate.title} if candidate.page_id is None else {'pageids': str(candidate.page_id)}
        )
        for part in ask(self._wikis, self._wikis.home, **_HISTORY, **which):
            page = part.at('query', 'pages', 0)
            if page.flag('missing'):
                raise WikiError('the page is missing')
            for revision in page.lines('revisions'):
                yield outline_of(revision), revision.number('size')

    def _with_texts(self, outlines: Sequence[_Outline]) -> Iterator[Revision]:
        """Yield revisions with their texts; one whose text does not come is as one that is hidden."""
        for some in _parts(outlines):
            ids = '|'.join(str(outline.id) for outline, _ in some)
            texts = {
                revision.number('revid'): revision.content()
                for part in ask(self._wikis, self._wikis.home, revids=ids, **_TEXTS)
                for revision in part.revisions()
            }
            yield from (replace(outline, text=texts.get(outline.id)) for outline, _ in some)


def _parts(outlines: Sequence[_Outline]) -> Iterator[Sequence[_Outline]]:
    """Cut revisions into parts that one answer can hold, by number and by size; a huge one comes alone."""
    part: list[_Outline] = []
    total = 0
    for outline, size in outlines:
        if part and (len(part) == MOST_REVISIONS or total + size > MOST_BYTES):
            yield part
            part, total = [], 0
        part.append((outline, size))
        total += size
    if part:
        yield part


def gone_requests(wikis: Queries, profile: Profile, known: Set[int]) -> frozenset[int]:
    """Return the page ids of boxes whose pages are no requests any more.

    A list of requests may leave a page out. So the wiki is asked for each page by its id.

    :param known: page ids of the requests that were found, and of those that are left alone on purpose
    """
    form = re.compile(re.escape(profile.box_page).replace(r'\{page_id\}', '([1-9][0-9]{0,17})'))
    root = profile.box_page.partition('{')[0]
    boxes = {int(number[1]) for title in pages_below(wikis, root) if (number := form.fullmatch(title))}
    return frozenset(
        page.number('pageid')
        for some in portions(sorted(boxes - known), _MOST_PAGES)
        for part in ask(wikis, wikis.home, prop='info', pageids='|'.join(map(str, some)))
        for page in part.objects('query', 'pages')
        if not _is_request(page, profile)
    )


def _is_request(page: ApiAnswer, profile: Profile) -> bool:
    if page.flag('missing'):
        return False
    return classify_page(profile, page.text('title'), None, redirect=page.flag('redirect')).is_request
