"""Find the requests, read them, tally them, and bring board and boxes up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from globalban_bot.act.apply_edits import make_edits
from globalban_bot.decide.brake import check_brake
from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.decide.page_plan import held_back, plan_pages
from globalban_bot.errors import UnreadError, WikiError
from globalban_bot.jobs.alarms import GONE_NOT_KNOWN, alarms_of, gone_alarms
from globalban_bot.jobs.gone_boxes import find_gone, gone_titles, plan_gone
from globalban_bot.jobs.progress import progress
from globalban_bot.jobs.request_reader import RequestReader
from globalban_bot.jobs.runlog import plan_log
from globalban_bot.jobs.select_requests import find_requests
from globalban_bot.jobs.settings import check_runs, plan_in_force, titles_told
from globalban_bot.jobs.status_job import Approve, StatusJob, StatusOptions, StatusReport
from globalban_bot.jobs.status_pages import RequestBatch, desired_pages, owned_titles
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.limits import Limits
from globalban_bot.model.outcome import Outcome, Refused, failure_of
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import Plan
from globalban_bot.model.refusal import Refusal
from globalban_bot.model.settings import Task
from globalban_bot.model.summary import RequestSummary
from globalban_bot.render.board import in_order

#: A page that somebody edits at the same moment is planned anew so many times.
MOST_TRIES = 3


def update_status(job: StatusJob, choice: StatusOptions, approve: Approve) -> StatusReport:
    """Run the job once.

    :param approve: is shown the plan before anything is edited
    :raises Stopped: the settings on the wiki switch the job off
    :raises UnsafePlanError: the brake held the plan back
    :raises WikiError: the requests cannot be listed, or the owned pages not be read
    """
    if not job.in_force.settings.runs(Task.STATUS):
        _keep_settings(job, choice, approve)
        check_runs(job.in_force, Task.STATUS, job.profile)
    candidates = [*job.source.candidates()]
    requests = RequestReader(
        job.source, job.reader, job.cache, job.profile, job.messages, job.as_of, job.nominations, job.reading
    )
    batch = _summaries(job, _chosen(candidates, choice), requests, choice)
    if not choice.requests:
        batch = replace(batch, gone=gone_titles(job, find_gone(job, candidates)))
    rules = _rules(job, choice, batch)
    first, outcome, approved = _carry_out(job, choice, requests, batch, rules, approve)
    alarms = _alarms(job, batch, candidates, first)
    if approved and outcome.stopped is None:
        outcome = _log_run(
            job, outcome, requests, batch, rules, alarms, None if first.edits else first.states
        )
    tallies = tuple(in_order([*requests.read.values()]))
    failures = _failures(requests, outcome)
    return StatusReport(tuple(candidates), tallies, first, outcome, failures, alarms)


def _keep_settings(job: StatusJob, choice: StatusOptions, approve: Approve) -> None:
    """Tell of the settings alone: that the job is switched off, too, has to outlast a bad edit."""
    rules = PlanContext(job.writer.bot, job.as_of, choice.rearmed)
    states = job.writer.states(titles_told(job.in_force, job.profile))
    plan = plan_in_force(job.in_force, job.profile, states, job.messages, rules)
    if plan.edits and approve(plan):
        make_edits(plan.edits, job.writer)


def _chosen(candidates: list[RequestRef], choice: StatusOptions) -> list[RequestRef]:
    """Return the requests that were asked for, the newest first."""
    every = (c for c in candidates if c.is_request)
    chosen = find_requests(candidates, choice.requests) if choice.requests else every
    return sorted(chosen, key=lambda c: c.page_id or 0, reverse=True)


def _summaries(
    job: StatusJob, chosen: list[RequestRef], requests: RequestReader, choice: StatusOptions
) -> RequestBatch:
    """Read the requests; one that cannot be read never stops the rest."""
    summaries: list[tuple[RequestRef, RequestSummary]] = []
    wanted = chosen[: choice.limit]
    for candidate in progress(wanted, 'reading requests'):
        job.check_stop()
        # One that cannot be read is remembered and logged there.
        with suppress(UnreadError):
            summaries.append((candidate, requests.summary(candidate)))
    unread = tuple(sorted(number for number, error in requests.unread.items() if number and error.reason))
    complete = not choice.requests and len(summaries) + len(unread) == len(chosen)
    return RequestBatch(tuple(summaries), complete, unread)


def _rules(job: StatusJob, choice: StatusOptions, batch: RequestBatch) -> PlanContext:
    boxes = frozenset(job.profile.box_title(s.page_id) for _, s in batch.summaries)
    return PlanContext(job.writer.bot, job.as_of, choice.rearmed, boxes if choice.recount else frozenset())


def _carry_out(
    job: StatusJob,
    choice: StatusOptions,
    requests: RequestReader,
    batch: RequestBatch,
    rules: PlanContext,
    approve: Approve,
) -> tuple[Plan, Outcome, bool]:
    """Plan and carry out, again on fresh pages where somebody edited meanwhile.

    :return: the first plan, what became of it, and whether it was approved
    """
    limits = job.profile.limits if choice.brake else None
    first = plan = _plan(job, requests, batch, rules, limits, set())
    done: tuple[str, ...] = ()
    refused = held_back(plan)
    stopped: str | None = None
    if choice.brake:
        # Once: what is planned anew below is a part of this plan.
        check_brake(plan, job.profile.limits)
    for _ in range(MOST_TRIES):
        if not approve(plan):
            return first, Outcome(done, refused), False
        outcome = make_edits(plan.edits, job.writer)
        refused = (*_lasting(refused), *outcome.refused)
        done, stopped = (*done, *outcome.done), outcome.stopped
        if stopped or refused == _lasting(refused):
            break
        settled = {*done, *(one.title for one in _lasting(refused))}
        plan = _plan(job, requests, batch, rules, limits, settled)
        refused = (*refused, *held_back(plan))
        if not plan.edits:
            # A page that a person has taken meanwhile is left, not refused: nothing more to ask about.
            refused = _lasting(refused)
            break
    return first, Outcome(done, refused, stopped), True


def _lasting(refused: tuple[Refused, ...]) -> tuple[Refused, ...]:
    return tuple(one for one in refused if not one.refusal.is_conflict)


def _plan(
    job: StatusJob,
    requests: RequestReader,
    batch: RequestBatch,
    rules: PlanContext,
    limits: Limits | None,
    settled: set[str],
) -> Plan:
    states = job.writer.states(owned_titles(job, batch))
    told = plan_in_force(job.in_force, job.profile, states, job.messages, rules)
    told = replace(told, edits=tuple(edit for edit in told.edits if edit.title not in settled))
    gone = plan_gone(job, [title for title in batch.gone or () if title not in settled], states, rules)
    pages = (page for page in desired_pages(job, requests, batch, states) if page.title not in settled)
    return told.with_more(gone).with_more(plan_pages(pages, states, rules, limits))


def _failures(requests: RequestReader, outcome: Outcome) -> tuple[str, ...]:
    """Return what was not done; what the wiki said may name people, so that it is no part of it."""
    unread = (error.public for error in requests.unread.values())
    return (*unread, *map(failure_of, outcome.refused))


def _alarms(
    job: StatusJob, batch: RequestBatch, candidates: Sequence[RequestRef], first: Plan
) -> tuple[str, ...]:
    """Return what the operator has to look at.

    :param first: the first plan, with the list as it stood before
    """
    board = first.states[job.profile.board_page]
    listed = board.body if board.is_of(job.writer.bot) else ''
    # Where the wiki did not tell, no box says that its request is gone.
    gone: Iterable[str] = [GONE_NOT_KNOWN]
    if batch.gone is not None:
        gone = gone_alarms(listed, candidates, job.in_force.settings.skip)
    return (*alarms_of(summary for _, summary in batch.summaries), *gone)


def _log_run(
    job: StatusJob,
    outcome: Outcome,
    requests: RequestReader,
    batch: RequestBatch,
    rules: PlanContext,
    alarms: Sequence[str],
    states: Mapping[str, CurrentPage] | None,
) -> Outcome:
    """Look up what became of edits without an answer, and bring the log up to date.

    :param states: how the owned pages stand now, where nothing was edited since they were read
    """
    logged = Outcome()
    for _ in range(MOST_TRIES):
        try:
            states = states or job.writer.states(owned_titles(job, batch))
        except WikiError as error:
            # What was edited is told all the same.
            return replace(outcome, refused=(*outcome.refused, _unlogged(job, error)))
        outcome = looked_up(outcome, states, job.writer.bot, job.as_of)
        failures = _failures(requests, outcome)
        edit = plan_log(job.profile.log_page, states, failures, job.messages, rules, alarms)
        logged = make_edits([edit] if edit else [], job.writer)
        if logged.refused == _lasting(logged.refused):
            break
        states = None
    return replace(outcome, refused=(*outcome.refused, *logged.refused), stopped=logged.stopped)


def _unlogged(job: StatusJob, error: WikiError) -> Refused:
    return Refused(job.profile.log_page, Refusal.NO_ANSWER, str(error))


def looked_up(outcome: Outcome, states: Mapping[str, CurrentPage], bot: str, as_of: datetime) -> Outcome:
    """Take an edit whose answer was lost for made where the page stands as this run wanted it."""

    def stands(title: str) -> bool:
        state = states.get(title)
        return (
            state is not None
            and state.is_of(bot)
            and state.marker is not None
            and state.marker.as_of == as_of.replace(microsecond=0)
        )

    made = [one.title for one in outcome.refused if stands(one.title)]
    refused = tuple(one for one in outcome.refused if one.title not in made)
    return replace(outcome, done=(*outcome.done, *made), refused=refused)
