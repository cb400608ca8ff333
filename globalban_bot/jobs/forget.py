"""Forget a request: blank for good what was posted on it, and delete what the cache has of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from globalban_bot.act.apply_edits import make_edits
from globalban_bot.act.run_lock import TerminationSignal, hold_run_lock
from globalban_bot.act.writer import Writer
from globalban_bot.decide.page_edits import PlanContext, skip_reason
from globalban_bot.errors import WikiError
from globalban_bot.gather.cache import Cache
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.notices.lists import list_pages
from globalban_bot.jobs.status_job import Approve
from globalban_bot.jobs.talk.forgetting import answers_pages, plan_without
from globalban_bot.jobs.writing import stop_page_of, writer_of
from globalban_bot.model.marker import FORGOTTEN, digest
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, PageEdit, Plan, SkippedPage, SkipReason
from globalban_bot.profiles.loader import Profile
from globalban_bot.wiki.api import ApiClient


def forget(
    site: Any,
    folder: Path,
    profile: Profile,
    page_id: int,
    now: datetime,
    approve: Approve,
    show: Callable[[str], None],
) -> int:
    """Forget a request.

    :param site: the wiki, an ``APISite`` that is logged in
    :param folder: where cache and lock are
    :param page_id: page id of the request
    :param now: the moment of the run (aware, UTC)
    :return: the exit code
    :raises Stopped: another run is at work
    """
    with hold_run_lock(folder):
        api, stop = ApiClient(site), TerminationSignal()
        writer = writer_of(api, stop.check, stop_page_of(api, profile).check)
        plan, box = _plan(site, writer, profile, page_id, PlanContext(writer.bot, now))
        if not approve(plan) and plan.edits:
            show('Nothing was done. At a terminal you are asked; --always does it without.')
            return 0
        outcome = make_edits(plan.edits, writer)
        Cache(folder).forget(page_id)
    show('\n'.join(report(page_id, box, plan, outcome, history_url(site, box.title))))
    return WikiError.exit_code if outcome.refused else 0


def _plan(
    site: Any, writer: Writer, profile: Profile, page_id: int, rules: PlanContext
) -> tuple[Plan, CurrentPage]:
    """Return what is to be blanked, and how the box stands."""
    lists = list_pages(site, profile, page_id)
    states = writer.states([*profile.titles_of(page_id), *lists])
    answers = writer.states(answers_pages(site, profile)).values()
    plan = plan_forget(states.values(), rules, Messages())
    without = plan_without(page_id, answers, rules, Messages())
    return plan.with_more(without), states[profile.box_title(page_id)]


def plan_forget(states: Iterable[CurrentPage], rules: PlanContext, messages: Messages) -> Plan:
    """Plan to blank what was posted on a request; what a person has touched is left to a person.

    :param states: the pages as they stand, the box first
    """
    plans = [_plan_page(state, rules, messages) for state in states]
    edits = (edit for plan in plans for edit in plan.edits)
    return Plan(tuple(edits), tuple(left for plan in plans for left in plan.left))


def _plan_page(state: CurrentPage, rules: PlanContext, messages: Messages) -> Plan:
    if state.revision is None and not state.removed:
        return Plan()
    wanted = DesiredFacts(state.title, digest(''), FORGOTTEN)
    left = skip_reason(wanted, state, rules)
    if left is not None:
        return Plan(left=(SkippedPage(state.title, left),))
    tombstone = DesiredPage(wanted, '', rules.as_of)
    return Plan((PageEdit(state, tombstone.text, messages.get('summary-forget'), EditReason.FORGET),))


def report(page_id: int, state: CurrentPage, plan: Plan, outcome: Outcome, history: str) -> Iterator[str]:
    """Yield what the operator reads afterwards: what was done, and what is left to do.

    :param state: the box as it stood
    :param history: address of its history
    """
    yield from _done(outcome)
    yield f'The cache has nothing of request {page_id} any more.'
    reasons = {one.reason for one in plan.left if one.title == state.title}
    others = (one for one in plan.left if one.title != state.title and one.reason is SkipReason.HANDS_OFF)
    yield from (f'{one.title} is left to a person, too.' for one in others)
    if state.revision is None:
        yield f'There is no page {state.title}, so there is nothing to blank.'
        return
    if outcome.refused or outcome.stopped is not None:
        return
    if reasons & {SkipReason.HANDS_OFF, SkipReason.OTHER_MODEL}:
        yield f'{state.title} is left to a person. If it must go, blank it as yourself: it stays blank.'
    if outcome.done or SkipReason.FORGOTTEN in reasons:
        yield 'The next status run takes the request from the board.'
    yield f'Old revisions stay, here and of the board; the bot cannot hide them: {history}'
    yield 'If they must not be seen, ask an administrator or, in private, an oversighter.'


def _done(outcome: Outcome) -> Iterator[str]:
    yield from (f'blanked: {title}' for title in outcome.done)
    for one in outcome.refused:
        yield f'not done: {one.title}: {one.refusal.value} {one.detail}'.rstrip()
        yield 'Run the same command again: it tells how the page stands now.'
    if outcome.stopped is not None:
        yield f'stopped: {outcome.stopped}'


def history_url(site: Any, title: str) -> str:
    """Return the address of a page's history."""
    path = f'Special:PageHistory/{quote(title.replace(" ", "_"), safe="/:")}'
    return str(site.base_url(site.articlepath.format(path)))
