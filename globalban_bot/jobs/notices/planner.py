"""Make the plan of a request's notices from what was found on the wikis."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from globalban_bot.i18n.notices import NoticeTexts
from globalban_bot.model.nomination import Nomination, Reply
from globalban_bot.model.notice import Audience, Coverage, Notice, NoticePlan, NoticeState, Skip, Skipped
from globalban_bot.model.request import Request
from globalban_bot.pages.target_list import can_be_listed
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.notice import Leads, render_notice


@dataclass(frozen=True)
class Planner:
    """Makes plans.

    :param texts: the texts of notices
    :param profile: the farm
    :param unreviewed: whether translations are used that nobody has reviewed
    """

    texts: NoticeTexts
    profile: Profile
    unreviewed: bool = False

    def plan(
        self,
        request: Request,
        nomination: Nomination,
        coverage: Sequence[Coverage],
        as_of: datetime,
        told: Collection[str] = (),
    ) -> NoticePlan:
        """Return who is to be told, and who is not, with the reason.

        The subject is told on the wiki of the request; the other talk pages are the nominator's.

        :param coverage: of all targets
        :param told: wikis that were told, as the operator says
        """
        notices: list[Notice] = []
        skipped: list[Skipped] = []
        for one, notice in zip(coverage, self.notices(request, nomination, coverage), strict=True):
            reason = self._why_skipped(one, told)
            if reason is None:
                notices.append(notice)
            else:
                skipped.append(Skipped(one, reason))
        page_id = request.page_id or 0
        return NoticePlan(page_id, request.title, tuple(notices), tuple(skipped), as_of)

    def notices(
        self, request: Request, nomination: Nomination, coverage: Sequence[Coverage]
    ) -> Iterator[Notice]:
        """Yield what a notice to each target says now, whether or not one may be sent there."""
        leads = self._leads(request)
        replies = dict(_replies(request, nomination))
        for one in coverage:
            yield self._notice(one, leads, replies.get(one.target.page or ''))

    def _why_skipped(self, coverage: Coverage, told: Collection[str]) -> Skip | None:
        if coverage.state.is_settled:
            return Skip.SETTLED
        if coverage.target.wiki in told and coverage.audience is Audience.COMMUNITY:
            return Skip.TOLD
        if coverage.target.page is None:
            return Skip.NO_PAGE
        if coverage.state is NoticeState.NOT_CHECKED:
            # Whoever may have been told is not told a second time.
            return Skip.NOT_CHECKED
        if coverage.audience is Audience.COMMUNITY and not can_be_listed(coverage.target):
            return Skip.ODD_TITLE
        by_hand = coverage.audience is Audience.SUBJECT and coverage.target.wiki != self.profile.wiki
        return Skip.BY_HAND if by_hand else None

    def _notice(self, coverage: Coverage, leads: Leads, reply: Reply | None) -> Notice:
        target = coverage.target
        text = self.texts.choose(target.language, reviewed_only=not self.unreviewed)
        return render_notice(target, coverage.audience, text, leads, reply=reply)

    def _leads(self, request: Request) -> Leads:
        settings = self.profile.notices
        why = settings.why_page.format(page_id=request.page_id) if settings is not None else ''
        return Leads(request.page_id or 0, request.title, why=why, questions=self.profile.report_page)


def _replies(request: Request, nomination: Nomination) -> Iterator[tuple[str, Reply]]:
    for name, found in zip(request.subjects, nomination.subjects, strict=False):
        if isinstance(found.reply, Reply):
            yield f'User talk:{name}', found.reply
