"""A plan of notices, and what became of it, as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.gate import Gate
from globalban_bot.model.notice import Coverage, Delivery, NoticePlan, Skipped, by_text
from globalban_bot.model.settling import Send
from globalban_bot.model.target import Target
from globalban_bot.render.escape import one_line
from globalban_bot.render.notice_words import (
    barrier_texts,
    counts_text,
    coverage_text,
    send_texts,
    sent_text,
    skip_text,
    state_text,
    subject_text,
    why_text,
)


def notice_plan_text(
    plan: NoticePlan,
    coverage: Sequence[Coverage],
    gate: Gate,
    messages: Messages,
    sends: Sequence[Send] = (),
) -> str:
    """Return a plan as text: the same as its page, for whoever runs the bot.

    :param sends: the messages that were sent about the request, oldest first
    """
    lists = sorted({send.page for send in sends})
    said = (f'  {text}' for text in send_texts(sends, coverage, lists, messages))
    return '\n'.join([*_plan(plan, coverage, gate, messages), *said]) + '\n'


def notice_result_text(deliveries: Sequence[Delivery], skipped: Sequence[Skipped], messages: Messages) -> str:
    """Return what became of each notice, as text."""
    lines = [f'{counts_text(deliveries, messages)}.']
    for one in deliveries:
        reason = f' ({one_line(one.reason, 120)})' if one.reason else ''
        lines.append(f'  {_place(one.notice.target)}: {sent_text(one.sent, messages)}{reason}')
    return '\n'.join([*lines, *_skipped(skipped, messages)]) + '\n'


def _plan(plan: NoticePlan, coverage: Sequence[Coverage], gate: Gate, messages: Messages) -> Iterator[str]:
    yield f'{one_line(plan.title)} ({messages.get("notices-code", plan.code)})'
    yield f'{messages.get("notices-communities")}: {coverage_text(coverage, messages)}.'
    subject = subject_text(coverage, messages)
    if subject is not None:
        yield f'{messages.get("notices-subject")}: {subject}.'
    yield f'{messages.get("notices-barriers")}:'
    yield from (f'  {text}' for text in barrier_texts(gate, messages))
    if gate.held_by:
        yield f'  {messages.get("notices-held-by-terminal", ", ".join(gate.held_by))}'
    if gate.open:
        yield f'  {messages.get("notices-open")}'
    caption = messages.get('notices-planned-caption', len(plan.notices))
    yield f'{caption}:' if plan.notices else messages.get('notices-nothing')
    for one in plan.notices:
        why, state = why_text(one.audience, messages), state_text(one, coverage, messages)
        yield f'  {_place(one.target)} [{one_line(one.language, 20)}]: {why}; {state}'
    yield from _skipped(plan.skipped, messages)
    for group in by_text(plan.notices):
        first = group[0]
        yield f'{messages.get(f"notices-text-{first.audience.value}", one_line(first.language, 20))}:'
        yield f'  {one_line(first.heading)}'
        yield from (f'  {one_line(line, 2000)}' for line in first.body.splitlines())


def _skipped(skipped: Sequence[Skipped], messages: Messages) -> Iterator[str]:
    if skipped:
        yield f'{messages.get("notices-skipped-caption", len(skipped))}:'
    for one in skipped:
        yield f'  {_place(one.coverage.target)}: {skip_text(one, messages)}'


def _place(target: Target) -> str:
    page = f' {one_line(target.page, 120)}' if target.page is not None else ''
    return f'{one_line(target.host or target.wiki, 120)}{page}'
