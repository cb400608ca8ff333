"""Find what became of the notices of a request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from globalban_bot.decide.settle import settle
from globalban_bot.gather.coverage import with_named_diff
from globalban_bot.gather.sends import read_send_lines, read_sends
from globalban_bot.gather.traces import NoticeSought, read_traces
from globalban_bot.jobs.progress import progress
from globalban_bot.model.notice import Audience, Coverage, Notice, NoticeState
from globalban_bot.model.request import Request
from globalban_bot.model.settling import Send
from globalban_bot.pages.target_list import read_target_list
from globalban_bot.profiles.loader import NoticeSettings
from globalban_bot.wiki.answers import Queries
from globalban_bot.wikitext.pending import pending_on
from globalban_bot.wikitext.request_links import RequestLinks

#: The words by which a notice is known, by wiki and page.
Words = Mapping[tuple[str, str | None], Sequence[str]]


@dataclass(frozen=True)
class Settler:
    """Looks for what became of the notices of a request.

    :param wikis: asks the wikis of the farm
    :param settings: how the communities are told
    :param bot: name of the bot's account
    :param by_bot: whether the bot itself may have sent some
    """

    wikis: Queries
    settings: NoticeSettings
    bot: str
    by_bot: bool

    def sends(self, page_id: int, since: datetime) -> tuple[Send, ...]:
        """Return the messages that were sent from the lists of a request since a moment, oldest first.

        :raises WikiError: the wiki with the requests does not tell
        """
        lists = self.settings.list_title(page_id, '')
        lines = [line for line in read_send_lines(self.wikis, since) if line.page.startswith(lists)]
        return read_sends(self.wikis, lines, self.bot, read_target_list)

    def settled(
        self,
        request: Request,
        coverage: Sequence[Coverage],
        sends: Sequence[Send],
        words: Words,
        now: datetime,
        diffs: Sequence[tuple[str, int]] = (),
    ) -> Iterator[Coverage]:
        """Yield what became of the notice of each target.

        A wiki is asked where somebody may have sent a notice to it, and nowhere else.

        :param diffs: host and revision of the diffs that the request names
        """
        page_id = request.page_id or 0
        since = min([one for one in (request.created, *(send.at for send in sends)) if one], default=now)
        links = RequestLinks(page_id, (request.title,), self.wikis.home)
        sought = NoticeSought(page_id, self.bot, self.settings.list_title(page_id, ''), links, since)
        for one in progress(coverage, 'looking for what became of notices'):
            target = one.target
            reaching = [send for send in sends if send.reached(target.host)]
            # The subject is told by edits alone.
            by_list = one.audience is Audience.COMMUNITY
            if not self._is_worth_asking(one, by_list and bool(reaching)):
                yield self._found_before(one, request, links, diffs)
                continue
            pages = frozenset(page for send in reaching for page in send.pages_on(target.host))
            known = words.get((target.wiki, target.page), ())
            traces = read_traces(self.wikis, target, sought, pages if by_list else (), known)
            found = settle(one, traces, sends if by_list else (), now)
            yield found if found.state.is_settled else self._found_before(found, request, links, diffs)

    def _found_before(
        self, coverage: Coverage, request: Request, links: RequestLinks, diffs: Sequence[tuple[str, int]]
    ) -> Coverage:
        named = [revision for host, revision in diffs if host == coverage.target.host]
        if not named or request.nominator is None or coverage.audience is not Audience.COMMUNITY:
            return coverage
        return with_named_diff(coverage, named, request.nominator, links, self.wikis, pending_on)

    def _is_worth_asking(self, coverage: Coverage, is_reached: bool) -> bool:
        can_be_asked = coverage.target.lack is None or coverage.state is not NoticeState.NOT_CHECKED
        return is_reached or (can_be_asked and (self.by_bot or coverage.state is NoticeState.LINKED))


def words_of(notices: Iterable[Notice]) -> Words:
    """Return the words by which notices are known: the heading, and what stands before the signature."""
    return {(one.target.wiki, one.target.page): _words(one) for one in notices}


def _words(notice: Notice) -> Sequence[str]:
    text = notice.body.partition('~~~~')[0]
    return f'== {notice.heading} ==', text.splitlines()[-1].strip()
