"""What the scheduled job does: empty what must not be sent any more; then make the plans that are due."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from globalban_bot.decide.settle import PATIENCE
from globalban_bot.errors import GlobalbanError, Stopped
from globalban_bot.gather.home_wiki import pages_below
from globalban_bot.gather.sends import read_send_lines
from globalban_bot.jobs.notices.job import (
    NotifyJob,
    keeper_of,
    look,
    read_request,
    settings_of,
)
from globalban_bot.jobs.notices.lists import Desk, emptied_summary
from globalban_bot.jobs.notices.posting import joined, post_plan
from globalban_bot.jobs.status_job import Approve
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.gate import Barrier, Gate
from globalban_bot.model.notice import Audience, SendPage
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.owned import CurrentPage
from globalban_bot.pages.standing import told_then
from globalban_bot.pages.target_list import is_emptied
from globalban_bot.profiles.loader import NoticeSettings

#: A plan of an open request is made again so often: communities are told by others, too.
DAILY = timedelta(hours=23, minutes=30)
#: Most messages are delivered so soon.
SETTLING = timedelta(hours=1)
#: A look that finds nothing new leaves the plan as it is, so its age does not end the looking.
_SETTLED = timedelta(hours=3)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SweepReport:
    """What a run made.

    :param outcome: of all pages
    :param failures: requests that could not be looked at, by page id; nobody is named
    """

    outcome: Outcome
    failures: tuple[str, ...]


def sweep(job: NotifyJob, approve: Approve) -> SweepReport:
    """Run the job once.

    :raises WikiError: the requests, or the pages of the bot, cannot be listed
    """
    settings = settings_of(job.profile)
    requests = {one.page_id: one for one in job.source.candidates() if one.is_request and one.page_id}
    every, sends = _sending_pages(job, settings)
    plans = _states(job, {page_id: settings.plan_page.format(page_id=page_id) for page_id in requests})
    boxes = _states(job, {page_id: job.profile.box_title(page_id) for page_id in requests})
    failures: list[str] = []
    gates: dict[int, Gate | None] = {}
    sent = _sent(job, settings, requests)
    for page_id in sorted({*requests, *sends}):
        waits = page_id in sends or page_id in sent
        if waits or _may_be_open(boxes[page_id]) or told_then(plans[page_id]):
            gates[page_id] = _gate(job, page_id, every.get(page_id, ()), requests, failures)
    outcomes = [_empty(job, page_id, gates[page_id], sends[page_id], approve, failures) for page_id in sends]
    for page_id, gate in gates.items():
        if gate is not None and _is_due(job, plans[page_id], gate, sent.get(page_id)):
            outcomes.append(_plan(job, page_id, approve, failures))
    return SweepReport(joined(*outcomes), tuple(failures))


def _sent(job: NotifyJob, settings: NoticeSettings, page_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when the last message was sent about requests, by page id: within the time that jobs take.

    :raises WikiError: the wiki does not tell
    """
    now = job.clock()
    roots = {settings.list_title(page_id, ''): page_id for page_id in page_ids}
    lines = read_send_lines(job.wikis, now - PATIENCE - DAILY)
    # Every list is a subpage of the same page, so that no title begins with two of them.
    return {
        page_id: line.at for line in lines for root, page_id in roots.items() if line.page.startswith(root)
    }


def _states(job: NotifyJob, titles: Mapping[int, str]) -> dict[int, CurrentPage]:
    states = job.writer.states(titles.values()) if titles else {}
    return {page_id: states[title] for page_id, title in titles.items()}


def _sending_pages(
    job: NotifyJob, settings: NoticeSettings
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return the pages from which people send, by page id of the request: all, and those that are not empty.

    People hold the notices by an edit of any of them, the empty ones too.
    """
    forms = [re.escape(form) for form in (settings.list_page, settings.text_page)]
    form = re.compile('|'.join(_numbered(one) for one in forms))
    root = settings.list_page.partition('{')[0]
    titles = {title: found for title in pages_below(job.wikis, root) if (found := form.fullmatch(title))}
    states = job.writer.states(titles) if titles else {}
    every: dict[int, list[str]] = defaultdict(list)
    sends: dict[int, list[str]] = defaultdict(list)
    for title, found in titles.items():
        page_id, state = int(next(filter(None, found.groups()))), states[title]
        every[page_id].append(title)
        if not _is_emptied(state, job.writer.bot):
            sends[page_id].append(title)
    return dict(every), dict(sends)


def _is_emptied(state: CurrentPage, bot: str) -> bool:
    """Tell whether nothing can be sent from a page, though a person may have added to it below the marker."""
    if state.is_of(bot) and state.marker is not None:
        return state.marker.standing == 'empty'
    return not state.unread and state.model == 'wikitext' and is_emptied(state.text)


def _numbered(form: str) -> str:
    return (
        form.replace(r'\{page_id\}', '([0-9]+)')
        .replace(r'\{language\}', '[a-z0-9-]+')
        .replace(r'\{number\}', '[0-9]+')
    )


def _may_be_open(box: CurrentPage) -> bool:
    """Tell by the box of a request whether it is worth reading: most requests are closed for long."""
    return box.marker is not None and box.marker.standing.startswith('open')


def _gate(
    job: NotifyJob,
    page_id: int,
    sends: Sequence[str],
    requests: Mapping[int, RequestRef],
    failures: list[str],
) -> Gate | None:
    """Return how the gate of a request stands; None where that cannot be told, which is as good as shut."""
    if page_id not in requests:
        return None
    try:
        tally = read_request(job, str(page_id))
        if tally.nomination is None:
            # Nobody has to be told of a page that names no account.
            return None
        return keeper_of(job, tally, [SendPage(title, ()) for title in sends]).gate()
    except Stopped:
        raise
    except GlobalbanError as error:
        # What the wiki said may name people: it is for the operator.
        _log.warning('request %s: %s', page_id, error)
        failures.append(f'request {page_id}: its gate could not be read')
        return None


def _empty(
    job: NotifyJob,
    page_id: int,
    gate: Gate | None,
    titles: Sequence[str],
    approve: Approve,
    failures: list[str],
) -> Outcome:
    """Empty the pages of a request from which nothing may be sent now; a fault there stops no other request.

    Anybody can make any number of such pages. So they are emptied in portions, each as large as the brake
    lets through.
    """
    settings, size = settings_of(job.profile), job.profile.limits.edits
    shut = [title for title in titles if not _may_hold(title, gate, settings, page_id)]
    summary = emptied_summary(page_id, gate, job.profile, job.messages)
    desk = Desk(job.writer, job.profile, summary, summary, approve)
    outcomes: list[Outcome] = []
    try:
        for start in range(0, len(shut), size):
            outcome, left = _empty_portion(desk, shut[start : start + size], job.clock())
            outcomes.append(outcome)
            failures += [f'{title}: not emptied; look at it' for title in left]
    except Stopped:
        raise
    except GlobalbanError as error:
        _log.warning('request %s: %s', page_id, error)
        failures.append(f'request {page_id}: what could be sent was not emptied; look at it')
    return joined(*outcomes)


def _empty_portion(desk: Desk, titles: Sequence[str], now: datetime) -> tuple[Outcome, list[str]]:
    """Empty some pages; return what became of them, and those that were left without a refusal."""
    outcome, pages = desk.post([SendPage(title, ()) for title in titles], now)
    refused = {one.title for one in outcome.refused}
    return outcome, [one.title for one in pages if not one.ready and one.title not in refused]


def _may_hold(title: str, gate: Gate | None, settings: NoticeSettings, page_id: int) -> bool:
    of_subject = title.startswith(settings.text_title(page_id, ''))
    return gate is not None and gate.is_open_for(Audience.SUBJECT if of_subject else Audience.COMMUNITY)


def _is_due(job: NotifyJob, plan: CurrentPage, gate: Gate, sent: datetime | None) -> bool:
    """Tell whether a plan is to be made: there is none, the gate has changed, or it is a day old.

    After a message was sent, it is made at once, an hour later, when most jobs are done, and then once a day,
    also while the gate is shut.

    :param sent: when the last message was sent (UTC); None where none was lately
    """
    told = frozenset(one for one in Audience if gate.is_open_for(one))
    if plan.is_gone or (plan.revision is not None and not plan.is_of(job.writer.bot)):
        return False
    if plan.marker is None:
        return Barrier.NOT_OPEN not in gate.barriers and Barrier.FORGOTTEN not in gate.barriers
    as_of, now = plan.marker.as_of, job.clock()
    if sent is not None:
        is_settling = as_of < sent + SETTLING <= now < sent + _SETTLED
        if as_of < sent or is_settling:
            return True
    waits = bool(told) or sent is not None
    return told != told_then(plan) or (waits and now - as_of >= DAILY)


def _plan(job: NotifyJob, page_id: int, approve: Approve, failures: list[str]) -> Outcome:
    """Look, and post the plan; a request that cannot be looked at never stops the rest."""
    try:
        return post_plan(job, look(job, str(page_id)), approve)
    except Stopped:
        raise
    except GlobalbanError as error:
        _log.warning('request %s: %s', page_id, error)
        failures.append(f'request {page_id}: its plan could not be made')
        return Outcome()
