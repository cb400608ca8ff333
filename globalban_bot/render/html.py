"""A page of facts as HTML, for looking at without a wiki."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.tally import Tally
from globalban_bot.render.box import (
    count_text,
    lines_of,
    looks_text,
    proposal_name,
    questions_of,
    time_texts,
)
from globalban_bot.render.escape import one_line
from globalban_bot.render.rich_text import as_html
from globalban_bot.render.state import since_of, state_said, status_text


def render_html(tallies: Sequence[Tally], messages: Messages, as_of: datetime, figures: str = '') -> str:
    """Return one HTML page with the board and a part for each request.

    Jinja escapes all text; the page loads nothing from elsewhere.

    :param figures: name of the file beside it with figures over closed requests; empty where there is none
    """
    locale = Locale.parse(messages.language.replace('-', '_'))
    return _template().render(
        language=messages.language,
        direction=locale.text_direction,
        tallies=tallies,
        as_of=as_of,
        figures=figures,
        msg=messages.get,
        time=messages.time,
        proposal_name=proposal_name,
        name=lambda tally: one_line(tally.request.title.partition('/')[2] or tally.request.title or '–', 160),
        status=lambda tally: status_text(tally.request.state.phase, since_of(tally.request.state), messages),
        state=lambda tally: state_said(tally.request, messages),
        count=lambda proposal: count_text(proposal, messages),
        looks=lambda looks: looks_text(looks, messages),
        lines=lambda tally: lines_of(tally, messages),
        questions=lambda tally: questions_of(tally, messages),
        times=lambda tally: time_texts(tally, messages),
        said=as_html,
    )


@cache
def _template() -> Template:
    loader = PackageLoader('globalban_bot.render', '')
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template('page.html.j2')
