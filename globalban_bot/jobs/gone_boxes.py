"""Take away what was told about a request that is none any more: a note takes its place."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Set

from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.decide.page_plan import PageMaker, plan_pages
from globalban_bot.errors import WikiError
from globalban_bot.jobs.status_job import StatusJob
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.marker import digest
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, Plan
from globalban_bot.pages.standing import told_line, told_wikis_on
from globalban_bot.render.gone_box import render_gone_box
from globalban_bot.render.multilingual import in_languages

#: The standing of a page whose request is gone. It is brought up to date at once when the request is back.
GONE = 'gone'

_log = logging.getLogger(__name__)


def find_gone(job: StatusJob, candidates: Iterable[RequestRef]) -> Set[int] | None:
    """Return the page ids of boxes whose requests are gone; None where the wiki does not tell."""
    known = {one.page_id for one in candidates if one.is_request and one.page_id is not None}
    try:
        return job.gone(known | job.in_force.settings.skip)
    except WikiError as error:
        _log.warning('it is not known which requests are gone: %s', error)
        return None


def gone_titles(job: StatusJob, gone: Iterable[int] | None) -> tuple[str, ...] | None:
    """Return the titles of the pages that told about requests: boxes and plans of notices.

    What became of a delivery is kept: it tells of wikis, and is needed to take notices away.

    :param gone: page ids; None where they are not known
    """
    if gone is None:
        return None
    notices = job.profile.notices
    forms = [job.profile.box_page, *([] if notices is None else [notices.plan_page])]
    return tuple(form.format(page_id=number) for number in sorted(gone) for form in forms)


def plan_gone(
    job: StatusJob, titles: Iterable[str], states: Mapping[str, CurrentPage], rules: PlanContext
) -> Plan:
    """Plan the notes; pages that people have edited are left, and none is made."""
    standing = (states[title] for title in titles if states[title].revision is not None)
    pages = [PageMaker(_facts(state.title), _maker(job, state)) for state in standing]
    return plan_pages(pages, states, rules, None, EditReason.GONE)


def _facts(title: str) -> DesiredFacts:
    return DesiredFacts(title, digest(GONE), GONE)


def _maker(job: StatusJob, state: CurrentPage) -> Callable[[], tuple[DesiredPage, str]]:
    def make() -> tuple[DesiredPage, str]:
        body = in_languages(render_gone_box, job.profile.languages)
        # A request that comes back must not be told again to wikis of which the operator has said so.
        told = told_wikis_on(state)
        body = f'{body}{told_line(told)}\n' if told else body
        return DesiredPage(_facts(state.title), body, job.as_of), job.messages.get('summary-gone')

    return make
