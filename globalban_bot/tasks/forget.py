"""Forget a request: blank for good what was posted on it, and delete what the cache has of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from globalban_bot.act.alone import StopSignal, alone
from globalban_bot.act.carry_out import carry_out
from globalban_bot.act.planning import Rules, why_left
from globalban_bot.act.writer import Writer
from globalban_bot.errors import WikiError
from globalban_bot.gather.cache import Cache
from globalban_bot.gather.configuration import cache_folder, check_configuration
from globalban_bot.gather.connection import log_in, open_site
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.marker import FORGOTTEN, digest
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.owned import OwnedPage, PageState, Wanted
from globalban_bot.model.plan import Leaving, Left, PageEdit, Plan, Why
from globalban_bot.profiles.loader import Profile, load_profile
from globalban_bot.render.plan import render_plan
from globalban_bot.tasks.notices.lists import list_pages
from globalban_bot.tasks.talk.forgetting import answers_pages, plan_without


@dataclass(frozen=True)
class Asked:
    """What the operator asked for.

    :param page_id: page id of the request
    :param folder: where cache and lock are; None for the default
    :param always: carry out without asking
    """

    page_id: int
    folder: Path | None = None
    always: bool = False


def default_folder() -> Path:
    """Return where cache and lock are, unless the operator names another folder.

    :raises UserError: the bot is not configured
    """
    return cache_folder()


def run_forget(asked: Asked, as_of: datetime, show: Callable[[str], None], ask: Callable[[], bool]) -> int:
    """Forget a request on the wiki of the configuration.

    :param as_of: the moment of the run (aware, UTC)
    :param ask: asks the person at the terminal; false where there is none
    :return: the exit code
    :raises Stopped: another run is at work
    """
    profile = load_profile('meta')
    check_configuration()
    folder = asked.folder or default_folder()
    site = open_site()
    log_in(site)
    with alone(folder):
        writer = _writer(site, profile, StopSignal())
        lists = list_pages(site, profile, asked.page_id)
        states = writer.states([*profile.titles_of(asked.page_id), *lists])
        state = states[profile.box_title(asked.page_id)]
        rules = Rules(writer.bot, as_of)
        answers = writer.states(answers_pages(site, profile)).values()
        plan = plan_forget(states.values(), rules, Messages()).with_more(
            plan_without(asked.page_id, answers, rules, Messages())
        )
        show(render_plan(plan, Messages(), diffs=not asked.always).rstrip())
        if plan.edits and not (asked.always or ask()):
            show('Nothing was done. At a terminal you are asked; --always does it without.')
            return 0
        history = history_url(site, state.title)
        outcome = carry_out(plan.edits, writer)
        Cache(folder).forget(asked.page_id)
    show('\n'.join(report(asked.page_id, state, plan, outcome, history)))
    return WikiError.exit_code if outcome.refused else 0


def plan_forget(states: Iterable[PageState], rules: Rules, messages: Messages) -> Plan:
    """Plan to blank what was posted on a request; what a person has touched is left to a person.

    :param states: the pages as they stand, the box first
    """
    plans = [_plan_page(state, rules, messages) for state in states]
    edits = (edit for plan in plans for edit in plan.edits)
    return Plan(tuple(edits), tuple(left for plan in plans for left in plan.left))


def _plan_page(state: PageState, rules: Rules, messages: Messages) -> Plan:
    if state.revision is None and not state.removed:
        return Plan()
    wanted = Wanted(state.title, digest(''), FORGOTTEN)
    left = why_left(wanted, state, rules)
    if left is not None:
        return Plan(left=(Left(state.title, left),))
    tombstone = OwnedPage(wanted, '', rules.as_of)
    return Plan((PageEdit(state, tombstone.text, messages.get('summary-forget'), Why.FORGET),))


def report(page_id: int, state: PageState, plan: Plan, outcome: Outcome, history: str) -> Iterator[str]:
    """Yield what the operator reads afterwards: what was done, and what is left to do.

    :param state: the box as it stood
    :param history: address of its history
    """
    yield from _done(outcome)
    yield f'The cache has nothing of request {page_id} any more.'
    reasons = {one.reason for one in plan.left if one.title == state.title}
    others = (one for one in plan.left if one.title != state.title and one.reason is Leaving.HANDS_OFF)
    yield from (f'{one.title} is left to a person, too.' for one in others)
    if state.revision is None:
        yield f'There is no page {state.title}, so there is nothing to blank.'
        return
    if outcome.refused or outcome.stopped is not None:
        return
    if reasons & {Leaving.HANDS_OFF, Leaving.OTHER_MODEL}:
        yield f'{state.title} is left to a person. If it must go, blank it as yourself: it stays blank.'
    if outcome.done or Leaving.FORGOTTEN in reasons:
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


def _writer(site: Any, profile: Profile, stop: StopSignal) -> Writer:
    # These import pywikibot, and that fails where the configuration is missing.
    from globalban_bot.tasks.writing import stop_page_of, writer_of  # noqa: PLC0415
    from globalban_bot.wiki.api import ApiClient  # noqa: PLC0415

    api = ApiClient(site)
    return writer_of(api, stop.check, stop_page_of(api, profile).check)
