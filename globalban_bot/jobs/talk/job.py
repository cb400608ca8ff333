"""Answer what people ask on talk pages, once, and bring up to date what they asked to be counted anew.

Nothing is remembered but on the wiki: the page of answers tells which revision of the talk page was read
last; a box that is older than the answer to a recount is still to follow.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from globalban_bot.act.writer import Writer
from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.decide.rate_limit import DAY
from globalban_bot.errors import GlobalbanError, Stopped, UserError
from globalban_bot.gather.fresh_pages import pages_with
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.status_job import Approve, StatusReport
from globalban_bot.jobs.sync import sync_pages
from globalban_bot.jobs.talk.process_page import PageResult, TalkPageProcessor
from globalban_bot.model.command import CommandName
from globalban_bot.model.marker import digest
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason
from globalban_bot.model.talk import Answers, TalkPage
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.answers import answers_facts, render_answers
from globalban_bot.wikitext.answers import read_answers, standing_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TalkJob:
    """What a run works on.

    :param hearing: hears talk pages, and answers
    :param writer: where the answers go
    :param recount: brings the boxes of requests up to date, by their page ids; None where boxes are left
    :param check_stop: raises ``Stopped`` when the run was asked to end
    """

    hearing: TalkPageProcessor
    writer: Writer
    profile: Profile
    messages: Messages
    recount: Callable[[frozenset[int]], StatusReport] | None
    check_stop: Callable[[], None] = lambda: None

    @property
    def as_of(self) -> datetime:
        """The moment of the run (UTC)."""
        return self.hearing.as_of

    def answers_page(self, talk_id: int) -> str:
        """Return the title of the page with the answers to a talk page."""
        return self.hearing.settings.answers_page(talk_id)


@dataclass(frozen=True)
class TalkReport:
    """What a run made.

    :param outcome: what became of the pages of answers
    :param recounted: what became of the boxes; None where nobody asked
    :param failures: what could not be answered, by page id; nobody is named
    """

    outcome: Outcome
    recounted: StatusReport | None
    failures: tuple[str, ...]


def answer_talk(job: TalkJob, approve: Approve) -> TalkReport:
    """Run the job once.

    :param approve: is shown the plan before anything is edited
    :raises UnsafePlanError: the brake held the plan back
    :raises WikiError: the talk pages cannot be listed, or the pages of answers not be read
    """
    hearing = job.hearing
    called = pages_with(hearing.wikis, hearing.settings.template, lambda title: _may_be_answered(job, title))
    pages = [page for page in called if _is_answered(job, page)]
    states = job.writer.states([job.answers_page(page.page_id) for page in pages]) if pages else {}
    failures: list[str] = []
    heard = [*_hear_all(job, pages, states, failures)]
    outcome = _post(job, heard, approve)
    recounted = None if outcome.stopped else _recount(job, [one.answers for one in heard])
    return TalkReport(outcome, recounted, tuple(failures))


def _may_be_answered(job: TalkJob, title: str) -> bool:
    """Tell by the title of a page whether it need be looked up: others may be very many."""
    subject = title.partition(':')[2]
    requests = (one.title for one in job.hearing.answerer.candidates.values())
    return title == job.profile.report_page or any(
        subject in {request, request.partition(':')[2]} for request in requests
    )


def _is_answered(job: TalkJob, page: TalkPage) -> bool:
    """Tell whether a page is the talk page of a request, or the bot's own: copies and archives are not."""
    return page.subject_id in job.hearing.answerer.candidates or page.title == job.profile.report_page


def _hear_all(
    job: TalkJob, pages: Sequence[TalkPage], states: Mapping[str, CurrentPage], failures: list[str]
) -> Iterator[PageResult]:
    """Hear pages until as many answers are due as a run may save; the next run hears the others."""
    due = 0
    for page in pages:
        if due == job.profile.limits.edits:
            _log.warning('answers are due on more pages than one run may edit: the next one goes on')
            return
        heard = _hear(job, page, states, failures)
        if heard is not None:
            due += heard.is_new
            yield heard


def _hear(
    job: TalkJob, page: TalkPage, states: Mapping[str, CurrentPage], failures: list[str]
) -> PageResult | None:
    """Hear a page; one that cannot be read never stops the rest."""
    job.check_stop()
    try:
        state = states[job.answers_page(page.page_id)]
        before = read_answers(state, page.page_id, job.writer.bot)
        # What others write on that page tells nothing, its time included.
        marker = state.marker if state.is_of(job.writer.bot) else None
        # A stamp of tomorrow (a clock that was wrong) must not make the bot deaf.
        answered = None if marker is None else min(marker.as_of, job.as_of)
        heard = job.hearing.hear(page, before, answered)
    except (UserError, Stopped):
        raise
    except Exception as error:
        # What the wiki said may name people: it is for the operator.
        said = error if isinstance(error, GlobalbanError) else type(error).__name__
        _log.warning('talk page %s: %s', page.page_id, said)
        failures.append(f'talk page {page.page_id}: could not be read')
        return None
    failures += [f'talk page {page.page_id}: {one.ask.value} could not be answered' for one in heard.failed]
    return heard


# --- answers -----------------------------------------------------------------------------------------


def _post(job: TalkJob, heard: Sequence[PageResult], approve: Approve) -> Outcome:
    pages = [*_pages(job, (one.answers for one in heard if one.is_new))]
    if not pages:
        return Outcome()
    rules = PlanContext(job.writer.bot, job.as_of, recounted=frozenset(page.title for page, _ in pages))
    return sync_pages(job.writer, pages, rules, job.profile.limits, approve, EditReason.ANSWERS)


def _pages(job: TalkJob, read: Iterator[Answers]) -> Iterator[tuple[DesiredPage, str]]:
    for one in read:
        wanted = DesiredFacts(job.answers_page(one.talk_id), digest(answers_facts(one)), standing_of(one))
        page = DesiredPage(wanted, render_answers(one, job.messages), job.as_of)
        yield page, job.messages.get('summary-answers', one.talk_id)


# --- boxes -------------------------------------------------------------------------------------------


def _recount(job: TalkJob, read: Sequence[Answers]) -> StatusReport | None:
    owed = frozenset() if job.recount is None else _owed(job, read)
    return job.recount(owed) if job.recount is not None and owed else None


def _owed(job: TalkJob, read: Sequence[Answers]) -> frozenset[int]:
    """Return the requests whose boxes are older than a recount that was asked for in the last day."""
    asked = (
        (one.time, one.request)
        for answers in read
        for one in answers.answers
        if one.command.ask is CommandName.RECOUNT and one.request is not None and job.as_of - one.time < DAY
    )
    # On several talk pages, the last one holds. What is no request any more is owed nothing.
    there = job.hearing.answerer.candidates
    recounts = {request: time for time, request in sorted(asked) if request in there}
    boxes = {page_id: job.profile.box_title(page_id) for page_id in recounts}
    states = job.writer.states(boxes.values()) if boxes else {}
    return frozenset(page_id for page_id, time in recounts.items() if _is_older(states[boxes[page_id]], time))


def _is_older(box: CurrentPage, time: datetime) -> bool:
    return not box.is_gone and (box.marker is None or box.marker.as_of < time)
