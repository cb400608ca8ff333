"""Show tallies to the person at the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.box import render_box
from globalban_bot.render.explain import explain_line, render_explanation
from globalban_bot.render.html import render_html
from globalban_bot.render.record import render_json
from globalban_bot.render.terminal import render_table

FORMATS = ('table', 'json', 'wikitext', 'html')


def form(text: str) -> str:
    """Return the name of a format.

    :raises ValueError: there is none of that name
    """
    if text not in FORMATS:
        raise ValueError(text)
    return text


def show(tallies: Sequence[Tally], form: str, as_of: datetime) -> str:
    """Return tallies in one of the formats."""
    messages = Messages()
    if form == 'json':
        return render_json(list(tallies))
    if form == 'html':
        return render_html(tallies, messages, as_of)
    if form == 'wikitext':
        profile = load_profile('meta')
        return '\n'.join(render_box(one, profile, messages, as_of) for one in tallies)
    return '\n'.join(render_table(one, messages) for one in tallies)


def explain_pages(tallies: Sequence[Tally]) -> str:
    """Return for each entry why it counts or not."""
    messages = Messages()
    return '\n'.join(f'{render_table(one, messages)}\n{render_explanation(one, messages)}' for one in tallies)


def explain_place(tallies: Sequence[Tally], line: int) -> str:
    """Return why the entry on a line counts or not."""
    return ''.join(f'{explain_line(one, line, Messages())}\n' for one in tallies)
