"""The pages from which people send: lists of targets, and texts to subjects.

They are empty while the gate is shut. A page that a person has edited is emptied then, too: an old link would
send from it. That takes nothing from anybody, as the history keeps the text; and the hold of that edit lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from globalban_bot.act.writer import Writer
from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.gather.home_wiki import pages_below
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.status_job import Approve
from globalban_bot.jobs.sync import sync_pages
from globalban_bot.model.gate import Gate
from globalban_bot.model.marker import FORGOTTEN, digest
from globalban_bot.model.notice import Audience, NoticePlan, SendPage, by_text
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.pages.preload import render_preload
from globalban_bot.pages.target_list import is_emptied, render_target_list
from globalban_bot.profiles.loader import NoticeSettings, Profile
from globalban_bot.wiki.answers import Queries


def list_pages(site: Any, profile: Profile, page_id: int) -> tuple[str, ...]:
    """Return the titles of all pages from which a request can be sent, also those of plans of before.

    :param site: the wiki with the requests, an ``APISite``
    :raises WikiError: it does not answer
    """
    # It imports pywikibot, and that fails where the configuration is missing.
    from globalban_bot.gather.home_wiki import pages_under  # noqa: PLC0415
    from globalban_bot.wiki.api import ApiClient  # noqa: PLC0415

    if profile.notices is None:
        return ()
    return tuple(sorted(pages_under(ApiClient(site), _roots(profile.notices, page_id))))


def standing_pages(wikis: Queries, settings: NoticeSettings, page_id: int) -> tuple[str, ...]:
    """Return the same, asked without pywikibot.

    :raises WikiError: the wiki does not tell
    """
    return tuple(title for root in _roots(settings, page_id) for title in pages_below(wikis, f'{root}/'))


def _roots(settings: NoticeSettings, page_id: int) -> list[str]:
    return [settings.list_title(page_id, '').rstrip('/'), settings.text_title(page_id, '').rstrip('/')]


def send_pages(
    plan: NoticePlan, gate: Gate, settings: NoticeSettings, standing: Iterable[str]
) -> tuple[SendPage, ...]:
    """Return the pages from which people send, as they should be; what is not to be sent now is empty.

    :param standing: titles of those that stand on the wiki
    """
    wanted = {**_lists(plan, settings), **_texts(plan, settings)}
    sends = [
        SendPage(title, tuple(one for one in notices if gate.is_open_for(one.audience)))
        for title, notices in wanted.items()
    ]
    return (*sends, *(SendPage(title, ()) for title in standing if title not in wanted))


def _lists(plan: NoticePlan, settings: NoticeSettings) -> dict[str, list[Any]]:
    groups = by_text(plan.to(Audience.COMMUNITY))
    return {settings.list_title(plan.page_id, group[0].language): group for group in groups}


def _texts(plan: NoticePlan, settings: NoticeSettings) -> dict[str, list[Any]]:
    told = enumerate(plan.to(Audience.SUBJECT), 1)
    return {settings.text_title(plan.page_id, str(number)): [one] for number, one in told}


@dataclass(frozen=True)
class Desk:
    """Keeps the pages from which people send.

    :param writer: where they go
    :param profile: the farm
    :param summary: the edit summary
    :param emptied: the edit summary where a page is emptied
    :param approve: is shown the plan before anything is edited
    """

    writer: Writer
    profile: Profile
    summary: str
    emptied: str
    approve: Approve

    def post(
        self, sends: Sequence[SendPage], now: datetime, rearmed: frozenset[str] = frozenset()
    ) -> tuple[Outcome, tuple[SendPage, ...]]:
        """Bring the pages up to date at once, and tell which of them stand as they should.

        :param now: the moment of the run (aware, UTC)
        :param rearmed: titles that the operator takes back from a person's edit
        :raises UnsafePlanError: the brake held them back
        :raises WikiError: they cannot be read
        """
        titles = [one.title for one in sends]
        states = self.writer.states(titles) if titles else {}
        emptied = frozenset(one.title for one in sends if self._is_to_empty(one, states[one.title]))
        rules = PlanContext(self.writer.bot, now, rearmed, frozenset(titles), emptied)
        # A list that is emptied, or is that of the rest, is short.
        limits = replace(self.profile.limits, shrink=1)
        pages = [*self._pages(sends, states, now)]
        outcome = sync_pages(self.writer, pages, rules, limits, self.approve) if pages else Outcome()
        states = self.writer.states(titles) if titles else {}
        return outcome, tuple(replace(one, ready=self._stands(one, states[one.title])) for one in sends)

    def _pages(
        self, sends: Sequence[SendPage], states: Mapping[str, CurrentPage], now: datetime
    ) -> Iterator[tuple[DesiredPage, str]]:
        """Yield the pages, each with its edit summary; one that would be empty is not made."""
        for one in sends:
            state = states[one.title]
            if one.notices or state.revision is not None:
                body = body_of(one)
                empty = FORGOTTEN if state.is_forgotten else 'empty'
                wanted = DesiredFacts(one.title, digest(body), 'open' if one.notices else empty)
                yield DesiredPage(wanted, body, now), self.summary if one.notices else self.emptied

    def _is_to_empty(self, send: SendPage, state: CurrentPage) -> bool:
        """Tell whether something could be sent from a page that somebody else has saved, and must not be."""
        is_others = state.revision is not None and not state.is_of(self.writer.bot)
        return is_others and not send.notices and (state.unread or not is_emptied(state.text))

    def _stands(self, send: SendPage, state: CurrentPage) -> bool:
        marker = state.marker if state.is_of(self.writer.bot) else None
        return marker is not None and marker.facts == digest(body_of(send))


def emptied_summary(page_id: int, gate: Gate | None, profile: Profile, messages: Messages) -> str:
    """Return the edit summary by which the pages of a request are emptied.

    :param gate: of the request; None where it is not known
    """
    if gate is None or not gate.held_by:
        return messages.get('summary-emptied', page_id)
    return messages.get('summary-emptied-held', page_id, gate.held_by[0], profile.report_page)


def body_of(send: SendPage) -> str:
    """Return the wikitext of a page from which people send."""
    if send.notices and send.notices[0].audience is Audience.SUBJECT:
        return render_preload(send.notices[0])
    return render_target_list(send.notices)
