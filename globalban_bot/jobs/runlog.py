"""Bring the log of runs up to date: runs that edited or failed, and a daily sign of life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from globalban_bot.decide.page_edits import REST, PlanContext, skip_reason
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.alarms import not_logged
from globalban_bot.model.marker import digest
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, PageEdit, SkipReason
from globalban_bot.model.run import Run
from globalban_bot.render.log import log_line, read_log, render_log

_STANDING = 'log'


def plan_log(
    title: str,
    states: Mapping[str, CurrentPage],
    failures: Sequence[str],
    messages: Messages,
    rules: PlanContext,
    alarms: Sequence[str] = (),
) -> PageEdit | None:
    """Return the edit of the log, or None where there is nothing to tell.

    The number of edits is read from the wiki: owned pages whose marker is younger than the newest run in the
    log. So a run that was killed, or whose answers were lost, is told by the next one.

    :param title: title of the log
    :param states: the owned pages after the run, the log among them, by title
    :param failures: what was not done
    :param alarms: what the operator has to look at; told once a day
    """
    state, as_of = states[title], rules.as_of
    runs = read_log(state.body) if state.is_of(rules.bot) else ()
    failures = [*failures, *not_logged(alarms, runs, as_of)]
    others = [one for one in states.values() if one.title != title]
    # A stamp of tomorrow (a clock that was wrong) must not silence the log for ever.
    last = next((run.time for run in runs if run.time <= as_of), None)
    stamps = [stamp for stamp in _stamps(others, rules.bot) if stamp <= as_of]
    edits = sum(1 for stamp in stamps if last is None or stamp > last)
    if edits or failures:
        runs = (Run(as_of, edits, tuple(log_line(failure) for failure in failures)), *runs)
    elif title not in rules.rearmed and _is_fresh(state, as_of):
        return None
    wanted = DesiredFacts(title, digest(f'{runs}'), f'{_STANDING}-{digest(f"{as_of}")}')
    if skip_reason(wanted, state, rules) not in {None, SkipReason.SAME}:
        return None
    page = DesiredPage(wanted, render_log(runs, messages, as_of), as_of)
    return PageEdit(state, page.text, messages.get('summary-log'), EditReason.LOG)


def _is_fresh(state: CurrentPage, as_of: datetime) -> bool:
    return state.marker is not None and timedelta() <= as_of - state.marker.as_of < REST


def _stamps(states: Sequence[CurrentPage], bot: str) -> list[datetime]:
    return [one.marker.as_of for one in states if one.is_of(bot) and one.marker is not None]
