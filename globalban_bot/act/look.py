"""Look at a page for a notice: how it stands, and which of its revisions gave the notice.

The wiki remembers. The marker in the text tells that a notice stands there; a word at the end of the bot's
edit summaries tells that it was given, also where somebody has archived or removed it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from globalban_bot.act.ask import ask
from globalban_bot.act.writer import RefusedError
from globalban_bot.model.notice import notice_marker, notices_on
from globalban_bot.model.refusal import Refusal

#: Nobody reads a notice and takes it away within this time: it was overwritten.
_BY_ACCIDENT = timedelta(seconds=10)
#: Tags of edits that take something away on purpose.
_ON_PURPOSE = {'mw-undo', 'mw-rollback', 'mw-manual-revert'}
#: Revisions by one request, without special rights.
_MOST_TEXTS = 50
#: Category of pages that want no mass messages (extension MassMessage, ``massmessage-optout-category``).
OPTED_OUT = 'Category:Opted-out of message delivery'


@dataclass(frozen=True)
class Given:
    """A revision by which the bot gave the notice, and the one before it."""

    revision: int
    parent: int


@dataclass(frozen=True)
class Look:
    """A page as it stands.

    :param revision: id of its newest revision
    :param text: wikitext of that revision
    :param count: how many notices of the request stand there
    :param given: revisions by which the bot gave the notice, oldest first; they may be undone since
    :param lack: why the page cannot take a notice; None where it can
    """

    revision: int
    text: str
    count: int
    given: tuple[Given, ...]
    lack: Refusal | None = None


def given_word(page_id: int) -> str:
    """Return the end of the summary of each edit that gives a notice."""
    return f'(globalban-notice {page_id})'


class Looker:
    """Looks at one page of a wiki.

    :param site: the wiki, an ``APISite``
    :param title: full title of the page
    :param page_id: page id of the request
    :param may_create: whether a page that is missing can be made, as a user's talk page; it looks empty then
    """

    def __init__(self, site: Any, title: str, page_id: int, *, may_create: bool = False) -> None:
        self._site = site
        self._title = title
        self._page_id = page_id
        self._may_create = may_create

    def look(self) -> Look:
        """Return how the page stands now, by one request; two where the bot has very many edits there.

        :raises RefusedError: there is no answer, or no such page
        """
        answer = ask(
            self._site, titles=self._title, prop='revisions|info|categories', rvprop='ids|content',
            rvslots='main', clcategories=OPTED_OUT, list='usercontribs', ucuser=self._site.username(),
            ucprop='ids|title|comment', uclimit='max',
        )  # fmt: skip
        page = answer['query']['pages'][0]
        if 'revisions' not in page:
            if self._may_create and 'missing' in page:
                return Look(0, '', 0, (), None)
            raise RefusedError(Refusal.DELETED, f'{self._title} is missing')
        revision = page['revisions'][0]
        text = revision['slots']['main'].get('content', '')
        own = self._own(answer, page['title'])
        return Look(
            revision['revid'],
            text,
            notices_on(text, self._page_id),
            tuple(sorted(self._given(own), key=lambda given: given.revision)),
            _lack(page, revision),
        )

    def overwritten(self, given: Given) -> int | None:
        """Return the revision that took the place of a notice by accident; None if it was taken away.

        Whoever saves a page that was read within the second of our edit takes its place without a conflict.
        """
        answer = ask(
            self._site, titles=self._title, prop='revisions', rvstartid=str(given.revision), rvdir='newer',
            rvlimit='10', rvprop='ids|timestamp|tags|content', rvslots='main',
        )  # fmt: skip
        gave, *later = answer['query']['pages'][0]['revisions']
        for revision in later:
            if notice_marker(self._page_id) not in revision['slots']['main'].get('content', ''):
                soon = _time(revision) - _time(gave) <= _BY_ACCIDENT
                return int(revision['revid']) if soon and not _ON_PURPOSE & {*revision['tags']} else None
        return None

    def blocks(self, given: Sequence[Given]) -> tuple[str, ...]:
        """Return what revisions appended, heading and blank lines included; nothing of one that is hidden."""
        wanted = {number for one in given for number in (one.revision, one.parent) if number}
        numbers = '|'.join(str(number) for number in sorted(wanted)[:_MOST_TEXTS])
        texts = {
            revision['revid']: revision['slots']['main']['content']
            for answer in self._parts(revids=numbers, prop='revisions', rvprop='ids|content', rvslots='main')
            for page in answer['query'].get('pages', ())
            for revision in page.get('revisions', ())
            if 'content' in revision['slots']['main']
        }
        known = [one for one in given if one.parent in texts and one.revision in texts]
        pairs = [(texts[one.parent], texts[one.revision]) for one in known]
        return tuple(after.removeprefix(before) for before, after in pairs if after.startswith(before))

    def _parts(self, **question: str) -> Iterator[Mapping[str, Any]]:
        """Yield the parts of an answer: one has room for 8 MB, and a page may be of 2 MB."""
        for _ in range(_MOST_TEXTS):
            answer = ask(self._site, **question)
            yield answer
            if 'continue' not in answer:
                return
            question = {**question, **answer['continue']}

    def _own(self, answer: Mapping[str, Any], title: str) -> Iterable[Mapping[str, Any]]:
        """Return the bot's own revisions of the page."""
        if 'uccontinue' not in answer.get('continue', {}):
            return [one for one in answer['query']['usercontribs'] if one['title'] == title]
        again = ask(
            self._site, titles=self._title, prop='revisions', rvprop='ids|comment', rvlimit='max',
            rvuser=self._site.username(),
        )  # fmt: skip
        return list(again['query']['pages'][0].get('revisions', ()))

    def _given(self, own: Iterable[Mapping[str, Any]]) -> Iterator[Given]:
        """Yield revisions that gave the notice. A summary that somebody hid counts: better one too few."""
        for one in own:
            if one.get('commenthidden') or one.get('comment', '').endswith(given_word(self._page_id)):
                yield Given(one['revid'], one.get('parentid', 0))


def _lack(page: Mapping[str, Any], revision: Mapping[str, Any]) -> Refusal | None:
    if revision['slots']['main'].get('contentmodel') != 'wikitext':
        return Refusal.OTHER_MODEL
    if page.get('redirect'):
        return Refusal.MOVED
    return Refusal.OPTED_OUT if page.get('categories') else None


def _time(revision: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(revision['timestamp'])
