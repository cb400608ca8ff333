"""What a wiki shows of the notices of a request: revisions that put one there, and MassMessage's log.

One request a wiki, and one more where an account that delivers has edited one of the pages. The tag of a
delivery is set a moment later, so the account is asked for, not the tag.
"""

from __future__ import annotations

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus

from globalban_bot.errors import WikiError
from globalban_bot.gather.coverage import LinksToRequest
from globalban_bot.model.notice import given_word, notice_marker
from globalban_bot.model.settling import Hurdle, HurdleLine, NoticeRevision, WikiTraces
from globalban_bot.model.target import Target
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask, ask_once, portions
from globalban_bot.wiki.api_values import first_second

_log = logging.getLogger(__name__)
#: The account by which MassMessage delivers, on all wikis of Wikimedia.
DELIVERER = 'MediaWiki message delivery'
_QUESTION = {
    'list': 'usercontribs|logevents',
    'ucprop': 'ids|title|timestamp|comment|tags',
    'uclimit': 'max',
    'letype': 'massmessage',
    'leprop': 'type|title|user|timestamp|details',
    'lelimit': 'max',
}
_TEXT = {'prop': 'revisions', 'rvprop': 'ids|content', 'rvslots': 'main'}
#: The end of the hidden comment of a delivery; what stands before it is in the language of the page.
_COMMENT = re.compile(r'index\.php\?title=([^&\s]+)&oldid=\d+ -->')
#: Revisions by one request, each with the one before it.
_AT_A_TIME = 25


@dataclass(frozen=True)
class NoticeSought:
    """The notice of a request, as it is looked for.

    :param lists: beginning of the titles of the lists of targets
    :param since: when the page of the request was made, or the first message sent
    """

    page_id: int
    bot: str
    lists: str
    links: LinksToRequest
    since: datetime


def read_traces(
    wikis: Queries, target: Target, sought: NoticeSought, pages: Collection[str], words: Sequence[str]
) -> WikiTraces | None:
    """Return what a wiki shows of the notice; None where it does not tell.

    :param pages: further titles to which messages were sent there
    :param words: what stands in the notice as it is planned now; empty where that is not known
    """
    try:
        return _Wiki(wikis, target, sought, words).traces(pages)
    except WikiError as error:
        _log.warning('%s: what became of the notice is not known (%s)', target.wiki, error)
        return None


@dataclass(frozen=True)
class _Wiki:
    wikis: Queries
    target: Target
    sought: NoticeSought
    words: Sequence[str]

    def traces(self, pages: Collection[str]) -> WikiTraces:
        texts: dict[str, str] = {}
        edits: list[ApiAnswer] = []
        lines: list[ApiAnswer] = []
        titles = {*pages, *self.target.names, *filter(None, [self.target.page])}
        for part in ask(self.wikis, self.target.url, 'usercontribs', 'logevents', **self._question()):
            edits += part.lines('query', 'usercontribs')
            lines += part.lines('query', 'logevents')
            texts |= _texts_of(part)
        edits = [edit for edit in edits if edit.text('title') in titles and self._may_give(edit)]
        revisions = sorted(self._revisions(edits, texts), key=lambda revision: revision.revision)
        hurdles = sorted(_hurdles(lines, titles), key=lambda line: line.at)
        return WikiTraces(tuple(revisions), tuple(hurdles))

    def _question(self) -> dict[str, str]:
        since = first_second(self.sought.since)
        accounts = f'{DELIVERER}|{self.sought.bot}'
        page = {} if self.target.page is None else {**_TEXT, 'titles': self.target.page}
        return {**_QUESTION, 'ucuser': accounts, 'ucend': since, 'leend': since, **page}

    def _may_give(self, edit: ApiAnswer) -> bool:
        if edit.text('user') == DELIVERER or edit.flag('commenthidden'):
            return True
        return (edit.text_if_any('comment') or '').endswith(given_word(self.sought.page_id))

    def _revisions(self, edits: Sequence[ApiAnswer], texts: Mapping[str, str]) -> Iterator[NoticeRevision]:
        notices: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
        pairs = self._pairs(edits)
        by_number = {edit.number('revid'): edit for edit in edits}
        for number, edit in by_number.items():
            if number in pairs and self._is_notice(added := _added(*pairs[number])):
                notices[edit.text('title')][number] = pairs[number][0], added
        for title, some in notices.items():
            standing = still_there(texts.get(title) or self._text(title), some, self._marks)
            for number in some:
                edit = by_number[number]
                same = self._same_words(edit, *pairs[number])
                yield NoticeRevision(
                    number, edit.time('timestamp'), stands=number in standing, same_words=same
                )

    def _same_words(self, edit: ApiAnswer, before: str, after: str) -> bool | None:
        """Tell whether an edit added the words of the notice; None where they are not known."""
        if edit.text('user') == self.sought.bot:
            # The bot sends what it has planned, and what it plans for a subject changes with a block.
            return True
        is_new = [after.count(word) > before.count(word) for word in self.words]
        return all(is_new) if is_new else None

    def _pairs(self, edits: Sequence[ApiAnswer]) -> dict[int, tuple[str, str]]:
        """Return the texts before and after edits, by the id of the revision; a hidden text is left out."""
        known = {0: ''}
        for some in portions(edits, _AT_A_TIME):
            numbers = {edit.number(key) for edit in some for key in ('revid', 'parentid')} - {0}
            question = {**_TEXT, 'revids': '|'.join(map(str, sorted(numbers)))}
            for part in ask(self.wikis, self.target.url, **question):
                for revision in part.revisions():
                    text = revision.content()
                    if text is not None:
                        known[revision.number('revid')] = text
        numbers_of = [(edit.number('parentid'), edit.number('revid')) for edit in edits]
        return {new: (known[old], known[new]) for old, new in numbers_of if old in known and new in known}

    def _text(self, title: str) -> str:
        """Return the text of a page as it is now; none of one that is missing."""
        return _texts_of(ask_once(self.wikis, self.target.url, titles=title, **_TEXT)).get(title, '')

    def _is_notice(self, added: str) -> bool:
        """Tell whether an edit of one of the two accounts added a notice of the request."""
        lists = [unquote_plus(match[1]).replace('_', ' ') for match in _COMMENT.finditer(added)]
        if any(title.startswith(self.sought.lists.replace('_', ' ')) for title in lists):
            return True
        here = self.target.url == self.wikis.home
        marked = notice_marker(self.sought.page_id) in added
        return marked or self.sought.links.linked_in(added, here=here)

    def _marks(self, added: str) -> set[str]:
        """Return what tells the notice on the page, though people may have changed its words."""
        marker = notice_marker(self.sought.page_id)
        return {*([marker] if marker in added else []), *(match[0] for match in _COMMENT.finditer(added))}


def _texts_of(part: ApiAnswer) -> dict[str, str]:
    return {
        page.text('title'): revision.content() or ''
        for page in part.lines('query', 'pages')
        for revision in page.lines('revisions')
    }


def _added(before: str, after: str) -> str:
    """Return what an edit appended, as notices are.

    An edit that changed more has expanded what others had planted: only its last line, with the hidden
    comment of a delivery, is known to be of the edit itself.
    """
    return after.removeprefix(before) if after.startswith(before) else after.rstrip().rpartition('\n')[2]


def _hurdles(lines: Sequence[ApiAnswer], titles: Collection[str]) -> Iterator[HurdleLine]:
    known = {hurdle.value: hurdle for hurdle in Hurdle}
    for line in lines:
        hurdle = known.get(line.text_if_any('action') or '')
        if hurdle is not None and line.text_if_any('title') in titles:
            params = line.log_params()
            details = params.value if params else {}
            subject, reason = details.get('subject'), details.get('reason')
            yield HurdleLine(
                hurdle,
                line.time('timestamp'),
                subject if isinstance(subject, str) else None,
                reason if isinstance(reason, str) else '',
            )


def still_there(
    text: str, notices: Mapping[int, tuple[str, str]], marks_of: Callable[[str], Collection[str]]
) -> frozenset[int]:
    """Return the notices that stand in a text.

    A notice stands where its longest line does, which has its own time in the signature. One whose words
    people have changed stands where a mark of it is left over. Each line and mark counts for one notice.

    :param notices: by id of the revision: the text before it, and what it added
    :param marks_of: returns what tells a notice in what a revision added: its marker, the address of the list
    """
    used = Counter[str]()
    standing: set[int] = set()
    numbers = sorted(notices)
    for number in numbers:
        added = notices[number][1]
        line = max(added.splitlines(), key=len, default='')
        if line and text.count(line) > used[line]:
            standing.add(number)
            used.update({line, *marks_of(added)})
    strangers = _strangers(notices, numbers, marks_of)
    for number in numbers:
        marks = [*marks_of(notices[number][1])]
        if number not in standing and any(text.count(mark) - strangers[mark] > used[mark] for mark in marks):
            standing.add(number)
            used.update(marks)
    return frozenset(standing)


def _strangers(
    notices: Mapping[int, tuple[str, str]],
    numbers: Sequence[int],
    marks_of: Callable[[str], Collection[str]],
) -> Counter[str]:
    """Return how often each mark stood on the page before the first notice."""
    marks = {mark for number in numbers for mark in marks_of(notices[number][1])}
    return Counter({mark: notices[numbers[0]][0].count(mark) for mark in marks})
