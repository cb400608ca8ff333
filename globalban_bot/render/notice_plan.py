"""A plan of notices, as a page on the wiki of the request.

.. code-block:: wikitext

   '''Notices about a request''', as of 14:05, 3 May 2027 (UTC). …
   * ''Communities:'' notice found on 12 of 31 wikis where the account has edited; none found on 19.
   == What stands in the way ==
   == How to approve ==
   == What is planned ==

It says who would be told what, and how to approve it. What is delivered is what stands here; the digest that
people approve changes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from globalban_bot.errors import InternalError
from globalban_bot.i18n.languages import direction_of, tag_of
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.approval import Gate, Word
from globalban_bot.model.notice import Coverage, Notice, NoticePlan, Skip, Skipped, notice_marker
from globalban_bot.render.answer import form_of
from globalban_bot.render.box import END
from globalban_bot.render.escape import escape, one_line
from globalban_bot.render.in_languages import in_languages
from globalban_bot.render.notice import APPROVER, SIGNATURE, approved_by
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
from globalban_bot.render.title import linkable


def render_notice_plan(
    plan: NoticePlan,
    coverage: Sequence[Coverage],
    gate: Gate,
    messages: Messages,
    approvals: str,
    languages: Sequence[str] = (),
    ask: str | None = None,
) -> str:
    """Return the page of a plan.

    :param coverage: of all targets, those of the plan included
    :param approvals: title of the page beside it, where people approve
    :param languages: those in which a box shows a part of it, beside English
    :param ask: the template by which people may say the same on the talk page; None where there is none
    :raises InternalError: that is no title
    """
    lines = [
        messages.div('globalban-notices'),
        *_intro(plan, coverage, messages, languages),
        *_barriers(gate, messages),
        *_how(plan, approvals, ask, messages),
        *_planned(plan.notices, messages),
        *_skipped(plan.skipped, messages),
        *_previews(plan, gate, messages),
        *by_hand_lines(plan.notices, gate.approver, messages),
        END,
    ]
    return '\n'.join(lines) + '\n'


def notice_plan_facts(plan: NoticePlan, gate: Gate, messages: Messages) -> str:
    """Return what a reader of the plan cares about, as text to be compared; not when it was made."""
    skipped = sorted(
        f'{one.coverage.target.wiki} {one.coverage.target.page} {skip_text(one, messages)}'
        for one in plan.skipped
    )
    return '\n'.join([plan.digest, *skipped, *barrier_texts(gate, messages), gate.approver or ''])


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
    if gate.approver is not None:
        name = f'<bdi>{escape(one_line(gate.approver, 90))}</bdi>'
        said = messages.get('notices-approved', name)
        yield f'* {said if gate.revision is None else f"[[Special:Diff/{gate.revision}|{said}]]"}'


def _how(plan: NoticePlan, approvals: str, ask: str | None, messages: Messages) -> Iterator[str]:
    page = linkable(approvals)
    if page is None:
        raise InternalError(f'{approvals!r} is no title that a plan can link')
    yield f'== {messages.get("notices-how")} =='
    yield messages.get('notices-how-intro', f'[[{page}]]')
    for word in Word:
        written = f'{word.value} {plan.digest}' if word is Word.APPROVE else word.value
        yield f'* <code>{written}</code>: {messages.get(f"notices-word-{word.value}")}'
    if ask is not None:
        said = messages.get('notices-how-ask', form_of(ask, Word.APPROVE.value, plan.digest))
        # On a telephone, a long title is wider than the page.
        yield f'<div style="overflow-wrap: anywhere">{said}</div>'


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


def _previews(plan: NoticePlan, gate: Gate, messages: Messages) -> Iterator[str]:
    if not plan.notices:
        return
    yield f'== {messages.get("notices-texts")} =='
    for group in by_text(plan.notices):
        first = group[0]
        key = f'notices-text-{first.audience.value}'
        yield f'=== {messages.get(key, escape(first.language))} ==='
        yield from _preview(first, plan.page_id, gate.approver, messages)


def _preview(notice: Notice, page_id: int, approver: str | None, messages: Messages) -> Iterator[str]:
    """Yield a text as it will look: without what would act on this page, the signature and the marker."""
    shown = approved_by(notice, approver) if approver is not None else notice
    body = shown.body.replace(APPROVER, f'<bdi>{messages.get("notices-approver")}</bdi>')
    body = body.replace(notice_marker(page_id), '').replace(SIGNATURE, messages.get('notices-signature'))
    language, direction = tag_of(notice.language), direction_of(notice.language)
    yield f"<div lang=\"{language}\" dir=\"{direction}\">'''{notice.heading}'''</div>"
    yield body.rstrip()
