"""How people send the notices of a plan: one link a text, or what to copy where a link would be too long."""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.notice import Audience, NoticeState, SendPage
from globalban_bot.pages.plan_page import PlanPage
from globalban_bot.pages.send_links import form_link, section_link
from globalban_bot.render.escape import escape
from globalban_bot.render.notice_cells import language_name, link_cell
from globalban_bot.render.notice_words import link_of, state_word


def sending_lines(page: PlanPage, messages: Messages) -> Iterator[str]:
    """Yield the links of a plan, one a text, and how to send or to ask for it."""
    for one in page.sendable(Audience.COMMUNITY):
        yield from _community(one, page.server, messages)
    if page.sendable(Audience.COMMUNITY):
        yield f'* {messages.get("notices-form")}'
    for one in page.sendable(Audience.SUBJECT):
        yield _subject(one, page, messages)
    if page.sendable(Audience.COMMUNITY):
        # The request is filled in by a page of the kit; the plan is its first parameter.
        heading = messages.get('notices-ask-heading', page.plan.page_id)
        link = section_link(page.server, page.ask_page, page.ask_text, heading, (page.plan_title,))
        label = messages.get('notices-ask-link')
        yield f'* {messages.get("notices-ask", f"[{link} {label}]")}'
    yield f'* {messages.get("notices-advice")}'


def _community(send: SendPage, server: str, messages: Messages) -> Iterator[str]:
    first, count = send.notices[0], len(send.notices)
    label = messages.get('notices-send', language_name(first.language), count)
    link = form_link(server, send.title, first)
    if link is not None:
        yield f'* [{link} {label}] ([[{send.title}|{messages.get("notices-list")}]])'
        return
    yield f'* {label} {messages.get("notices-copy", f"[[{send.title}]]")}'
    yield f'{messages.get("notices-subject-line")}: <pre>{escape(first.heading)}</pre>'
    yield f'{messages.get("notices-message")}: <pre>{escape(first.body)}</pre>'


def _subject(send: SendPage, page: PlanPage, messages: Messages) -> str:
    """Return the link for a new section, beside it the link to the request that stands there already."""
    first = send.notices[0]
    link = section_link(page.server, first.target.page or '', send.title, first.heading)
    line = f'* [{link} {messages.get("notices-send-subject", language_name(first.language))}]'
    there = link_of(first, page.coverage)
    if there is None:
        return line
    return f'{line} ({link_cell(there, state_word(NoticeState.LINKED, messages))})'
