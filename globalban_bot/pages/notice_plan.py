"""The plan of a request's notices, on the wiki with the request: who is to be told, and how people send it.

.. code-block:: wikitext

   '''Notices about a request''': '''Ready to send''', checked at 14:05, 3 May 2027 (UTC). …
   * ''State:'' open; opened 10:00, 1 May 2027 (UTC).
   * [https://meta…/Special:MassMessage?… English (en), 18 wikis: open the form]
   == About the nomination ==
   == Who is to be told ==
   == Who is not told here ==
   == Texts ==

While the gate is shut it says what stands in the way, and has no links. A plan that a person has edited is
left to them. It still says above the rest when its lists were emptied, as the wiki itself looks at the lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from globalban_bot.i18n.languages import direction_of, tag_of
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.notice import (
    Audience,
    Coverage,
    Notice,
    NoticePlan,
    Skip,
    Skipped,
    by_text,
    notice_marker,
)
from globalban_bot.pages.notice_sending import sending_lines
from globalban_bot.pages.plan_page import PlanPage
from globalban_bot.pages.standing import told_line
from globalban_bot.pages.target_list import unless_emptied, while_emptied
from globalban_bot.render.box import END
from globalban_bot.render.escape import escape, one_line
from globalban_bot.render.multilingual import in_languages
from globalban_bot.render.notice import SIGNATURE
from globalban_bot.render.notice_cells import language_name, link_cell, page_cell, table, wiki_cell
from globalban_bot.render.notice_words import (
    barrier_texts,
    coverage_text,
    link_of,
    send_texts,
    skip_text,
    state_text,
    subject_text,
    why_text,
)
from globalban_bot.render.rich_text import as_text, as_wikitext


def render_notice_plan(page: PlanPage, messages: Messages, languages: Sequence[str] = ()) -> str:
    """Return the page of a plan.

    :param languages: those in which a box shows a part of it, beside English
    """
    plan = page.plan
    lines = [
        messages.div('globalban-notices'),
        *_state(page, messages),
        *_found(page, messages, languages),
        *_nomination(page, messages),
        *_planned(plan.notices, page.coverage, messages),
        *_skipped(plan, messages),
        *_previews(plan, messages),
        END,
    ]
    told = [one.coverage.target.wiki for one in plan.skipped if one.reason is Skip.TOLD]
    if told:
        lines.append(f'<noinclude>{told_line(told)}</noinclude>')
    lines += [
        f'<noinclude>{unless_emptied(one.title, f"[[Category:{page.category}]]")}</noinclude>'
        for one in page.sendable(Audience.COMMUNITY)[:1]
    ]
    return '\n'.join(lines) + '\n'


def notice_plan_facts(page: PlanPage, messages: Messages) -> str:
    """Return what a reader of the plan cares about, as text to be compared; of the time, only the day."""
    skipped = sorted(
        f'{one.coverage.target.wiki} {one.coverage.target.page} {skip_text(one, messages)}'
        for one in page.plan.skipped
    )
    checks = [finding.rule.name for finding in page.gate.to_check]
    sends = [f'{one.title} {one.ready}' for one in page.sends]
    sends += [f'{one.page} {one.revision} {one.at}' for one in page.messages_sent]
    day = f'{page.plan.as_of:%Y-%m-%d}'
    held_by = page.gate.held_by
    return '\n'.join(
        [page.plan.code, page.standing, as_text(page.state), day, *held_by, *sends, *checks, *skipped]
    )


def _state(page: PlanPage, messages: Messages) -> Iterator[str]:
    """Yield the state, and while the gate is open how to send; else what stands in the way."""
    plan = page.plan
    request = f'[[Special:Redirect/page/{plan.page_id}|{messages.get("notices-request")}]]'
    title, at = f"'''{messages.get('notices-title')}'''", messages.time(plan.as_of)
    if page.ready:
        for one in page.sendable(Audience.COMMUNITY)[:1]:
            yield while_emptied(one.title, f'<p>{messages.get("notices-emptied")}</p>')
        yield f'{title}: {messages.get("notices-ready", at, f"Special:Redirect/page/{plan.page_id}")}'
    elif page.gate.open:
        yield f'{title}: {messages.get("notices-nothing-to-send", at, request)}'
    else:
        yield f'{title}: {messages.get("notices-shut", at, request)}'
    yield f"* ''{messages.get('label', messages.get('box-state'))}'' {as_wikitext(page.state)}."
    yield from (f'* {text}' for text in barrier_texts(page.gate, messages))
    if page.gate.held_by:
        changes = ', '.join(f'[[{title}]]' for title in page.gate.held_by)
        yield f'* {messages.get("notices-held-by", changes, f"[[{page.report_page}]]")}'
    if page.gate.to_check:
        yield f'* {messages.get("notices-to-check", len(page.gate.to_check))}'
    if page.ready:
        yield from sending_lines(page, messages)
    if not page.gate.held_by:
        yield f'* {messages.get("notices-hold")}'


def _found(page: PlanPage, messages: Messages, languages: Sequence[str]) -> Iterator[str]:
    said = _shown_in_box(page.coverage, messages, languages)
    yield f"* ''{messages.get('notices-communities')}:'' {said}."
    lists = [
        one.title for one in page.sends if not one.notices or one.notices[0].audience is Audience.COMMUNITY
    ]
    for text in send_texts(page.messages_sent, page.coverage, lists, messages):
        yield f'* {escape(text)}'
    subject = subject_text(page.coverage, messages)
    if subject is not None:
        yield f"* ''{messages.get('notices-subject')}:'' {subject}."


def _shown_in_box(coverage: Sequence[Coverage], messages: Messages, languages: Sequence[str]) -> str:
    """Return how many were told, for this page and for the box of the request, which shows it by language."""
    here = coverage_text(coverage, messages)
    there = in_languages(lambda m: coverage_text(coverage, m), languages)
    if here == there:
        return f'<onlyinclude>{here}</onlyinclude>'
    return f'<noinclude>{here}</noinclude><onlyinclude><includeonly>{there}</includeonly></onlyinclude>'


def _nomination(page: PlanPage, messages: Messages) -> Iterator[str]:
    if page.lines:
        yield f'== {messages.get("notices-nomination")} =='
    for line in page.lines:
        yield f"* ''{messages.get('label', line.label)}'' {as_wikitext(line.said)}"


def _planned(notices: Sequence[Notice], coverage: Sequence[Coverage], messages: Messages) -> Iterator[str]:
    yield f'== {messages.get("notices-planned")} =='
    if not notices:
        yield messages.get('notices-nothing')
        return
    rows = [
        (
            wiki_cell(one.target),
            page_cell(one.target, one.audience, messages),
            '–' if one.target.edits is None else str(one.target.edits),
            language_name(one.language),
            why_text(one.audience, messages),
            link_cell(link_of(one, coverage), state_text(one, coverage, messages)),
        )
        for one in notices
    ]
    keys = (
        'notices-wiki', 'notices-page', 'notices-edits', 'notices-language', 'notices-why',
        'notices-column-state',
    )  # fmt: skip
    columns = [messages.get(key) for key in keys]
    yield from table(messages.get('notices-planned-caption', len(notices)), columns, rows)


def _skipped(plan: NoticePlan, messages: Messages) -> Iterator[str]:
    if not plan.skipped and not plan.named:
        return
    yield f'== {messages.get("notices-skipped")} =='
    if plan.named:
        names = ', '.join(f'<bdi>{escape(one_line(name, 90))}</bdi>' for name in plan.named)
        yield messages.get('notices-named', names)
    if plan.skipped:
        rows = [
            (
                wiki_cell(one.coverage.target),
                page_cell(one.coverage.target, one.coverage.audience, messages),
                _reason(one, messages),
            )
            for one in plan.skipped
        ]
        columns = [messages.get(key) for key in ('notices-wiki', 'notices-page', 'notices-reason')]
        yield from table(messages.get('notices-skipped-caption', len(plan.skipped)), columns, rows)


def _reason(skipped: Skipped, messages: Messages) -> str:
    said, found = skip_text(skipped, messages), skipped.coverage
    if skipped.reason is not Skip.SETTLED:
        return said
    said = escape(said)
    dated = said if found.when is None else f'{said}, {messages.time(found.when)}'
    return link_cell(found.link, dated)


def _previews(plan: NoticePlan, messages: Messages) -> Iterator[str]:
    if not plan.notices:
        return
    yield f'== {messages.get("notices-texts")} =='
    for group in by_text(plan.notices):
        first = group[0]
        key = f'notices-text-{first.audience.value}'
        yield f'=== {messages.get(key, language_name(first.language))} ==='
        yield from _preview(first, plan.page_id, messages)


def _preview(notice: Notice, page_id: int, messages: Messages) -> Iterator[str]:
    """Yield a text as it will look: without what would act on this page, the signature and the marker."""
    body = notice.body.replace(notice_marker(page_id), '')
    body = body.replace(SIGNATURE, messages.get('notices-signature'))
    language, direction = tag_of(notice.language), direction_of(notice.language)
    yield f"<div lang=\"{language}\" dir=\"{direction}\">'''{notice.heading}'''</div>"
    yield body.rstrip()
