"""Pages of the wiki with the requests as they are at this moment, their revisions, and where commands are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from globalban_bot.gather.request_source import titles_of_move
from globalban_bot.model.revision import Revision
from globalban_bot.model.talk import TalkPage
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask, ask_once, portions

_LIVE = {'prop': 'revisions|contributors', 'rvprop': 'ids|content', 'rvslots': 'main', 'pclimit': 'max'}
_HISTORY = {
    'prop': 'revisions',
    'rvprop': 'ids|timestamp|user|content',
    'rvslots': 'main',
    'rvdir': 'older',
    'rvlimit': '50',
}
#: So many parts of a history are read, each of 50 revisions, or of 8 MB of text.
_MOST_PARTS = 10
_NEWEST = {'prop': 'revisions', 'rvprop': 'ids', 'rvdir': 'older', 'rvlimit': '1'}
#: The talk pages of pages (1), users (3) and the project itself (5); API:Embeddedin.
_CALLS = {'list': 'embeddedin', 'einamespace': '1|3|5', 'eilimit': 'max'}
#: Pages that are asked for at a time, as many as the API allows without a right of its own.
_AT_A_TIME = 50


@dataclass(frozen=True)
class FreshPage:
    """A page as it is now, without values where it is missing, and without its text where that is hidden."""

    page_id: int | None = None
    revision: int | None = None
    text: str | None = None
    editors: frozenset[str] = frozenset()


def read_fresh(wikis: Queries, titles: Sequence[str]) -> Mapping[str, FreshPage]:
    """Return pages as they are now, by the titles that were asked for, never from a cache.

    One request, and one more for each 500 accounts that have edited them.
    """
    pages: dict[str, FreshPage] = {title: FreshPage() for title in titles}
    for part in ask(wikis, wikis.home, titles='|'.join(titles), **_LIVE):
        for title, page in part.pages_of(titles).items():
            pages[title] = _joined(pages[title], page)
    return pages


def _joined(before: FreshPage, page: ApiAnswer) -> FreshPage:
    """Add what a part of the answer tells of a page."""
    editors = before.editors | {editor.text('name') for editor in page.lines('contributors')}
    for revision in page.lines('revisions'):
        return FreshPage(page.number('pageid'), revision.number('revid'), revision.content(), editors)
    return replace(before, editors=editors)


def read_revisions(wikis: Queries, title: str, since: datetime | None = None) -> tuple[Revision, ...]:
    """Return the revisions of a page, oldest first; none of a page that is missing.

    Of a very long history only the newest are read, or a page could be made deaf by editing it often.

    :param since: begins with the revision that was the newest at this moment (UTC), as by it alone one knows
        what the next one added; None for all
    """
    oldest = {} if since is None else _newest_at(wikis, title, since)
    parts = islice(ask(wikis, wikis.home, titles=title, **_HISTORY, **oldest), _MOST_PARTS)
    pages = [part.at('query', 'pages', 0) for part in parts]
    newest_first = [
        replace(outline_of(revision), text=revision.content())
        for page in pages
        for revision in page.lines('revisions')
    ]
    return tuple(reversed(newest_first))


def _newest_at(wikis: Queries, title: str, at: datetime) -> Mapping[str, str]:
    """Return how far back to read; nothing where there was no such page yet."""
    answer = ask_once(wikis, wikis.home, titles=title, rvstart=f'{at:%Y-%m-%dT%H:%M:%SZ}', **_NEWEST)
    revisions = answer.at('query', 'pages', 0).lines('revisions')
    return {'rvendid': str(revisions[0].number('revid'))} if revisions else {}


def outline_of(revision: ApiAnswer) -> Revision:
    """Read a revision of an answer, without its text; a hidden name becomes None."""
    hides_summary = revision.flag('commenthidden')
    return Revision(
        revision.number('revid'),
        revision.time('timestamp'),
        revision.user(),
        None,
        is_first='parentid' not in revision or revision.number('parentid') == 0,
        move=None if hides_summary else titles_of_move(revision.text_if_any('comment')),
        hides_summary=hides_summary,
    )


def pages_with(
    wikis: Queries, template: str, is_wanted: Callable[[str], bool] = lambda _: True
) -> tuple[TalkPage, ...]:
    """Return the talk pages that call a template, by whatever name: the wiki follows redirects.

    One request, and one more for each 50 pages that are wanted. A redirect is no talk page.

    :param is_wanted: tells by its title whether a page is to be looked up
    """
    page_ids = [
        str(page.number('pageid'))
        for part in ask(wikis, wikis.home, eititle=template, **_CALLS)
        for page in part.objects('query', 'embeddedin')
        if is_wanted(page.text('title'))
    ]
    return tuple(
        talk_page
        for some in portions(page_ids, _AT_A_TIME)
        for part in ask(wikis, wikis.home, pageids='|'.join(some), prop='info', inprop='subjectid')
        for talk_page in _talk_pages(part)
    )


def _talk_pages(part: ApiAnswer) -> Iterator[TalkPage]:
    for page in part.objects('query', 'pages'):
        # One that was deleted a moment ago has no title, or is missing.
        if 'title' in page and not page.flag('missing') and not page.flag('redirect'):
            subject = page.number('subjectid') if 'subjectid' in page else None
            yield TalkPage(page.number('pageid'), page.text('title'), page.number('lastrevid'), subject)
