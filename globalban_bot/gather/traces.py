"""What a wiki shows of the notices of a request: revisions that put one there, and MassMessage's log.

One request a wiki, and one more where an account that delivers has edited one of the pages. The tag of a
delivery is set a moment later, so the account is asked for, not the tag.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from globalban_bot.errors import WikiError
from globalban_bot.gather.coverage import LinksToRequest
from globalban_bot.gather.still_there import still_there
from globalban_bot.model.notice import given_word, notice_marker
from globalban_bot.model.settling import Hurdle, HurdleLine, NoticeRevision, WikiTraces
from globalban_bot.model.target import Target
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    first_second,
    flag_at,
    log_params,
    mapping_at,
    mappings_at,
    number_at,
    optional_mappings,
    optional_text,
    text_at,
    time_at,
)
from globalban_bot.wiki.queries import Queries

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

    :param page_id: page id of the request
    :param bot: name of the bot's account
    :param lists: beginning of the titles of the lists of targets
    :param links: knows the links to the request
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
        with understood(target.url):
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
        edits: list[Mapping[str, Any]] = []
        lines: list[Mapping[str, Any]] = []
        titles = {*pages, *self.target.names, *filter(None, [self.target.page])}
        for number, part in enumerate(self.wikis.query(self.target.url, **self._question())):
            query = mapping_at(part, 'query')
            # What the first part leaves out would be taken for nothing.
            read = mappings_at if number == 0 else optional_mappings
            edits += read(query, 'usercontribs')
            lines += read(query, 'logevents')
            texts |= _texts_of(query)
        candidates = [one for one in edits if text_at(one, 'title') in titles and self._may_give(one)]
        revisions = sorted(self._revisions(candidates, texts), key=lambda trace: trace.revision)
        hurdles = sorted(_hurdles(lines, titles), key=lambda line: line.at)
        return WikiTraces(tuple(revisions), tuple(hurdles))

    def _question(self) -> dict[str, str]:
        since = first_second(self.sought.since)
        accounts = f'{DELIVERER}|{self.sought.bot}'
        page = {} if self.target.page is None else {**_TEXT, 'titles': self.target.page}
        return {**_QUESTION, 'ucuser': accounts, 'ucend': since, 'leend': since, **page}

    def _may_give(self, edit: Mapping[str, Any]) -> bool:
        if text_at(edit, 'user') == DELIVERER or flag_at(edit, 'commenthidden'):
            return True
        return (optional_text(edit, 'comment') or '').endswith(given_word(self.sought.page_id))

    def _revisions(
        self, edits: Sequence[Mapping[str, Any]], texts: Mapping[str, str]
    ) -> Iterator[NoticeRevision]:
        notices: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
        pairs = self._pairs(edits)
        for edit in edits:
            number = number_at(edit, 'revid')
            if number in pairs and self._is_notice(added := _added(*pairs[number])):
                notices[text_at(edit, 'title')][number] = pairs[number][0], added
        by_number = {number_at(edit, 'revid'): edit for edit in edits}
        for title, some in notices.items():
            standing = still_there(texts.get(title) or self._text(title), some, self._marks)
            for number in some:
                same = self._same_words(by_number[number], *pairs[number])
                at = time_at(by_number[number], 'timestamp')
                yield NoticeRevision(number, at, stands=number in standing, same_words=same)

    def _same_words(self, edit: Mapping[str, Any], before: str, after: str) -> bool | None:
        """Tell whether an edit added the words of the notice; None where they are not known."""
        if text_at(edit, 'user') == self.sought.bot:
            # The bot sends what it has planned, and what it plans for a subject changes with a block.
            return True
        return all(_is_new(word, before, after) for word in self.words) if self.words else None

    def _pairs(self, edits: Sequence[Mapping[str, Any]]) -> dict[int, tuple[str, str]]:
        """Return the texts before and after edits, by the id of the revision; a hidden text is left out."""
        known = {0: ''}
        for at in range(0, len(edits), _AT_A_TIME):
            some = edits[at : at + _AT_A_TIME]
            numbers = {number_at(one, key) for one in some for key in ('revid', 'parentid')} - {0}
            question = {**_TEXT, 'revids': '|'.join(map(str, sorted(numbers)))}
            for part in self.wikis.query(self.target.url, **question):
                for page in optional_mappings(mapping_at(part, 'query'), 'pages'):
                    for one in optional_mappings(page, 'revisions'):
                        text = optional_text(mapping_at(one, 'slots', 'main'), 'content')
                        if text is not None:
                            known[number_at(one, 'revid')] = text
        numbers_of = [(number_at(one, 'parentid'), number_at(one, 'revid')) for one in edits]
        return {new: (known[old], known[new]) for old, new in numbers_of if old in known and new in known}

    def _text(self, title: str) -> str:
        """Return the text of a page as it stands; none of one that is missing."""
        answer = next(self.wikis.query(self.target.url, titles=title, **_TEXT))
        return _texts_of(mapping_at(answer, 'query')).get(title, '')

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


def _texts_of(query: Mapping[str, Any]) -> dict[str, str]:
    return {
        text_at(page, 'title'): optional_text(mapping_at(one, 'slots', 'main'), 'content') or ''
        for page in optional_mappings(query, 'pages')
        for one in optional_mappings(page, 'revisions')
    }


def _added(before: str, after: str) -> str:
    """Return what an edit appended, as notices are.

    An edit that changed more has expanded what others had planted: only its last line, with the hidden
    comment of a delivery, is known to be of the edit itself.
    """
    return after.removeprefix(before) if after.startswith(before) else after.rstrip().rpartition('\n')[2]


def _is_new(word: str, before: str, after: str) -> bool:
    return after.count(word) > before.count(word)


def _hurdles(lines: Sequence[Mapping[str, Any]], titles: Collection[str]) -> Iterator[HurdleLine]:
    known = {one.value: one for one in Hurdle}
    for line in lines:
        hurdle = known.get(optional_text(line, 'action') or '')
        if hurdle is not None and optional_text(line, 'title') in titles:
            params = log_params(line) or {}
            reason = params.get('reason')
            subject = params.get('subject')
            yield HurdleLine(
                hurdle,
                time_at(line, 'timestamp'),
                subject if isinstance(subject, str) else None,
                reason if isinstance(reason, str) else '',
            )
