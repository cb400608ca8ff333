"""The pages of the status job as they should be: a box for each request, and the list of requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from globalban_bot.decide.brake import PositionsAt
from globalban_bot.decide.page_plan import PageMaker
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.ready_plans import has_ready_plan, plan_title
from globalban_bot.jobs.request_reader import RequestReader
from globalban_bot.jobs.settings import titles_told
from globalban_bot.jobs.status_job import StatusJob
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.marker import digest
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.summary import RequestSummary, SummaryRow
from globalban_bot.render.board import board_facts, board_standing, render_board
from globalban_bot.render.box import render_box
from globalban_bot.render.multilingual import in_languages
from globalban_bot.render.settings import board_note, problem_facts
from globalban_bot.render.unread import unread_facts, unread_note


@dataclass(frozen=True)
class RequestBatch:
    """The requests in short.

    :param complete: whether the board can be made: no request was left out, or may be read by the next run
    :param unread: page ids of requests that cannot be read, whatever is asked again
    :param gone: titles of pages about requests that are none any more; None where that is not known
    """

    summaries: tuple[tuple[RequestRef, RequestSummary], ...]
    complete: bool
    unread: tuple[int, ...] = ()
    gone: tuple[str, ...] | None = ()


def owned_titles(job: StatusJob, batch: RequestBatch) -> list[str]:
    """Return the titles of all pages that the status job keeps."""
    boxes = (job.profile.box_title(summary.page_id) for _, summary in batch.summaries)
    plans = filter(None, (plan_title(job.profile, summary) for _, summary in batch.summaries))
    told = titles_told(job.in_force, job.profile)
    return [*(batch.gone or ()), *boxes, *plans, job.profile.board_page, job.profile.log_page, *told]


def desired_pages(
    job: StatusJob, requests: RequestReader, batch: RequestBatch, states: Mapping[str, CurrentPage]
) -> Iterator[PageMaker]:
    """Yield the owned pages: a box for each request, then the board."""
    rows: list[SummaryRow] = []
    for candidate, summary in batch.summaries:
        wanted = _box(job, summary)
        if not states[wanted.title].is_forgotten:
            ready = has_ready_plan(job.profile, summary, states, job.writer.bot)
            rows.append(_row(candidate, summary, ready=ready))
        yield PageMaker(wanted, _box_maker(job, requests, candidate), _counter(requests, candidate))
    problem = '\n'.join(filter(None, [problem_facts(job.in_force), unread_facts(batch.unread)]))
    facts = digest(board_facts(rows, job.profile.languages, problem))
    board = DesiredFacts(job.profile.board_page, facts, digest(board_standing(rows, problem)))
    yield PageMaker(board, _board_maker(job, board, rows, batch.unread) if batch.complete else None)


def _row(candidate: RequestRef, summary: RequestSummary, *, ready: bool) -> SummaryRow:
    return SummaryRow(
        candidate.title,
        summary.page_id,
        summary.opened,
        summary.phase,
        summary.since,
        summary.urgent,
        summary.looks,
        ready,
    )


def _box(job: StatusJob, summary: RequestSummary) -> DesiredFacts:
    return DesiredFacts(
        job.profile.box_title(summary.page_id), summary.facts, summary.standing, summary.positions
    )


def _box_maker(
    job: StatusJob, requests: RequestReader, candidate: RequestRef
) -> Callable[[], tuple[DesiredPage, str]]:
    def make() -> tuple[DesiredPage, str]:
        tally = requests.tally(candidate)
        with requests.named(candidate.page_id):
            summary = job.messages.get('summary-box', tally.request.page_id, tally.request.revision)
            body = in_languages(lambda m: render_box(tally, job.profile, m, job.as_of), job.profile.languages)
        return DesiredPage(_box(job, requests.refreshed(candidate)), body, job.as_of), summary

    return make


def _counter(requests: RequestReader, candidate: RequestRef) -> PositionsAt:
    return lambda at: requests.positions_at(candidate, at)


def _board_maker(
    job: StatusJob, wanted: DesiredFacts, rows: list[SummaryRow], unread: Sequence[int]
) -> Callable[[], tuple[DesiredPage, str]]:
    def make() -> tuple[DesiredPage, str]:
        def board(messages: Messages) -> str:
            notes = board_note(job.in_force, job.profile.settings, messages), unread_note(unread, messages)
            note = '\n\n'.join(filter(None, notes))
            return render_board(rows, job.profile, messages, job.as_of, note)

        body = in_languages(board, job.profile.languages)
        return DesiredPage(wanted, body, job.as_of), job.messages.get('summary-board')

    return make
