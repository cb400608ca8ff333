"""Tell the communities of a request: look, plan, deliver, say what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

from globalban_bot.act.writer import Writer
from globalban_bot.errors import UserError
from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.fresh_pages import read_fresh
from globalban_bot.gather.request_source import Source
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.jobs.notices.coverage_search import CoverageSearch
from globalban_bot.jobs.notices.delivery_gate import DeliveryGate
from globalban_bot.jobs.notices.lists import send_pages, standing_pages
from globalban_bot.jobs.notices.planner import Planner
from globalban_bot.jobs.notices.settling import Settler, words_of
from globalban_bot.jobs.page_reading import InProcess, PageReading
from globalban_bot.jobs.select_requests import find_requests
from globalban_bot.model.gate import Gate
from globalban_bot.model.nomination import Nomination
from globalban_bot.model.notice import (
    Coverage,
    NoticePlan,
    SendPage,
)
from globalban_bot.model.request import Request
from globalban_bot.model.settling import Send
from globalban_bot.model.tally import Tally
from globalban_bot.pages.standing import told_wikis_on
from globalban_bot.profiles.loader import NoticeSettings, Profile
from globalban_bot.render.box import lines_of
from globalban_bot.render.rich_text import LabelledLine, as_text
from globalban_bot.wiki.answers import Queries
from globalban_bot.wikitext.named_diffs import named_diffs
from globalban_bot.wikitext.page import Reader
from globalban_bot.wikitext.subjects import in_title

#: How far back messages are looked for where it is not known when the page of a request was made.
LONGEST = timedelta(days=60)


class Step(Enum):
    """How far a run goes."""

    COVERAGE = 'coverage'  #: look, and print
    WRONG = 'wrong'  #: and say what to do about a notice that went wrong
    PLAN = 'plan'  #: and post the plan
    DELIVER = 'deliver'  #: and deliver it, if the operator types its code


@dataclass(frozen=True)
class NotifyJob:
    """What a run works on.

    :param source: the wiki with the requests
    :param writer: where the bot's own pages go
    :param nominations: what is found on nominations
    :param scout: finds targets and notices
    :param planner: makes plans
    :param wikis: asks the wiki with the requests
    :param fresh: makes a source of facts about accounts that remembers nothing
    :param clock: tells the moment (aware, UTC)
    :param reading: reads pages, in this process or in a worker
    """

    source: Source
    writer: Writer
    reader: Reader
    nominations: Nominations
    scout: CoverageSearch
    planner: Planner
    wikis: Queries
    fresh: Callable[[], Accounts]
    profile: Profile
    messages: Messages
    clock: Callable[[], datetime]
    reading: PageReading = field(default_factory=InProcess)


@dataclass(frozen=True)
class NoticeSurvey:
    """What was found of a request.

    :param keeper: knows its gate
    :param plan: who is to be told
    :param coverage: of all targets
    :param unknown: how many of its accounts could not be looked up
    :param gate: whether the plan may be delivered
    :param lines: what was found on the nomination and on blocks
    :param standing: titles of the pages from which people send that stand on the wiki
    :param sends: the messages that were sent about it, oldest first
    """

    keeper: DeliveryGate
    plan: NoticePlan
    coverage: tuple[Coverage, ...]
    unknown: int
    gate: Gate
    lines: tuple[LabelledLine, ...] = ()
    standing: tuple[str, ...] = ()
    sends: tuple[Send, ...] = ()


def look(
    job: NotifyJob, request: str, also: Sequence[str] = (), told_wikis: Sequence[str] = ()
) -> NoticeSurvey:
    """Find where a request has to be told and where it was, and make the plan.

    :param request: its page id or full title
    :param also: accounts that the operator adds to those that are told
    :param told_wikis: wikis that were told, as the operator says
    :raises UserError: there is none, or the farm leaves notices to people
    :raises WikiError: it, or the list of wikis, cannot be read
    """
    settings = settings_of(job.profile)
    tally = read_request(job, request)
    if tally.nomination is None:
        raise UserError(f'-request: {request} is no request to ban an account: nobody has to be told')
    told, named = subjects_of(tally.request, job.profile, also)
    scouted = job.scout.scout(tally.request, job.nominations, told)
    sends, coverage = _settled(job, tally, tally.nomination, scouted.coverage)
    told_there = sorted({*_told_before(job, tally.request.page_id or 0), *told_wikis})
    plan = job.planner.plan(tally.request, tally.nomination, coverage, job.clock(), told_there)
    lines = tuple(lines_of(tally, job.messages))
    said = tuple(f'{line.label}: {as_text(line.said)}' for line in lines)
    plan = replace(plan, nomination=said, named=named)
    standing = standing_pages(job.wikis, settings, plan.page_id)
    keeper = keeper_of(job, tally, send_pages(plan, Gate(()), settings, standing))
    gate = keeper.gate()
    return NoticeSurvey(keeper, plan, coverage, scouted.unknown, gate, lines, standing, sends)


def _settled(
    job: NotifyJob, tally: Tally, nomination: Nomination, coverage: Sequence[Coverage]
) -> tuple[tuple[Send, ...], tuple[Coverage, ...]]:
    """Return the messages that were sent about a request, and what became of the notice of each target.

    :raises WikiError: the wiki with the requests does not tell what was sent
    """
    request = tally.request
    settler = settler_of(job, request.page_id or 0)
    sends = settler.sends(request.page_id or 0, request.created or job.clock() - LONGEST)
    # A wiki that could not be checked may have been told all the same.
    words = words_of(job.planner.notices(request, nomination, coverage))
    text = read_fresh(job.wikis, [request.title])[request.title].text
    diffs = named_diffs(text or '')
    return sends, tuple(settler.settled(request, coverage, sends, words, job.clock(), diffs))


def _told_before(job: NotifyJob, page_id: int) -> tuple[str, ...]:
    """Return the wikis that were told, as the plan remembers them; none where people have edited it."""
    title = settings_of(job.profile).plan_page.format(page_id=page_id)
    state = job.writer.states([title])[title]
    return told_wikis_on(state) if state.is_of(job.writer.bot) else ()


def settler_of(job: NotifyJob, page_id: int) -> Settler:
    """Return what looks for what became of the notices of a request."""
    settings = settings_of(job.profile)
    result = settings.result_page.format(page_id=page_id)
    # An engine that the profile does not allow any more may have sent before.
    by_bot = bool(settings.engines) or job.writer.states([result])[result].revision is not None
    return Settler(job.wikis, settings, job.writer.bot, by_bot)


def subjects_of(
    request: Request, profile: Profile, also: Sequence[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the accounts that are told, and those that the nominator named and nobody tells.

    Told are those in the title alone: who edits the page can add others to it.

    :param also: accounts that the operator adds
    """
    titled = [name for name in request.subjects if in_title(name, request.title, profile.titles)]
    told = tuple(dict.fromkeys([*titled, *also]))
    named = dict.fromkeys([*request.subjects, *(request.named or ())])
    return told, tuple(name for name in named if name not in told)


def keeper_of(job: NotifyJob, tally: Tally, sends: Sequence[SendPage]) -> DeliveryGate:
    """Return what asks whether notices of a request may be sent.

    :param sends: the pages from which people send: who edits one of them holds all
    """
    page_id = tally.request.page_id or 0
    plan = settings_of(job.profile).plan_page.format(page_id=page_id)
    pages = (plan, *sorted(one.title for one in sends))
    box, writer = job.profile.box_title(page_id), job.writer
    return DeliveryGate(job.wikis, job.reader, writer.states, writer.bot, tally, box, pages)


def settings_of(profile: Profile) -> NoticeSettings:
    """Return how the communities of a farm are told.

    :raises UserError: the farm leaves that to people
    """
    if profile.notices is None:
        raise UserError(f'profile {profile.name}: notices are left to people here')
    return profile.notices


def read_request(job: NotifyJob, request: str) -> Tally:
    """Read a request, with what is found on its nomination."""
    candidate = find_requests(job.source.candidates(), [request])[0]
    found = job.reading.read_page(job.source.read(candidate), job.reader, job.clock())
    return replace(found, nomination=job.nominations.of(found.request, job.clock()))
