"""A plan of notices, as a page on the wiki of the request.

.. code-block:: wikitext

   '''Notices about a request''', as of 14:05, 3 May 2027 (UTC). …
   * ''Communities:'' notice found on 12 of 31 wikis where the account has edited; none found on 19.
   == Before this can be sent ==
   == What is planned ==

It says who would be told what, and what stands in the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from globalban_bot.i18n.languages import direction_of, tag_of
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.gate import Gate
from globalban_bot.model.notice import Coverage, Notice, NoticePlan, Skip, Skipped, notice_marker
from globalban_bot.render.box import END
from globalban_bot.render.escape import escape
from globalban_bot.render.in_languages import in_languages
from globalban_bot.render.notice import SIGNATURE
from globalban_bot.render.notice_by_hand import by_hand_lines, by_text
from globalban_bot.render.notice_cells import link_cell, page_cell, table, wiki_cell
from globalban_bot.render.notice_words import (
    barrier_texts,
    coverage_text,
    skip_text,
    state_text,
    subject_text,
    why_text,
)


def render_notice_plan(
    plan: NoticePlan,
    coverage: Sequence[Coverage],
    gate: Gate,
    messages: Messages,
    languages: Sequence[str] = (),
) -> str:
    """Return the page of a plan.

    :param coverage: of all targets, those of the plan included
    :param languages: those in which a box shows a part of it, beside English
    """
    lines = [
        messages.div('globalban-notices'),
        *_intro(plan, coverage, messages, languages),
        *_barriers(gate, messages),
        *_planned(plan.notices, messages),
        *_skipped(plan.skipped, messages),
        *_previews(plan, messages),
        *by_hand_lines(plan.notices, messages),
        END,
    ]
    return '\n'.join(lines) + '\n'


def notice_plan_facts(plan: NoticePlan, gate: Gate, messages: Messages) -> str:
    """Return what a reader of the plan cares about, as text to be compared; not when it was made."""
    skipped = sorted(
        f'{one.coverage.target.wiki} {one.coverage.target.page} {skip_text(one, messages)}'
        for one in plan.skipped
    )
    return '\n'.join([plan.code, *skipped, *barrier_texts(gate, messages)])


def _intro(
    plan: NoticePlan, coverage: Sequence[Coverage], messages: Messages, languages: Sequence[str]
) -> Iterator[str]:
    request = f'[[Special:Redirect/page/{plan.page_id}|{messages.get("notices-request")}]]'
    title = f"'''{messages.get('notices-title')}'''"
    yield f'{title}, {messages.get("notices-intro", messages.time(plan.as_of), request)}'
    said = _shown_in_box(coverage, messages, languages)
    yield f"* ''{messages.get('notices-communities')}:'' {said}."
    subject = subject_text(coverage, messages)
    if subject is not None:
        yield f"* ''{messages.get('notices-subject')}:'' {subject}."


def _shown_in_box(coverage: Sequence[Coverage], messages: Messages, languages: Sequence[str]) -> str:
    """Return how many were told, for this page and for the box of the request, which shows it by language."""
    here = coverage_text(coverage, messages)
    there = in_languages(lambda m: coverage_text(coverage, m), languages)
    if here == there:
        return f'<onlyinclude>{here}</onlyinclude>'
    return f'<noinclude>{here}</noinclude><onlyinclude><includeonly>{there}</includeonly></onlyinclude>'


def _barriers(gate: Gate, messages: Messages) -> Iterator[str]:
    yield f'== {messages.get("notices-barriers")} =='
    yield from (f'* {text}' for text in barrier_texts(gate, messages))
    if gate.open:
        yield f'* {messages.get("notices-open")}'


def _planned(notices: Sequence[Notice], messages: Messages) -> Iterator[str]:
    yield f'== {messages.get("notices-planned")} =='
    if not notices:
        yield messages.get('notices-nothing')
        return
    rows = [
        (
            wiki_cell(one.target),
            page_cell(one.target, one.audience, messages),
            escape(one.language),
            why_text(one.audience, messages),
            state_text(one, messages),
        )
        for one in notices
    ]
    keys = ('notices-wiki', 'notices-page', 'notices-language', 'notices-why', 'notices-column-state')
    columns = [messages.get(key) for key in keys]
    yield from table(messages.get('notices-planned-caption', len(notices)), columns, rows)


def _skipped(skipped: Sequence[Skipped], messages: Messages) -> Iterator[str]:
    if not skipped:
        return
    yield f'== {messages.get("notices-skipped")} =='
    rows = [
        (
            wiki_cell(one.coverage.target),
            page_cell(one.coverage.target, one.coverage.audience, messages),
            _reason(one, messages),
        )
        for one in skipped
    ]
    columns = [messages.get(key) for key in ('notices-wiki', 'notices-page', 'notices-reason')]
    yield from table(messages.get('notices-skipped-caption', len(skipped)), columns, rows)


def _reason(skipped: Skipped, messages: Messages) -> str:
    said, found = skip_text(skipped, messages), skipped.coverage
    if skipped.reason is not Skip.TOLD:
        return said
    dated = said if found.when is None else f'{said}, {messages.time(found.when)}'
    return link_cell(found.link, dated)


def _previews(plan: NoticePlan, messages: Messages) -> Iterator[str]:
    if not plan.notices:
        return
    yield f'== {messages.get("notices-texts")} =='
    for group in by_text(plan.notices):
        first = group[0]
        key = f'notices-text-{first.audience.value}'
        yield f'=== {messages.get(key, escape(first.language))} ==='
        yield from _preview(first, plan.page_id, messages)


def _preview(notice: Notice, page_id: int, messages: Messages) -> Iterator[str]:
    """Yield a text as it will look: without what would act on this page, the signature and the marker."""
    body = notice.body.replace(notice_marker(page_id), '')
    body = body.replace(SIGNATURE, messages.get('notices-signature'))
    language, direction = tag_of(notice.language), direction_of(notice.language)
    yield f"<div lang=\"{language}\" dir=\"{direction}\">'''{notice.heading}'''</div>"
    yield body.rstrip()
