"""Wikis and pages in a table, as wikitext: links to other wikis, so that nobody here is pinged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.notice import Audience
from globalban_bot.model.target import Target
from globalban_bot.render.escape import escape, one_line
from globalban_bot.render.title import address, page_address

_CODE = re.compile('[a-z]+(?:-[a-z]+)*')


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; the first cell of a row is its heading.

    :param rows: cells, as wikitext
    """
    yield '{| class="wikitable sortable"'
    yield f'|+ {caption}'
    yield '|-'
    yield from (f'! scope="col" | {column}' for column in columns)
    for first, *others in rows:
        yield '|-'
        yield f'! scope="row" | {first}'
        yield from (f'| {cell}' for cell in others)
    yield '|}'


def wiki_cell(target: Target) -> str:
    """Return a wiki by its domain, linked."""
    shown = _shown(target.host or target.wiki)
    link = address(f'{target.url}/')
    return shown if link is None else f'[{link} {shown}]'


def page_cell(target: Target, audience: Audience, messages: Messages) -> str:
    """Return a page, linked; the title of a subject's talk page is a name, and is not told."""
    if target.page is None:
        return '–'
    if audience is Audience.SUBJECT:
        return messages.get('notices-own-page')
    link, shown = page_address(target.url, target.page), _shown(target.page)
    return shown if link is None else f'[{link} {shown}]'


def language_name(code: str) -> str:
    """Return the name of a language in that language, as MediaWiki knows it, and its code.

    :param code: as MediaWiki uses it; anything else is shown as it is
    """
    if not _CODE.fullmatch(code):
        return escape(code)
    return f'<bdi>{{{{#language:{code}}}}}</bdi> ({code})'


def link_cell(link: str | None, text: str) -> str:
    """Return a text of our own, linked where there is an address that can be linked.

    :param text: wikitext
    """
    known = address(link) if link is not None else None
    return text if known is None else f'[{known} {text}]'


def _shown(text: str) -> str:
    return f'<bdi>{escape(one_line(text, 120))}</bdi>'
