"""Install the page kit on a wiki: plan, edits."""

from __future__ import annotations

from dataclasses import dataclass

from globalban_bot.act.apply_edits import make_edits
from globalban_bot.act.writer import Writer
from globalban_bot.decide.kit_edits import plan_install
from globalban_bot.errors import UserError
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.status_job import Approve
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.plan import Plan
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.kit import kit_pages


@dataclass(frozen=True)
class SetupJob:
    """What setup works on.

    :param writer: saves pages, while the stop page lets it
    :param opener: makes the stop page, before there is one
    :param styled: whether the wiki has TemplateStyles
    """

    writer: Writer
    opener: Writer
    profile: Profile
    messages: Messages
    styled: bool


def set_up(job: SetupJob, rearmed: frozenset[str], approve: Approve) -> Outcome:
    """Bring the pages of the kit into the wanted state.

    The brake has no say: it guards against what stands on a wiki, and these texts come with the package.

    :param rearmed: titles of pages that the operator takes back from a person's edit
    :param approve: is shown the plan before anything is edited
    :raises UserError: a title is none of the kit's
    :raises WikiError: the pages cannot be read
    """
    pages = [*kit_pages(job.profile, job.messages, styled=job.styled)]
    titles = [page.title for page in pages]
    if unknown := sorted(rearmed.difference(titles)):
        raise UserError(f'-rearm: no page of the kit is called {unknown[0]}; there are: {", ".join(titles)}')
    states = job.writer.states(titles)
    plan = plan_install(pages, states, job.writer.bot, rearmed, job.messages.get('summary-kit'))
    return _carried_out(plan, job) if approve(plan) else Outcome()


def _carried_out(plan: Plan, job: SetupJob) -> Outcome:
    """Make the stop page first, where it is missing: all other edits ask it."""
    stop = job.profile.stop_page
    first = make_edits((edit for edit in plan.edits if edit.title == stop), job.opener)
    rest = make_edits((edit for edit in plan.edits if edit.title != stop), job.writer)
    return Outcome(first.done + rest.done, first.refused + rest.refused, first.stopped or rest.stopped)
