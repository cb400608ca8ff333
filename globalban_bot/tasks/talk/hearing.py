"""Hear what was asked on one talk page since the last run, and answer it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from globalban_bot.decide.flood import DAY, within_limits
from globalban_bot.errors import GlobalbanError, Stopped, UserError
from globalban_bot.gather.pages_now import read_revisions
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.command import Asked, Command
from globalban_bot.model.revision import Revision
from globalban_bot.model.talk import Answer, Answers, TalkPage
from globalban_bot.profiles.controls import CommandSettings
from globalban_bot.render.answer import answer_text
from globalban_bot.tasks.talk.answering import Answerer, Say
from globalban_bot.wiki.queries import Queries
from globalban_bot.wikitext.commands import CommandReader, read_asked

#: What was asked longer ago on a page without answers is not answered any more.
RECENT = timedelta(days=30)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heard:
    """What was heard on a talk page.

    :param page: the page
    :param answers: all answers to it, those of before included
    :param fresh: what was answered in this run
    :param revisions: of the page, oldest first, as far as they were read
    :param failed: commands whose answer could not be looked up
    """

    page: TalkPage
    answers: Answers
    fresh: tuple[tuple[Asked, Say], ...] = ()
    revisions: tuple[Revision, ...] = ()
    failed: tuple[Command, ...] = ()


@dataclass(frozen=True)
class Hearing:
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

    def hear(self, page: TalkPage, before: Answers, answered: datetime | None) -> Heard:
        """Answer what was asked on a page since it was read last.

        :param before: the answers that stand
        :param answered: when they were saved (UTC); None where there are none
        :raises WikiError: the history of the page cannot be read
        """
        if page.revision <= before.seen:
            return Heard(page, before)
        since = self.as_of - RECENT if answered is None else answered - DAY
        revisions = read_revisions(self.wikis, page.title, since)
        # What the first one already had was read before, or was asked too long ago.
        asked = [one for one in read_asked(revisions, self.reader) if one.time > since]
        newest = revisions[-1].text if revisions else None
        new = [*self._new(asked, before.seen, frozenset(self.reader.read(newest or '')))]
        if not new:
            # That it was read again is no reason for an edit.
            return Heard(page, before)
        failed: list[Command] = []
        fresh = tuple((one, self._say(one, page, failed)) for one, within in new if within)
        answers = Answers(page.page_id, revisions[-1].id, self._all(page, before, new, fresh))
        if answers.answers == before.answers:
            return Heard(page, before)
        return Heard(page, answers, fresh, revisions, tuple(failed))

    def _new(
        self, asked: Sequence[Asked], seen: int, there: frozenset[Command]
    ) -> Iterator[tuple[Asked, bool]]:
        """Yield each command that was asked since, once, and whether it is answered.

        :param there: what stands on the page: of two questions that are alike one may be gone
        """
        allowed = {*within_limits(asked, self.settings.person, self.settings.page)}
        new: dict[Command, tuple[Asked, bool]] = {}
        for one in asked:
            if one.command in there and one.revision > seen:
                before = new.get(one.command)
                new[one.command] = (one, one in allowed or (before is not None and before[1]))
        yield from new.values()

    def _say(self, asked: Asked, page: TalkPage, failed: list[Command]) -> Say:
        """Return an answer; that one cannot be looked up never stops the rest."""
        try:
            return self.answerer.answer(asked, page)
        except (UserError, Stopped):
            raise
        except Exception as error:
            # What the wiki said may name people: it is for the operator.
            said = error if isinstance(error, GlobalbanError) else type(error).__name__
            _log.warning('talk page %s, %s: %s', page.page_id, asked.command.ask.value, said)
            failed.append(asked.command)
            return lambda messages: messages.get('answer-failed')

    def _all(
        self,
        page: TalkPage,
        before: Answers,
        new: Sequence[tuple[Asked, bool]],
        fresh: Sequence[tuple[Asked, Say]],
    ) -> tuple[Answer, ...]:
        """Return what stands on the page of answers, the oldest first."""
        answered = {one.command: self._answer(one, say, page) for one, say in fresh}
        old = {one.command: one for one in before.answers if one.command not in answered}
        # What was asked too often is told in few words, and takes no other answer's place.
        refused = [one for one, _ in new if one.command not in {*answered, *old}]
        limits = (self._refusal(one) for one in refused)
        return (*limits, *old.values(), *answered.values())

    def _answer(self, asked: Asked, say: Say, page: TalkPage) -> Answer:
        request = self.answerer.request_of(asked, page)
        number = None if request is None else request.page_id
        return Answer(asked.command, answer_text(say, self.languages), asked.revision, self.as_of, number)

    def _refusal(self, asked: Asked) -> Answer:
        """Return the answer to what was asked too often: it is about no request, so that nothing is owed."""
        text = answer_text(lambda messages: messages.get('answer-limit'), self.languages)
        return Answer(asked.command, text, asked.revision, self.as_of)

    def in_english(self, say: Say) -> str:
        """Return an answer as it stands in a reply."""
        return say(Messages())
