"""Read how pages of the bot's stand on a live wiki, however long others have made them.

MediaWiki ends an answer at 8 MB (``$wgAPIMaxResultSize``) and leaves the revisions of further pages out. A
page without its revision is not missing, then: it is asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from globalban_bot.errors import WikiError
from globalban_bot.model.kit import UNINSTALLED
from globalban_bot.model.owned import CurrentPage
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask_once, portions

#: Bytes of a text. No page of the bot's comes near it; a longer one by somebody else is not read.
LONGEST = 1_000_000
#: Types of log entries by which a page goes; None where the type is hidden.
_TAKES_AWAY = {'delete', 'move', 'suppress', None}
#: Bytes of a marker without any text below it, at most.
_MARKER = 130
_OUTLINE = 'ids|timestamp|user|size|contentmodel'


class CurrentPageReader:
    """Reads how pages stand.

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
        """
        wanted = [*dict.fromkeys(titles)]
        pages = [page for some in portions(wanted, self._at_once()) for page in self._read(some)]
        return {page.title: self._with_past(page) for page in pages}

    def _read(self, titles: Sequence[str]) -> Iterator[CurrentPage]:
        """Yield how pages are; those for which an answer had no room are asked for until they have come."""
        while titles:
            pages = self._asked(titles, f'{_OUTLINE}|content')
            left = [title for title, page in pages.items() if not _has_come(page)]
            if len(left) == len(pages):
                raise WikiError(f'{self._wiki.home} tells nothing of {titles[0]}')
            yield from (_state(title, page, self._bot) for title, page in pages.items() if title not in left)
            outlines = self._asked(left, _OUTLINE) if left else {}
            long = {title: page for title, page in outlines.items() if _is_unread(page, self._bot)}
            yield from (_state(title, page, self._bot) for title, page in long.items())
            titles = [title for title in left if title not in long]

    def _asked(self, titles: Sequence[str], properties: str) -> Mapping[str, ApiAnswer]:
        answer = self._ask(titles='|'.join(titles), prop='revisions', rvslots='main', rvprop=properties)
        if len(answer.objects('query', 'pages')) != len(titles):
            raise WikiError(f'{self._wiki.home} tells of other pages than it was asked for')
        return answer.pages_of(titles)

    def _ask(self, **question: str) -> ApiAnswer:
        return ask_once(self._wiki, self._wiki.home, **question)

    def _with_past(self, page: CurrentPage) -> CurrentPage:
        """Tell what was taken away for good, whatever is there now."""
        if page.revision is None:
            return self._with_log(page)
        if page.user == self._bot or not self._marked:
            return page
        if page.revision not in self._forgotten:
            self._forgotten[page.revision] = self._was_forgotten(page.title)
        return replace(page, forgotten=self._forgotten[page.revision])

    def _was_forgotten(self, title: str) -> bool:
        """Tell whether the bot's newest revision of a page says that it was blanked for good."""
        answer = self._ask(
            titles=title, prop='revisions', rvuser=self._bot, rvlimit='1', rvslots='main',
            rvprop='content|size',
        )  # fmt: skip
        revision = _newest(answer.at('query', 'pages', 0))
        if revision is None:
            return False
        text = revision.content()
        if text is None:
            # Of one whose text is hidden the size is told: a marker alone is there where all was blanked.
            return 0 < revision.number('size') <= _MARKER
        return CurrentPage(title, text=text).is_forgotten

    def _with_log(self, page: CurrentPage) -> CurrentPage:
        """Tell a page that was taken away from one that never was."""
        answer = self._ask(list='logevents', letitle=page.title, leprop='type|comment', lelimit='10')
        events = answer.objects('query', 'logevents')
        newest = next((event for event in events if event.text_if_any('type') in _TAKES_AWAY), None)
        return CurrentPage(page.title, removed=newest is not None and not _by_uninstall(newest))


def _by_uninstall(event: ApiAnswer) -> bool:
    """Tell the deletion of our own ``-uninstall`` from one that says that the page shall not be."""
    comment = event.text_if_any('comment') or ''
    return event.text_if_any('type') == 'delete' and comment.endswith(UNINSTALLED)


def _is_missing(page: ApiAnswer) -> bool:
    return page.flag('missing') or page.flag('invalid')


def _newest(page: ApiAnswer) -> ApiAnswer | None:
    return next(iter(page.lines('revisions')), None)


def _has_come(page: ApiAnswer) -> bool:
    """Tell whether an answer had room for a page, or there is no such page."""
    return _is_missing(page) or _newest(page) is not None


def _is_unread(page: ApiAnswer, bot: str) -> bool:
    """Tell whether the text of a page is left alone: somebody else has saved one that is too long."""
    revision = _newest(page)
    return revision is not None and revision.number('size') > LONGEST and revision.text_if_any('user') != bot


def _state(title: str, page: ApiAnswer, bot: str) -> CurrentPage:
    revision = None if _is_missing(page) else _newest(page)
    if revision is None:
        return CurrentPage(title)
    unread = _is_unread(page, bot)
    return CurrentPage(
        title,
        revision.number('revid'),
        revision.text_if_any('user'),
        revision.time('timestamp'),
        '' if unread else revision.content() or '',
        revision.at('slots', 'main').text_if_any('contentmodel') or 'wikitext',
        unread=unread,
    )
