"""Read how pages of the bot's stand on a live wiki, however long others have made them.

MediaWiki ends an answer at 8 MB (``$wgAPIMaxResultSize``) and leaves the revisions of further pages out. A
page without its revision is not missing, then: it is asked for again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pywikibot

from globalban_bot.errors import WikiError
from globalban_bot.model.kit import UNINSTALLED
from globalban_bot.model.owned import PageState

#: Bytes of a text. No page of the bot's comes near it; a longer one by somebody else is not read.
LONGEST = 1_000_000
#: Types of log entries by which a page goes; None where the type is hidden.
_TAKES_AWAY = {'delete', 'move', 'suppress', None}
#: Bytes of a marker without any text below it, at most.
_MARKER = 130
_OUTLINE = 'ids|timestamp|user|size|contentmodel'
#: What an answer tells of a page.
_Page = Mapping[str, Any]


class PageStates:
    """Reads how pages stand.

    :param site: the wiki, an ``APISite``
    :param bot: name of the bot's account
    :param marked: whether the pages bear markers, as those of the kit do not
    """

    def __init__(self, site: Any, bot: str, *, marked: bool = True) -> None:
        self._site = site
        self._bot = bot
        self._marked = marked
        self._forgotten: dict[int, bool] = {}

    def read(self, titles: Iterable[str]) -> Mapping[str, PageState]:
        """Return how pages stand now, by title.

        A request for 50 titles, or 500 with a bot's limits; two more for each 8 MB of texts read; one for
        each page that is missing; one, once, for each revision by which somebody else has saved a page.

        :raises WikiError: they cannot be read
        """
        wanted = [*dict.fromkeys(titles)]
        size = 500 if self._site.has_right('apihighlimits') else 50
        try:
            found = [state for part in _parts(wanted, size) for state in self._read(part)]
            return {state.title: self._with_past(state) for state in found}
        except pywikibot.exceptions.Error as error:
            raise WikiError(f'{self._site}: the pages of the bot cannot be read: {error}') from error

    def _read(self, titles: Sequence[str]) -> Iterator[PageState]:
        """Yield how pages stand; those for which an answer had no room are asked for until they have come."""
        while titles:
            pages = self._asked(titles, f'{_OUTLINE}|content')
            left = [title for title, page in pages.items() if not _has_come(page)]
            if len(left) == len(pages):
                raise WikiError(f'{self._site} tells nothing of {titles[0]}')
            yield from (_state(title, page, self._bot) for title, page in pages.items() if _has_come(page))
            long = {title: page for title, page in self._outlines(left) if _is_unread(page, self._bot)}
            yield from (_state(title, page, self._bot) for title, page in long.items())
            titles = [title for title in left if title not in long]

    def _outlines(self, titles: Sequence[str]) -> Iterator[tuple[str, _Page]]:
        """Yield pages without their texts."""
        yield from self._asked(titles, _OUTLINE).items() if titles else ()

    def _asked(self, titles: Sequence[str], properties: str) -> Mapping[str, _Page]:
        answer = self._site.simple_request(
            action='query', titles='|'.join(titles), prop='revisions', rvslots='main', rvprop=properties,
            formatversion='2',
        ).submit()  # fmt: skip
        names = {one['to']: one['from'] for one in answer['query'].get('normalized', ())}
        return {names.get(page['title'], page['title']): page for page in answer['query']['pages']}

    def _with_past(self, state: PageState) -> PageState:
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
        answer = self._site.simple_request(
            action='query', titles=title, prop='revisions', rvuser=self._bot, rvlimit='1', rvslots='main',
            rvprop='content|size', formatversion='2',
        ).submit()  # fmt: skip
        revision: _Page = next(iter(answer['query']['pages'][0].get('revisions', ())), {})
        text = revision.get('slots', {}).get('main', {}).get('content')
        if text is None:
            # Of one whose text is hidden the size is told: a marker alone stands where all was blanked.
            return 0 < revision.get('size', 0) <= _MARKER
        return PageState(title, text=text).is_forgotten

    def _with_log(self, state: PageState) -> PageState:
        """Tell a page that was taken away from one that never was."""
        answer = self._site.simple_request(
            action='query', list='logevents', letitle=state.title, leprop='type|comment', lelimit='10',
            formatversion='2',
        ).submit()  # fmt: skip
        events = (one for one in answer['query']['logevents'] if one.get('type') in _TAKES_AWAY)
        newest = next(events, None)
        return PageState(state.title, removed=newest is not None and not _by_uninstall(newest))


def _by_uninstall(event: Mapping[str, Any]) -> bool:
    """Tell the deletion of our own ``-uninstall`` from one that says that the page shall not be."""
    return event.get('type') == 'delete' and str(event.get('comment', '')).endswith(UNINSTALLED)


def _parts(titles: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (titles[at : at + size] for at in range(0, len(titles), size))


def _is_missing(page: _Page) -> bool:
    return bool(page.get('missing') or page.get('invalid'))


def _has_come(page: _Page) -> bool:
    """Tell whether an answer had room for a page, or there is no such page."""
    return _is_missing(page) or bool(page.get('revisions'))


def _is_unread(page: _Page, bot: str) -> bool:
    """Tell whether the text of a page is left alone: somebody else has saved one that is too long."""
    revision: _Page = next(iter(page.get('revisions', ())), {})
    return revision.get('size', 0) > LONGEST and revision.get('user') != bot


def _state(title: str, page: _Page, bot: str) -> PageState:
    if _is_missing(page):
        return PageState(title)
    revision = page['revisions'][0]
    slot = revision.get('slots', {}).get('main', {})
    unread = _is_unread(page, bot)
    return PageState(
        title,
        revision['revid'],
        revision.get('user'),
        datetime.fromisoformat(revision['timestamp']),
        '' if unread else slot.get('content', ''),
        slot.get('contentmodel', 'wikitext'),
        unread=unread,
    )
