"""A list of targets, which Special:MassMessage reads.

.. code-block:: wikitext

   * en.wikipedia.org: {{#target:Wikipedia:Village pump|en.wikipedia.org}}
   <noinclude>__NOINDEX__</noinclude>

Targets stand on it only while the gate is open: an old link to the form then sends nothing. That holds for a
list that a person has edited, too: it is a page of the bot's, and the history keeps what it loses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from globalban_bot.model.marker import Marker, digest
from globalban_bot.model.notice import Notice
from globalban_bot.model.target import Target
from globalban_bot.render.title import linkable

_HOST = re.compile(r'[a-z0-9-]+(?:\.[a-z0-9-]+)+')
_TARGET = re.compile(r'\{\{#target:(?P<page>[^{}|\n]+)\|(?P<host>[^{}|\n]+)\}\}')
_COMMENT = re.compile(r'<!--.*?-->', re.DOTALL)
_END = '<noinclude>__NOINDEX__</noinclude>'

#: Bytes of an empty list; all its markers are of one length.
_EMPTY_SIZE = len(
    f'{Marker(digest(_END), "empty", None, datetime.max.replace(tzinfo=UTC), digest(_END))}\n{_END}'
)


def target_line(target: Target) -> str | None:
    """Return a line of the list; None where page or wiki cannot stand in one, as with a ``|`` in a title."""
    page, host = linkable(target.page or ''), target.host
    if page is None or not _HOST.fullmatch(host):
        return None
    return f'* {host}: {{{{#target:{page}|{host}}}}}'


def can_be_listed(target: Target) -> bool:
    """Tell whether a target can stand in a list."""
    return target_line(target) is not None


def render_target_list(notices: Sequence[Notice]) -> str:
    """Return the list; one without notices is empty. What cannot stand in a list is left out."""
    lines = [line for one in notices if (line := target_line(one.target)) is not None]
    return '\n'.join([*lines, _END]) + '\n'


def while_emptied(title: str, text: str) -> str:
    """Return wikitext that shows a text only while a list is empty: the wiki looks at the size of the list.

    :param title: of the list
    """
    return f'{{{{#ifexpr: {{{{PAGESIZE:{title}|R}}}} > {_EMPTY_SIZE} | | {text} }}}}'


def unless_emptied(title: str, text: str) -> str:
    """Return wikitext that shows a text only while a list is not empty.

    :param title: of the list
    """
    return f'{{{{#ifexpr: {{{{PAGESIZE:{title}|R}}}} > {_EMPTY_SIZE} | {text} }}}}'


def is_emptied(text: str) -> bool:
    """Tell whether nothing can be sent from a page, whoever wrote it. What people say there may stay.

    A target needs braces, be it in a template; the text to a subject stands in ``<includeonly>``. A redirect
    can be sent from, as MassMessage takes the list to which it leads. What looks like a comment may be none,
    as within ``<nowiki>``: so the text is looked at with comments and without.
    """
    texts = [one.strip().lower() for one in (text, _COMMENT.sub('', text))]
    return not any(one.startswith('#') or '{{' in one or '<includeonly' in one for one in texts)


def read_target_list(text: str) -> tuple[tuple[str, str], ...] | None:
    """Return host and page of each target of a list, as MassMessage takes them, whoever wrote it.

    :return: None where that cannot be told: the list calls a template, or its targets are of other forms
    """
    if len(_TARGET.findall(text)) < text.count('{{'):
        return None
    return tuple((found['host'].strip(), found['page'].strip()) for found in _TARGET.finditer(text))
