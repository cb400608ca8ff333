"""Read how pages of the bot's stand on a live wiki, however long others have made them.

MediaWiki ends an answer at 8 MB (``$wgAPIMaxResultSize``) and leaves the revisions of further pages out. A
page without its revision is not missing, then: it is asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.model.kit import UNINSTALLED
from globalban_bot.model.owned import CurrentPage
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    flag_at,
    mapping_at,
    mappings_at,
    number_at,
    optional_mappings,
    optional_text,
    text_at,
    time_at,
)
from globalban_bot.wiki.queries import Queries

#: Bytes of a text. No page of the bot's comes near it; a longer one by somebody else is not read.
LONGEST = 1_000_000
#: Types of log entries by which a page goes; None where the type is hidden.
_TAKES_AWAY = {'delete', 'move', 'suppress', None}
#: Bytes of a marker without any text below it, at most.
_MARKER = 130
_OUTLINE = 'ids|timestamp|user|size|contentmodel'
#: What an answer tells of a page.
_Page = Mapping[str, Any]


class CurrentPageReader:
    """Reads how pages stand.

    :param wiki: asks the wiki, its ``home``
    :param bot: name of the bot's account
    :param marked: whether the pages bear markers, as those of the kit do not
    :param at_once: tells for how many titles the account may ask by one request
    """

    def __init__(
        self, wiki: Queries, bot: str, *, marked: bool = True, at_once: Callable[[], int] = lambda: 50
    ) -> None:
        self._wiki = wiki
        self._bot = bot
        self._marked = marked
        self._at_once = at_once
        self._forgotten: dict[int, bool] = {}

    def read(self, titles: Iterable[str]) -> Mapping[str, CurrentPage]:
        """Return how pages stand now, by title.

        A request for 50 titles, or 500 with a bot's limits; two more for each 8 MB of texts read; one for
        each page that is missing; one, once, for each revision by which somebody else has saved a page.

        :raises WikiError: they cannot be read
        """
        wanted = [*dict.fromkeys(titles)]
        with understood(self._wiki.home):
            found = [state for part in _parts(wanted, self._at_once()) for state in self._read(part)]
            return {state.title: self._with_past(state) for state in found}

    def _read(self, titles: Sequence[str]) -> Iterator[CurrentPage]:
        """Yield how pages stand; those for which an answer had no room are asked for until they have come."""
        while titles:
            pages = self._asked(titles, f'{_OUTLINE}|content')
            left = [title for title, page in pages.items() if not _has_come(page)]
            if len(left) == len(pages):
                raise WikiError(f'{self._wiki.home} tells nothing of {titles[0]}')
            yield from (_state(title, page, self._bot) for title, page in pages.items() if _has_come(page))
            long = {title: page for title, page in self._outlines(left) if _is_unread(page, self._bot)}
            yield from (_state(title, page, self._bot) for title, page in long.items())
            titles = [title for title in left if title not in long]

    def _outlines(self, titles: Sequence[str]) -> Iterator[tuple[str, _Page]]:
        """Yield pages without their texts."""
        yield from self._asked(titles, _OUTLINE).items() if titles else ()

    def _asked(self, titles: Sequence[str], properties: str) -> Mapping[str, _Page]:
        query = self._query(titles='|'.join(titles), prop='revisions', rvslots='main', rvprop=properties)
        names = {text_at(one, 'to'): text_at(one, 'from') for one in optional_mappings(query, 'normalized')}
        pages = {text_at(page, 'title'): page for page in mappings_at(query, 'pages')}
        told = {names.get(title, title): page for title, page in pages.items()}
        if set(told) != set(titles):
            raise WikiError(f'{self._wiki.home} tells of other pages than it was asked for')
        return told

    def _query(self, **question: str) -> Mapping[str, Any]:
        return mapping_at(next(self._wiki.query(self._wiki.home, **question)), 'query')

    def _with_past(self, state: CurrentPage) -> CurrentPage:
        """Tell what was taken away for good, whatever stands there now."""
        if state.revision is None:
            return self._with_log(state)
        if state.user == self._bot or not self._marked:
            return state
        if state.revision not in self._forgotten:
            self._forgotten[state.revision] = self._was_forgotten(state.title)
        return replace(state, forgotten=self._forgotten[state.revision])

    def _was_forgotten(self, title: str) -> bool:
        """Tell whether the bot's newest revision of a page says that it was blanked for good."""
        query = self._query(
            titles=title, prop='revisions', rvuser=self._bot, rvlimit='1', rvslots='main',
            rvprop='content|size',
        )  # fmt: skip
        revision = _newest(mappings_at(query, 'pages')[0])
        if revision is None:
            return False
        text = optional_text(mapping_at(revision, 'slots', 'main'), 'content')
        if text is None:
            # Of one whose text is hidden the size is told: a marker alone stands where all was blanked.
            return 0 < number_at(revision, 'size') <= _MARKER
        return CurrentPage(title, text=text).is_forgotten

    def _with_log(self, state: CurrentPage) -> CurrentPage:
        """Tell a page that was taken away from one that never was."""
        query = self._query(list='logevents', letitle=state.title, leprop='type|comment', lelimit='10')
        events = (one for one in mappings_at(query, 'logevents') if one.get('type') in _TAKES_AWAY)
        newest = next(events, None)
        return CurrentPage(state.title, removed=newest is not None and not _by_uninstall(newest))


def _by_uninstall(event: Mapping[str, Any]) -> bool:
    """Tell the deletion of our own ``-uninstall`` from one that says that the page shall not be."""
    return event.get('type') == 'delete' and str(event.get('comment', '')).endswith(UNINSTALLED)


def _parts(titles: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (titles[at : at + size] for at in range(0, len(titles), size))


def _is_missing(page: _Page) -> bool:
    return flag_at(page, 'missing') or flag_at(page, 'invalid')


def _newest(page: _Page) -> _Page | None:
    return next(iter(optional_mappings(page, 'revisions')), None)


def _has_come(page: _Page) -> bool:
    """Tell whether an answer had room for a page, or there is no such page."""
    return _is_missing(page) or _newest(page) is not None


def _is_unread(page: _Page, bot: str) -> bool:
    """Tell whether the text of a page is left alone: somebody else has saved one that is too long."""
    revision = _newest(page)
    return revision is not None and number_at(revision, 'size') > LONGEST and revision.get('user') != bot


def _state(title: str, page: _Page, bot: str) -> CurrentPage:
    revision = None if _is_missing(page) else _newest(page)
    if revision is None:
        return CurrentPage(title)
    slot = mapping_at(revision, 'slots', 'main')
    unread = _is_unread(page, bot)
    return CurrentPage(
        title,
        number_at(revision, 'revid'),
        optional_text(revision, 'user'),
        time_at(revision, 'timestamp'),
        '' if unread else optional_text(slot, 'content') or '',
        optional_text(slot, 'contentmodel') or 'wikitext',
        unread=unread,
    )
