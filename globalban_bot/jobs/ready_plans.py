"""Which open requests have a plan of notices that can be sent now: the list of requests tells so."""

from __future__ import annotations

from collections.abc import Mapping

from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.summary import RequestSummary
from globalban_bot.pages.standing import is_ready
from globalban_bot.profiles.loader import Profile


def plan_title(profile: Profile, summary: RequestSummary) -> str | None:
    """Return the title of the plan of an open request; None where nothing can be ready to be sent."""
    if profile.notices is None or not summary.phase.is_open:
        return None
    return profile.notices.plan_page.format(page_id=summary.page_id)


def has_ready_plan(
    profile: Profile, summary: RequestSummary, states: Mapping[str, CurrentPage], bot: str
) -> bool:
    """Tell whether the notices of a request can be sent, as its plan says. A plan that people hold cannot.

    :param states: how the pages of the bot's stand, by title
    :param bot: name of the bot's account
    """
    title = plan_title(profile, summary)
    return title is not None and states[title].is_of(bot) and is_ready(states[title])
