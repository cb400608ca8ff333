"""Made-up notices, for tests of what shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import mwparserfromhell
from hypothesis import strategies as st

from globalban_bot.i18n.notices import load_notice_texts
from globalban_bot.model.gate import Barrier, Gate
from globalban_bot.model.notice import (
    Audience,
    Coverage,
    Delivery,
    Notice,
    NoticePlan,
    NoticeState,
    SendPage,
    Sent,
    Skip,
    Skipped,
    by_text,
    notices_on,
)
from globalban_bot.model.target import Target, Unreachable, Via
from globalban_bot.pages.plan_page import PlanPage
from globalban_bot.render.notice import Leads, render_notice
from globalban_bot.render.rich_text import LabelledLine

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
    state = {Skip.SETTLED: NoticeState.DELIVERED, Skip.NOT_CHECKED: NoticeState.NOT_CHECKED}
    return Skipped(coverage(state.get(reason, NoticeState.NONE_FOUND), where, **more), reason)


def closed() -> Target:
    return Target('aawiki', 'https://aa.wikipedia.org', 'aa', lack=Unreachable.CLOSED)


def plan(*notices: Notice, skips: tuple[Skipped, ...] = (), title: str = TITLE) -> NoticePlan:
    return NoticePlan(12, title, notices, skips, WHEN)


SHUT = Gate((Barrier.TOO_YOUNG, Barrier.NOMINATOR))
OPEN = Gate(())
HOSTILE = st.text(
    st.sampled_from("[]{}<>|~'&;:/#=*!-_%. \n\tAa$3\u202e\u200f\ufeff\x00</pre></nowiki>")
    | st.characters(codec='utf-8'),
    max_size=40,
)
EVIL = [
    '</pre></nowiki>[[User:Bea]] ~~~~',
    '|}\n{{delete}} || x !! y',
    '}}{{#target:Main Page|evil.example}}',
    '] [https://evil.example x',
    '<!-- globalban-notice 12 --> <div>',
    '\u202eturned\u2066',
]
SUBJECT = target('metawiki', 'en', 'User talk:Invented')
SKIPS = (
    skipped(
        Skip.SETTLED,
        target('frwiki', 'fr', 'Projet:Bistro'),
        link='https://fr.wikipedia.org/wiki/X',
        when=WHEN,
    ),
    skipped(Skip.NO_PAGE, closed()),
    skipped(Skip.BY_HAND, target('enwiki', 'en', 'User talk:Invented'), audience=Audience.SUBJECT),
)


def made() -> NoticePlan:
    protected = replace(target('enwiki', 'en'), protected=True)
    own = notice(SUBJECT, Audience.SUBJECT)
    return plan(
        notice(), notice(target('atwiki', 'de-at', 'Project:Beisl')), notice(protected), own, skips=SKIPS
    )


def plan_page(found: NoticePlan, gate: Gate, covered: Sequence[Coverage]) -> PlanPage:
    """Return the page of a plan whose lists and texts stand as they should."""
    groups = by_text(found.notices) if gate.open else []
    sends = [SendPage(f'User:Request facts bot/Send {n}', tuple(g), True) for n, g in enumerate(groups)]
    lines = (LabelledLine('Nominator', ('registered long ago: met',)),)
    return PlanPage(
        plan=found, plan_title='User:Request facts bot/Request/12/Notices', coverage=covered, gate=gate,
        sends=sends, lines=lines, state=('open',), report_page='User talk:Request facts bot', server='https://meta.wikimedia.org',
        ask_page='Steward requests/Miscellaneous',
        ask_text='User:Request facts bot/Ask for delivery', category='Ready notices',
    )  # fmt: skip


def evil_plan(text: str) -> NoticePlan:
    where = Target(text, f'https://{text}', text, text or 'x')
    well = target(page=text or 'x')
    link = f'https://x.example/{text}'
    settled = skipped(Skip.SETTLED, where, link=link, when=WHEN, times=2, other_words=True)
    skips = (settled, skipped(Skip.SETTLED, well))
    return plan(notice(where), notice(well), skips=skips, title=text)


def deliveries() -> list[Delivery]:
    first, second, third, fourth = made().notices
    return [
        Delivery(first, Sent.DELIVERED, revision=5),
        Delivery(second, Sent.THERE),
        Delivery(third, Sent.REFUSED, 'protected'),
        Delivery(fourth, Sent.LEFT),
    ]


def holds_still(page: str) -> None:
    """Hold that nothing on a page acts but what the bot put there."""
    code = mwparserfromhell.parse(page)
    own = re.compile(
        r'(?:m:)?(?:Special:(?:Redirect/page/12|MassMessage)|Category:Ready notices|Global bans'
        r'|Special:Diff/[0-9]+|User(?: talk)?:Request facts bot.*'
        r'|Requests for comment/Global ban for Invented)'
    )
    assert [str(link.title) for link in code.filter_wikilinks() if not own.fullmatch(str(link.title))] == []
    size = r'PAGESIZE:User:Request facts bot/Send \d+'
    named = re.compile(rf'#language:[a-z-]+|{size}|#ifexpr: \{{\{{{size}\|R\}}\}} > \d+ ')
    assert [one for one in code.filter_templates() if not named.fullmatch(str(one.name))] == []
    assert code.filter_comments() == []
    assert {str(tag.tag) for tag in code.filter_tags()} <= {
        'div', 'p', 'bdi', 'onlyinclude', 'code', 'pre', 'table', 'tr', 'th', 'td', 'li', 'b', 'i',
        'noinclude',
    }  # fmt: skip
    for link in code.filter_external_links():
        assert re.fullmatch(r'https://[a-z0-9-]+(?:\.[a-z0-9-]+)+/\S*', str(link.url)), link
    assert '~~~' not in page
    assert '<script' not in page
    for opening, closing in (('<pre>', '</pre>'), ('<bdi>', '</bdi>'), ('{|', '|}')):
        assert page.count(opening) == page.count(closing)
    assert page.count('<div') == page.count('</div>')
    inside = re.findall('<pre>(.*?)</pre>', page, re.DOTALL)
    assert not any(set('<>[]{}|') & set(block) for block in inside)
    assert notices_on(page, 12) == 0
