"""Pages of the wiki with the requests as they stand at this moment, and their revisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.gather.answered import moment
from globalban_bot.gather.questions import Questions
from globalban_bot.model.revision import Revision

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
_STOOD = {'prop': 'revisions', 'rvprop': 'ids', 'rvdir': 'older', 'rvlimit': '1'}


@dataclass(frozen=True)
class Now:
    """A page as it stands.

    :param page_id: page id; None for a page that is missing
    :param revision: id of the newest revision; None for a page that is missing
    :param text: its text; None where it is hidden, or the page missing
    :param editors: accounts that have edited it
    """

    page_id: int | None = None
    revision: int | None = None
    text: str | None = None
    editors: frozenset[str] = frozenset()


def read_now(wikis: Questions, titles: Sequence[str]) -> Mapping[str, Now]:
    """Return pages as they stand, by the titles that were asked for, never from a cache.

    One request, and one more for each 500 accounts that have edited them.

    :raises WikiError: the wiki does not tell
    """
    found: dict[str, Now] = {title: Now() for title in titles}
    with understood():
        for part in wikis.parts(wikis.home, titles='|'.join(titles), **_LIVE):
            names = {one['from']: one['to'] for one in part['query'].get('normalized', ())}
            for page in part['query'].get('pages', ()):
                for title in (one for one in found if names.get(one, one) == page['title']):
                    found[title] = _joined(found[title], page)
    return found


@contextmanager
def understood() -> Iterator[None]:
    """Take an answer of another form than documented for none.

    :raises WikiError: the block read one
    """
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise WikiError('an answer of another form than documented') from error


def read_revisions(wikis: Questions, title: str, since: datetime | None = None) -> tuple[Revision, ...]:
    """Return the revisions of a page, oldest first; none of a page that is missing.

    Of a very long history only the newest are read, or a page could be made deaf by editing it often.

    :param since: begins with the revision that stood at this moment (UTC), as by it alone one knows what the
        next one added; None for all
    :raises WikiError: the wiki does not tell
    """
    with understood():
        oldest = {} if since is None else _standing_at(wikis, title, since)
        return tuple(reversed([*_revisions(wikis, title, oldest)]))


def _standing_at(wikis: Questions, title: str, moment: datetime) -> Mapping[str, str]:
    """Return how far back to read; nothing where there was no such page yet."""
    part = next(wikis.parts(wikis.home, titles=title, rvstart=f'{moment:%Y-%m-%dT%H:%M:%SZ}', **_STOOD))
    stood = [one['revid'] for page in part['query'].get('pages', ()) for one in page.get('revisions', ())]
    return {'rvendid': str(stood[0])} if stood else {}


def _revisions(wikis: Questions, title: str, oldest: Mapping[str, str]) -> Iterator[Revision]:
    """Yield the revisions of a page, newest first."""
    for part in islice(wikis.parts(wikis.home, titles=title, **_HISTORY, **oldest), _MOST_PARTS):
        for page in part['query'].get('pages', ()):
            for one in page.get('revisions', ()):
                yield Revision(
                    one['revid'],
                    moment(one['timestamp']),
                    None if one.get('userhidden') else one.get('user'),
                    _text(one),
                    is_first=not one.get('parentid'),
                )


def _joined(before: Now, page: Mapping[str, Any]) -> Now:
    """Add what a part of the answer tells of a page."""
    editors = before.editors | {one['name'] for one in page.get('contributors', ())}
    revisions = page.get('revisions')
    if not revisions:
        return replace(before, editors=editors)
    return Now(page['pageid'], revisions[0]['revid'], _text(revisions[0]), editors)


def _text(revision: Mapping[str, Any]) -> str | None:
    try:
        text: str | None = revision['slots']['main'].get('content')
    except (KeyError, TypeError) as error:
        raise WikiError('a revision without its text') from error
    return text
