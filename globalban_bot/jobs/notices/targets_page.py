"""The list of targets, which MassMessage reads from a page of the bot's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.errors import WikiError
from globalban_bot.jobs.notices.job import NoticeSurvey, NotifyJob, settings_of
from globalban_bot.jobs.sync import sync_pages
from globalban_bot.model.marker import digest
from globalban_bot.model.notice import Notice
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.pages.target_list import render_target_list, target_line


def post_targets(job: NotifyJob, survey: NoticeSurvey, notices: Sequence[Notice]) -> str:
    """Bring the list up to date, and return its title.

    It is saved only when the targets change: a message that was sent to it since tells that all is done.

    :raises WikiError: it was not saved
    """
    page_id = survey.plan.page_id
    title = settings_of(job.profile).list_title(page_id, notices[0].language)
    lines = [line for one in notices if (line := target_line(one.target)) is not None]
    if len(lines) < len(notices):
        odd = len(notices) - len(lines)
        raise WikiError(f'{title}: {odd} of the targets have titles that MassMessage cannot take in a list')
    body = render_target_list(notices)
    page = DesiredPage(DesiredFacts(title, digest(body), 'open'), body, job.clock())
    rules = PlanContext(job.writer.bot, job.clock(), recounted=frozenset({title}))
    summary = job.messages.get('summary-targets', page_id)
    # The list of the rest, when most were told, is short.
    limits = replace(job.profile.limits, shrink=1)
    sync_pages(job.writer, [(page, summary)], rules, limits, approve=lambda _: True)
    state = job.writer.states([title])[title]
    if not state.is_of(job.writer.bot) or state.marker is None or state.marker.facts != page.wanted.facts:
        raise WikiError(f'{title}: the list of targets was not saved')
    return title
