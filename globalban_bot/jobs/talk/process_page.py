"""Hear what was asked on one talk page since the last run, and answer it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from globalban_bot.decide.last_answers import last_answers, tells_limit
from globalban_bot.decide.rate_limit import DAY, judge_limits
from globalban_bot.errors import GlobalbanError, Stopped, UserError
from globalban_bot.gather.fresh_pages import read_revisions
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.talk.find_answer import Answerer, Say
from globalban_bot.model.command import CommandUse, TalkCommand
from globalban_bot.model.talk import Answer, Answers, TalkPage
from globalban_bot.profiles.controls import CommandSettings
from globalban_bot.render.answer import answer_text, question_text
from globalban_bot.wiki.answers import Queries
from globalban_bot.wikitext.asked import read_asked
from globalban_bot.wikitext.commands import CommandReader

#: What was asked longer ago on a page without answers is not answered any more.
RECENT = timedelta(days=30)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PageResult:
    """What was heard on a talk page.

    :param answers: all answers to it, those of before included
    :param is_new: whether there are new ones
    :param failed: commands whose answer could not be looked up
    """

    answers: Answers
    is_new: bool = False
    failed: tuple[TalkCommand, ...] = ()


@dataclass(frozen=True)
class TalkPageProcessor:
    """Hears talk pages.

    :param wikis: asks the wiki
    :param reader: reads commands
    :param answerer: finds answers
    :param languages: those in which answers are shown, beside English
    :param as_of: the moment of the run (aware, UTC)
    """

    wikis: Queries
    reader: CommandReader
    answerer: Answerer
    settings: CommandSettings
    languages: tuple[str, ...]
    as_of: datetime

    def hear(self, page: TalkPage, before: Answers, answered: datetime | None) -> PageResult:
        """Answer what was asked on a page since it was read last.

        :param before: the answers that stand
        :param answered: when they were saved (UTC); None where there are none
        :raises WikiError: the history of the page cannot be read
        """
        if page.revision <= before.seen:
            return PageResult(before)
        since = self.as_of - RECENT if answered is None else answered - DAY
        revisions = read_revisions(self.wikis, page.title, since)
        # What the first one already had was read before, or was asked too long ago.
        asked = [one for one in read_asked(revisions, self.reader) if one.time > since]
        limits = judge_limits(asked, self.settings.person, self.settings.page)
        new = [one for one in limits if one.stands and one.revision > before.seen]
        failed: list[TalkCommand] = []
        answered_now = self._answers([one for one in new if limits[one] is None], page, failed)
        refused = self._refusals({one: after for one in new if (after := limits[one])}, before)
        fresh = sorted((*answered_now, *refused), key=lambda use: use.revisions)
        answers = last_answers((*before.answers, *fresh))
        if answers == before.answers:
            # That it was read again is no reason for an edit.
            return PageResult(before)
        return PageResult(Answers(page.page_id, revisions[-1].id, answers), is_new=True, failed=tuple(failed))

    def _answers(
        self, uses: Sequence[CommandUse], page: TalkPage, failed: list[TalkCommand]
    ) -> Iterator[Answer]:
        """Yield an answer to each command; all who have asked it since the last run share it."""
        for same in _by_command(uses).values():
            say = self._say(same[-1], page, failed)
            request = self.answerer.request_of(same[-1], page)
            yield self._answer(same, say, request=None if request is None else request.page_id)

    def _refusals(self, uses: Mapping[CommandUse, datetime], before: Answers) -> Iterator[Answer]:
        """Yield a word on limits for each command; it is about no request, so that no box is owed."""
        told = [*before.answers]
        for command, same in _by_command([*uses]).items():
            if tells_limit(command, told, self.settings.page, self.as_of):
                say = self._limit(max(uses[one] for one in same))
                told.append(self._answer(same, say, is_limit=True))
                yield told[-1]

    def _limit(self, after: datetime) -> Say:
        limits = (self.settings.person, self.settings.page)
        return lambda messages: messages.get('answer-limit', *limits, messages.time(after))

    def _answer(
        self, uses: Sequence[CommandUse], say: Say, *, request: int | None = None, is_limit: bool = False
    ) -> Answer:
        def spoken(messages: Messages) -> str:
            return f'{question_text(uses, messages)} {say(messages)}'

        revisions = tuple(one.revision for one in uses)
        text = answer_text(spoken, self.languages)
        return Answer(uses[0].command, text, revisions, self.as_of, request, is_limit)

    def _say(self, use: CommandUse, page: TalkPage, failed: list[TalkCommand]) -> Say:
        """Return an answer; that one cannot be looked up never stops the rest."""
        try:
            return self.answerer.answer(use, page)
        except (UserError, Stopped):
            raise
        except Exception as error:
            # What the wiki said may name people: it is for the operator.
            said = error if isinstance(error, GlobalbanError) else type(error).__name__
            _log.warning('talk page %s, %s: %s', page.page_id, use.command.ask.value, said)
            failed.append(use.command)
            return lambda messages: messages.get('answer-failed')


def _by_command(uses: Sequence[CommandUse]) -> dict[TalkCommand, list[CommandUse]]:
    commands: dict[TalkCommand, list[CommandUse]] = {}
    for one in uses:
        commands.setdefault(one.command, []).append(one)
    return commands
