"""Take what was answered about a request out of the pages of answers; other answers stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.marker import digest
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, PageEdit, Plan, SkippedPage, SkipReason
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.answers import answers_facts, render_answers
from globalban_bot.wikitext.answers import read_answers, standing_of


def answers_pages(site: Any, profile: Profile) -> frozenset[str]:
    """Return the titles of all pages of answers.

    :param site: the wiki, an ``APISite``
    :raises WikiError: it does not answer
    """
    # It imports pywikibot, and that fails where the configuration is missing.
    from globalban_bot.gather.home_wiki import pages_under  # noqa: PLC0415
    from globalban_bot.wiki.api import ApiClient  # noqa: PLC0415

    if profile.commands is None:
        return frozenset()
    return pages_under(ApiClient(site), [profile.commands.answers.partition('/{')[0]])


def plan_without(page_id: int, states: Iterable[CurrentPage], rules: PlanContext, messages: Messages) -> Plan:
    """Plan to take out the answers about a request; a page that a person has touched is left to a person.

    :param page_id: page id of the request
    :param states: the pages of answers as they stand
    """
    edits: list[PageEdit] = []
    left: list[SkippedPage] = []
    for state in states:
        talk_id = state.title.rpartition('/')[2]
        if not talk_id.isdecimal() or state.revision is None:
            continue
        if state.is_of(rules.bot):
            edits += _edit(page_id, state, int(talk_id), rules, messages)
        elif state.unread or f' of {page_id} at ' in state.text:
            left.append(SkippedPage(state.title, SkipReason.HANDS_OFF))
    return Plan(tuple(edits), tuple(left))


def _edit(
    page_id: int, state: CurrentPage, talk_id: int, rules: PlanContext, messages: Messages
) -> Iterator[PageEdit]:
    found = read_answers(state, talk_id, rules.bot)
    others = replace(found, answers=tuple(one for one in found.answers if one.request != page_id))
    if others != found:
        wanted = DesiredFacts(state.title, digest(answers_facts(others)), standing_of(others))
        page = DesiredPage(wanted, render_answers(others, messages), rules.as_of)
        yield PageEdit(state, page.text, messages.get('summary-forget'), EditReason.FORGET)
