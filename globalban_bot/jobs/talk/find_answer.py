"""Find the answer to a command."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from globalban_bot.act.writer import Writer
from globalban_bot.errors import WikiError
from globalban_bot.gather.request_source import Source
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.notices.job import NoticeSurvey
from globalban_bot.jobs.request_reader import RequestReader
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.command import ODD, CommandName, CommandUse
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.revision import Page
from globalban_bot.model.talk import TalkPage
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.controls import CommandSettings
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.answer import form_of, nomination_text, recount_text, status_text
from globalban_bot.render.notice_words import coverage_text

#: In a box: the revision that was counted.
_COUNTED = re.compile(r'\[\[Special:PermanentLink/(\d+)\|')
#: Says an answer in a language.
Say = Callable[[Messages], str]


@dataclass(frozen=True)
class Answerer:
    """Answers commands; each is looked up anew.

    :param source: the wiki with the requests
    :param requests: reads them, with what is found on their nominations
    :param candidates: the requests, by page id
    :param writer: knows the boxes
    :param settings: commands of the wiki
    :param notices: finds which communities were told of the request with a page id, and posts that
    :param as_of: the moment of the run (aware, UTC)
    """

    source: Source
    requests: RequestReader
    candidates: Mapping[int, RequestRef]
    writer: Writer
    profile: Profile
    settings: CommandSettings
    notices: Callable[[int], NoticeSurvey]
    as_of: datetime

    def request_of(self, use: CommandUse, page: TalkPage) -> RequestRef | None:
        """Return the request that a command is about; None where it is about none."""
        argument = use.command.argument
        if not argument:
            return self.candidates.get(page.subject_id or 0)
        return None if argument == ODD else self.candidates.get(int(argument))

    def answer(self, use: CommandUse, page: TalkPage) -> Say:
        """Return what answers a command.

        :raises WikiError: the wiki does not tell; the command may be answered later
        """
        ask, argument = use.command.ask, use.command.argument
        request = self.request_of(use, page)
        if request is not None:
            return self._question(ask, request, page)
        if argument in {'', ODD}:
            form = form_of(self.settings.template, ask.value, '12345')
            return lambda messages: messages.get('answer-number', form)
        return lambda messages: messages.get('answer-no-request')

    def _question(self, ask: CommandName, request: RequestRef, page: TalkPage) -> Say:
        box = self._box(request)
        # What was taken away for good is not told by another way.
        if box.is_gone:
            return lambda messages: messages.get('answer-no-request')
        say = self._fact(ask, request, box)
        if request.page_id == page.subject_id:
            return say
        link = f'[[Special:Redirect/page/{request.page_id}|{request.page_id}]]'
        return lambda messages: f'{messages.get("answer-about", link)} {say(messages)}'

    def _fact(self, ask: CommandName, request: RequestRef, box: CurrentPage) -> Say:
        if ask is CommandName.STATUS:
            return self._status(request, box)
        if ask is CommandName.RECOUNT:
            return self._recount(request, box)
        if ask is CommandName.NOMINATION:
            found = self._judged(request)
            return lambda messages: nomination_text(found, messages, self.as_of)
        return self._coverage(request)

    def _box(self, request: RequestRef) -> CurrentPage:
        title = self.profile.box_title(request.page_id)
        return self.writer.states([title])[title]

    def _status(self, request: RequestRef, box: CurrentPage) -> Say:
        """Tell the state, with a link to the box: the box itself changes, and its table breaks a list."""
        page = self.source.read(request)
        found = self.requests.reading.read_page(page, self.requests.reader, self.as_of)
        return lambda messages: f'{status_text(found, messages, self.as_of)} {_box_or_none(box, messages)}'

    def _recount(self, request: RequestRef, box: CurrentPage) -> Say:
        """Count now, and as it stood when the box was made: both by the same reader."""
        page = self.source.read(request)
        read, reader = self.requests.reading.read_page, self.requests.reader
        now = read(page, reader, self.as_of)
        since = box.marker.as_of if box.marker is not None and box.is_of(self.writer.bot) else None
        then = None if since is None else _as_counted(page, box, since)
        before = None if since is None or then is None else read(then, reader, since)
        return lambda messages: ' '.join(
            [recount_text(now, before, since, messages, self.as_of), *_box_link(box, messages)]
        )

    def _coverage(self, request: RequestRef) -> Say:
        found = self._notices(request)
        if not isinstance(found, NoticeSurvey):
            return found
        return lambda messages: ' '.join(
            [
                messages.get(
                    'answer-coverage', messages.time(self.as_of), coverage_text(found.coverage, messages)
                ),
                self._plan_link(request, messages),
            ]
        )

    def _notices(self, request: RequestRef) -> NoticeSurvey | Say:
        """Return what was found on notices, or why there is nothing to find."""
        if self.profile.notices is None:
            return lambda messages: messages.get('answer-people')
        if self._judged(request).nomination is None:
            return lambda messages: messages.get('answer-nobody')
        return self.notices(request.page_id or 0)

    def _judged(self, request: RequestRef) -> Tally:
        """Return a request with what was found on its nomination; None there is said of no account alone."""
        found = self.requests.tally(request)
        if request.page_id in self.requests.unjudged:
            raise WikiError('the nomination cannot be judged')
        return found

    def _plan_link(self, request: RequestRef, messages: Messages) -> str:
        if self.profile.notices is None:
            return ''
        page = self.profile.notices.plan_page.format(page_id=request.page_id)
        return f'[[{page}|{messages.get("answer-plan")}]]'


def _as_counted(page: Page, box: CurrentPage, since: datetime) -> Page | None:
    """Return a request as its box has counted it; None where that cannot be read any more.

    Another revision tells other changes than there were, and by that that one was hidden.
    """
    link = _COUNTED.search(box.body)
    numbers = [one.id for one in page.revisions]
    if link is None:
        then = page.at(since)
    elif int(link[1]) in numbers:
        then = replace(page, revisions=page.revisions[: numbers.index(int(link[1])) + 1])
    else:
        then = None
    return None if then is None or then.live.text is None else then


def _box_link(box: CurrentPage, messages: Messages) -> Iterator[str]:
    if box.revision is not None:
        yield f'[[{box.title}|{messages.get("answer-box")}]]'


def _box_or_none(box: CurrentPage, messages: Messages) -> str:
    return next(_box_link(box, messages), messages.get('answer-no-box'))
