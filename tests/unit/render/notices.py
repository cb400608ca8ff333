"""Made-up notices, for tests of what shows them."""

from __future__ import annotations

from datetime import UTC, datetime

from globalban_bot.i18n.notices import load_notice_texts
from globalban_bot.model.notice import Audience, Coverage, Notice, NoticePlan, NoticeState, Skip, Skipped
from globalban_bot.model.target import Lack, Target, Via
from globalban_bot.render.notice import Leads, render_notice

WHEN = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
TITLE = 'Requests for comment/Global ban for Invented'
LEADS = Leads(
    page_id=12,
    request=TITLE,
    why='User:Request facts bot/Request/12/Notices',
    questions='User talk:Request facts bot',
)
TEXTS = load_notice_texts()


def target(wiki: str = 'dewiki', language: str = 'de', page: str | None = 'Project:Pump') -> Target:
    host = f'{wiki.removesuffix("wiki")}.wikipedia.org'
    return Target(wiki, f'https://{host}', language, page, via=Via.SITELINK if page else None)


def notice(
    where: Target | None = None, audience: Audience = Audience.COMMUNITY, leads: Leads = LEADS
) -> Notice:
    place = where or target()
    return render_notice(place, audience, TEXTS.choose(place.language), leads)


def coverage(state: NoticeState, where: Target | None = None, **more: object) -> Coverage:
    audience = more.pop('audience', Audience.COMMUNITY)
    return Coverage(where or target(), audience, state, **more)  # type: ignore[arg-type]


def skipped(reason: Skip, where: Target | None = None, **more: object) -> Skipped:
    state = {Skip.TOLD: NoticeState.FOUND, Skip.NOT_CHECKED: NoticeState.NOT_CHECKED}
    return Skipped(coverage(state.get(reason, NoticeState.NONE_FOUND), where, **more), reason)


def closed() -> Target:
    return Target('aawiki', 'https://aa.wikipedia.org', 'aa', lack=Lack.CLOSED)


def plan(*notices: Notice, skips: tuple[Skipped, ...] = (), title: str = TITLE) -> NoticePlan:
    return NoticePlan(12, title, notices, skips, WHEN)
