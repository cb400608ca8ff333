"""Look at a page for a notice: how it stands, and which of its revisions gave the notice.

The wiki remembers. The marker in the text tells that a notice stands there; a word at the end of the bot's
edit summaries tells that it was given, also where somebody has archived or removed it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from globalban_bot.model.notice import given_word, notice_marker, notices_on
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask, ask_once
from globalban_bot.wiki.api_errors import RefusedError
from globalban_bot.wiki.site_facts import opt_out_category

#: Nobody reads a notice and takes it away within this time: it was overwritten.
_BY_ACCIDENT = timedelta(seconds=10)
#: Tags of edits that take something away on purpose.
_ON_PURPOSE = {'mw-undo', 'mw-rollback', 'mw-manual-revert'}
#: Revisions by one request, without special rights.
_MOST_TEXTS = 50


@dataclass(frozen=True)
class DeliveryRevision:
    """A revision by which the bot gave the notice, and the one before it."""

    revision: int
    parent: int


@dataclass(frozen=True)
class NoticePage:
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
    given: tuple[DeliveryRevision, ...]
    lack: Refusal | None = None


class NoticePageReader:
    """Looks at one page of a wiki.

    :param wiki: asks the wiki, its ``home``
    :param bot: name of the bot's account
    :param title: full title of the page
    :param page_id: page id of the request
    :param may_create: whether a page that is missing can be made, as a user's talk page; it looks empty then
    """

    def __init__(
        self, wiki: Queries, bot: str, title: str, page_id: int, *, may_create: bool = False
    ) -> None:
        self._wiki = wiki
        self._bot = bot
        self._title = title
        self._page_id = page_id
        self._may_create = may_create
        self._category: str | None = None

    def look(self) -> NoticePage:
        """Return how the page stands now.

        By one request, and two more the first time; one more where the bot has very many edits there.

        :raises RefusedError: there is no answer, or no such page
        """
        answer = self._ask(
            titles=self._title, prop='revisions|info|categories', rvprop='ids|content',
            rvslots='main', clcategories=self._opt_out_category(), list='usercontribs', ucuser=self._bot,
            ucprop='ids|title|comment', uclimit='max',
        )  # fmt: skip
        page = answer.at('query', 'pages', 0)
        if page.flag('missing'):
            if self._may_create:
                return NoticePage(0, '', 0, (), None)
            raise RefusedError(Refusal.DELETED, f'{self._title} is missing')
        revision = page.at('revisions', 0)
        text = revision.content() or ''
        own = self._own(answer, page.text('title'))
        return NoticePage(
            revision.number('revid'),
            text,
            notices_on(text, self._page_id),
            tuple(sorted(self._given(own), key=lambda given: given.revision)),
            _lack(page, revision),
        )

    def overwritten(self, given: DeliveryRevision) -> int | None:
        """Return the revision that took the place of a notice by accident; None if it was taken away.

        Whoever saves a page that was read within the second of our edit takes its place without a conflict.
        """
        answer = self._ask(
            titles=self._title, prop='revisions', rvstartid=str(given.revision), rvdir='newer',
            rvlimit='10', rvprop='ids|timestamp|tags|content', rvslots='main',
        )  # fmt: skip
        gave, *later = answer.objects('query', 'pages', 0, 'revisions')
        for revision in later:
            if notice_marker(self._page_id) not in (revision.content() or ''):
                soon = revision.time('timestamp') - gave.time('timestamp') <= _BY_ACCIDENT
                tags = _ON_PURPOSE.intersection(revision.texts('tags'))
                return revision.number('revid') if soon and not tags else None
        return None

    def blocks(self, given: Sequence[DeliveryRevision]) -> tuple[str, ...]:
        """Return what revisions appended, heading and blank lines included; nothing of one that is hidden."""
        pairs = self.texts(given)
        return tuple(after.removeprefix(before) for before, after in pairs if after.startswith(before))

    def texts(self, given: Sequence[DeliveryRevision]) -> tuple[tuple[str, str], ...]:
        """Return the texts before and after revisions; nothing of one that is hidden."""
        wanted = {number for one in given for number in (one.revision, one.parent) if number}
        numbers = '|'.join(str(number) for number in sorted(wanted)[:_MOST_TEXTS])
        question = {'revids': numbers, 'prop': 'revisions', 'rvprop': 'ids|content', 'rvslots': 'main'}
        texts = {
            revision.number('revid'): text
            for part in ask(self._wiki, self._wiki.home, 'pages', **question)
            for revision in part.revisions()
            if (text := revision.content()) is not None
        }
        texts[0] = ''
        known = [one for one in given if one.parent in texts and one.revision in texts]
        return tuple((texts[one.parent], texts[one.revision]) for one in known)

    def _opt_out_category(self) -> str:
        if self._category is None:
            self._category = opt_out_category(self._wiki)
        return self._category

    def _ask(self, **question: str) -> ApiAnswer:
        return ask_once(self._wiki, self._wiki.home, **question)

    def _own(self, answer: ApiAnswer, title: str) -> Iterable[ApiAnswer]:
        """Return the bot's own revisions of the page."""
        if 'continue' not in answer or 'uccontinue' not in answer.at('continue'):
            edits = answer.objects('query', 'usercontribs')
            return [one for one in edits if one.text('title') == title]
        again = self._ask(
            titles=self._title, prop='revisions', rvprop='ids|comment', rvlimit='max', rvuser=self._bot
        )
        return again.at('query', 'pages', 0).lines('revisions')

    def _given(self, own: Iterable[ApiAnswer]) -> Iterator[DeliveryRevision]:
        """Yield revisions that gave the notice. A summary that somebody hid counts: better one too few."""
        for one in own:
            hidden = one.flag('commenthidden')
            if hidden or (one.text_if_any('comment') or '').endswith(given_word(self._page_id)):
                parent = one.number('parentid') if 'parentid' in one else 0
                yield DeliveryRevision(one.number('revid'), parent)


def _lack(page: ApiAnswer, revision: ApiAnswer) -> Refusal | None:
    if revision.at('slots', 'main').text_if_any('contentmodel') != 'wikitext':
        return Refusal.OTHER_MODEL
    if page.flag('redirect'):
        return Refusal.MOVED
    return Refusal.OPTED_OUT if page.lines('categories') else None
