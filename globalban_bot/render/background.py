"""Figures for the operator alone, as plain text for the terminal."""

from __future__ import annotations

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.account import Bounds
from globalban_bot.model.background import Background
from globalban_bot.model.unknown import Unknown
from globalban_bot.render.known import gap_text


def render_background(background: Background, messages: Messages) -> str:
    """Return what the operator reads; nobody is named but wikis."""
    lines = [messages.get('background-title', messages.time(background.as_of)), '']
    if background.first_block is None:
        lines.append(messages.get('background-no-block'))
    elif isinstance(background.first_block, Unknown):
        gap = gap_text(background.first_block.gap, messages, exact=True)
        lines.append(messages.get('background-block-unknown', gap))
    else:
        lines.append(messages.get('background-edits', messages.date(background.first_block)))
        lines += [f'  {wiki}: {_count(edits, messages)}' for wiki, edits in background.edits_after]
    voters = background.voters
    lines += [
        '',
        messages.get('background-voters', voters.counted),
        f'  {messages.get("background-unregistered", voters.unregistered)}',
        f'  {messages.get("background-newer", voters.newer)}',
        f'  {messages.get("background-fewer", voters.fewer, voters.least)}',
        f'  {messages.get("background-unknown", voters.unknown)}',
        '',
        messages.get('background-no-rule'),
    ]
    return '\n'.join(lines) + '\n'


def _count(edits: Bounds | Unknown, messages: Messages) -> str:
    if isinstance(edits, Unknown):
        return f'{messages.get("verdict-undetermined")} ({gap_text(edits.gap, messages, exact=True)})'
    if edits.at_most == edits.at_least:
        return str(edits.at_least)
    return messages.get('background-at-least', edits.at_least)
