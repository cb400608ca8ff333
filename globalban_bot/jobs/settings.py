"""Settings on the wiki: which are in force, what follows from them, and the page that tells of them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from globalban_bot.decide.page_edits import PlanContext, edit_of, skip_reason
from globalban_bot.errors import Stopped, UserError
from globalban_bot.gather.home_wiki import are_members
from globalban_bot.gather.json_page import JsonPage, Saved, newest_good, read_newest, read_text
from globalban_bot.gather.settings_json import LONGEST, parse_settings
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.marker import digest
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, Plan, SkippedPage
from globalban_bot.model.settings import Flaw, InForce, Problem, Settings, Task
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.settings import in_force_facts, read_kept, render_in_force
from globalban_bot.wiki.answers import Queries

_log = logging.getLogger(__name__)


def read_settings(wikis: Queries, profile: Profile, bot: str) -> InForce:
    """Return the settings in force: of the newest revision that counts, else those kept, else the defaults.

    One request where there is no page of settings; one more for its text; one more where somebody else than
    the bot or an operator has saved it.

    :param bot: name of the bot's account
    :raises WikiError: the wiki does not tell; that never means the defaults
    """
    pages = profile.settings
    if pages is None:
        return InForce()
    newest = read_newest(wikis, [pages.page, pages.in_force])
    own = newest[pages.in_force]
    counted = newest_good(wikis, _page_of(wikis, pages.page, profile, bot), newest[pages.page])
    problem = next(iter(counted.aside), None)
    if counted.value is not None:
        found = InForce(counted.value, counted.revision, problem, told=own is not None)
    else:
        found = _kept(wikis, own, profile, bot, problem)
    if found.problem is not None:
        _log.warning('%s: %s', pages.page, found.problem)
    return found


def check_runs(in_force: InForce, task: Task, profile: Profile) -> None:
    """Return if a task may run.

    :raises Stopped: it is switched off
    """
    if not in_force.settings.runs(task) and profile.settings is not None:
        raise Stopped(f'{task.value} is switched off on {profile.settings.page}')


def titles_told(in_force: InForce, profile: Profile) -> tuple[str, ...]:
    """Return the title of the page that tells of settings; none on a wiki that never had any."""
    if profile.settings is None or not (in_force.told or in_force.problem or in_force.revision is not None):
        return ()
    return (profile.settings.in_force,)


def plan_in_force(
    in_force: InForce,
    profile: Profile,
    states: Mapping[str, CurrentPage],
    messages: Messages,
    rules: PlanContext,
) -> Plan:
    """Plan the edit of the page that tells of settings: only where they, or what is wrong, have changed.

    :param states: the bot's own pages as they stand, among them those of ``titles_told``
    """
    pages = profile.settings
    if pages is None or not titles_told(in_force, profile):
        return Plan()
    facts = digest(in_force_facts(in_force))
    # All of it is made known at once: hence the standing.
    wanted, state = DesiredFacts(pages.in_force, facts, facts), states[pages.in_force]
    left = skip_reason(wanted, state, rules)
    if left is not None:
        return Plan(left=(SkippedPage(pages.in_force, left),))
    page = DesiredPage(wanted, render_in_force(in_force, pages, messages, rules.as_of), rules.as_of)
    edit = edit_of(page, state, rules, messages.get('summary-settings'))
    return Plan((replace(edit, why=EditReason.SETTINGS),))


def _page_of(wikis: Queries, title: str, profile: Profile, bot: str) -> JsonPage[Settings]:
    """Return the page of settings: saved by the bot, an operator, or who is now in a group of the profile."""

    @cache
    def trusted(name: str) -> bool:
        return name in {bot, *profile.operators} or are_members(wikis, [name], profile.restarters)

    return JsonPage(title, LONGEST, trusted, lambda text, _: parse_settings(text, profile.prefix))


def _kept(wikis: Queries, own: Saved | None, profile: Profile, bot: str, problem: Problem | None) -> InForce:
    """Return the settings that the bot has kept on its own page; the defaults where it has none."""
    text = read_text(wikis, own.id) if own is not None and own.user == bot else None
    state = CurrentPage('', user=bot, text=text or '')
    kept = read_kept(state.body) if state.is_of(bot) else None
    if kept is None:
        return InForce(problem=problem, told=own is not None)
    revision, written = kept
    problem = problem or Problem(Flaw.MISSING)
    try:
        return InForce(parse_settings(written, profile.prefix), revision, problem, told=True)
    except UserError:
        # Kept under rules that another release has changed.
        return InForce(problem=problem, told=True)
