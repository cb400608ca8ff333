"""Read a live wiki: which requests there are, their histories, and what the wiki calls things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.gather.fresh_pages import outline_of, text_of
from globalban_bot.gather.request_filter import classify_page
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.dialect import Dialect
from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.stored_revisions import StoredRevisions
from globalban_bot.profiles.loader import Profile
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    flag_at,
    mapping_at,
    mappings_at,
    number_at,
    optional_mappings,
    text_at,
)

#: Namespaces whose names the reader must know (MediaWiki, includes/Defines.php).
_USER, _USER_TALK, _SPECIAL, _FILE, _CATEGORY = 2, 3, -1, 6, 14
_MAIN = 0
#: Texts are asked for so many at a time, as everybody may, and of so many bytes.
MOST_REVISIONS = 50
MOST_BYTES = 4_000_000
#: Without a page a generator leaves "query" out. With this beside it, an answer without "query" is odd.
_ALWAYS = {'meta': 'userinfo', 'prop': 'info'}
_HISTORY = {
    'prop': 'revisions',
    'rvprop': 'ids|timestamp|user|comment|size',
    'rvdir': 'newer',
    'rvlimit': 'max',
}
_MONTHS = (
    'january', 'february', 'march', 'april', 'may_long', 'june',
    'july', 'august', 'september', 'october', 'november', 'december',
    'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec',
)  # fmt: skip
_YEAR = 12


class LiveSource:
    """The requests of a live wiki.

    Pages are listed in batches; a history takes a request for every fifty revisions.

    :param api: asks the wiki
    :param profile: what makes a page a request
    """

    def __init__(self, api: ApiClient, profile: Profile) -> None:
        self._api = api
        self._profile = profile
        self._candidates: list[RequestRef] | None = None
        self._last: tuple[RequestRef, Page] | None = None

    def candidates(self) -> Iterator[RequestRef]:
        """Yield the pages that may be requests, each once, those left out with the reason.

        :raises WikiError: the wiki does not answer
        """
        if self._candidates is None:
            try:
                self._candidates = [*self._listed()]
            except WikiError as error:
                raise WikiError(f'the requests cannot be listed: {error}') from error
        return iter(self._candidates)

    def _listed(self) -> Iterator[RequestRef]:
        seen: set[int] = set()
        with understood(self._api.home):
            for page, categories in self._found():
                page_id = number_at(page, 'pageid')
                if page_id not in seen:
                    seen.add(page_id)
                    yield classify_page(
                        self._profile,
                        text_at(page, 'title'),
                        page_id,
                        categories=categories,
                        redirect=flag_at(page, 'redirect'),
                        revision=number_at(page, 'lastrevid'),
                    )

    def _found(self) -> Iterator[tuple[Mapping[str, Any], Iterable[str]]]:
        """Yield pages by category first, as that is what may make a request of them."""
        for name in self._profile.categories:
            members = {'generator': 'categorymembers', 'gcmtitle': f'Category:{name}', 'gcmlimit': 'max'}
            yield from ((page, (name,)) for page in self._pages(**members))
        if self._profile.extra:
            yield from ((page, ()) for page in self._pages(titles='|'.join(self._profile.extra)))
        prefix = {'generator': 'allpages', 'gapprefix': self._profile.prefix, 'gapnamespace': str(_MAIN)}
        yield from ((page, ()) for page in self._pages(**prefix, gaplimit='max'))

    def _pages(self, **question: str) -> Iterator[Mapping[str, Any]]:
        """Yield the pages of a list that exist."""
        for number, part in enumerate(self._api.long_query(**_ALWAYS, **question)):
            if number == 0:
                mapping_at(part, 'query', 'userinfo')
            pages = optional_mappings(mapping_at(part, 'query'), 'pages')
            yield from (page for page in pages if not flag_at(page, 'missing') and 'invalid' not in page)

    def read(self, candidate: RequestRef) -> Page:
        """Return a request with its whole history.

        The texts are asked for in parts of a bounded size, and kept in a file: a long history of long texts
        costs time, not memory. The last request is kept: several questions on it cost one history.

        :raises WikiError: it cannot be read
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
        with understood(self._api.home):
            for part in self._api.long_query(**_HISTORY, **which):
                page = mapping_at(part, 'query', 'pages', 0)
                if flag_at(page, 'missing'):
                    raise WikiError('the page is missing')
                for one in optional_mappings(page, 'revisions'):
                    yield _Outline(outline_of(one), number_at(one, 'size'))

    def _with_texts(self, outlines: Sequence[_Outline]) -> Iterator[Revision]:
        """Yield revisions with their texts; one whose text does not come is as one that is hidden."""
        for part in _parts(outlines):
            ids = '|'.join(str(one.revision.id) for one in part)
            texts: dict[int, str | None] = {}
            question = {'prop': 'revisions', 'rvprop': 'ids|content', 'rvslots': 'main', 'revids': ids}
            with understood(self._api.home):
                for answer in self._api.long_query(**question):
                    for page in optional_mappings(mapping_at(answer, 'query'), 'pages'):
                        for one in optional_mappings(page, 'revisions'):
                            texts[number_at(one, 'revid')] = text_of(one)
            yield from (replace(one.revision, text=texts.get(one.revision.id)) for one in part)


@dataclass(frozen=True)
class _Outline:
    """A revision without its text, and how many bytes the text has."""

    revision: Revision
    size: int


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


def live_dialect(api: ApiClient, base: Dialect) -> Dialect:
    """Add the names that a wiki itself uses to a dialect. Two requests.

    :param base: the dialect of all wikis together: people paste signatures from everywhere
    :raises WikiError: the wiki does not tell
    """
    with understood(api.home):
        question = {'meta': 'siteinfo', 'siprop': 'general|namespaces|namespacealiases'}
        query = mapping_at(next(api.query(api.home, **question)), 'query')
        months = _months(api, text_at(query, 'general', 'lang'))
        return replace(
            base,
            user=base.user | _names(query, _USER),
            user_talk=base.user_talk | _names(query, _USER_TALK),
            special=base.special | _names(query, _SPECIAL),
            file=base.file | _names(query, _FILE),
            category=base.category | _names(query, _CATEGORY),
            months={**base.months, **months},
            capital_first=text_at(query, 'general', 'case') == 'first-letter',
        )


def _months(api: ApiClient, language: str) -> Mapping[str, int]:
    """Return the numbers of months by their names, long and short."""
    question = {'meta': 'allmessages', 'ammessages': '|'.join(_MONTHS), 'amlang': language}
    answer = next(api.query(api.home, **question))
    told = {text_at(one, 'name'): one for one in mappings_at(answer, 'query', 'allmessages')}
    return {
        text_at(told, name, 'content').lower().rstrip('.'): number % _YEAR + 1
        for number, name in enumerate(_MONTHS)
        if not flag_at(mapping_at(told, name), 'missing')
    }


def _names(query: Mapping[str, Any], number: int) -> frozenset[str]:
    """Return the names of a namespace: in the wiki's language, the canonical one, and further ones."""
    space = mapping_at(query, 'namespaces', str(number))
    names = {text_at(space, 'name'), text_at(space, 'canonical')}
    aliases = mappings_at(query, 'namespacealiases')
    names |= {text_at(one, 'alias') for one in aliases if one.get('id') == number}
    return frozenset(name.lower() for name in names if name)
