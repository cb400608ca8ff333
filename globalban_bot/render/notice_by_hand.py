"""What a person copies into Special:MassMessage: a list of pages, a subject, a message; per text, once.

.. code-block:: wikitext

   * en.wikipedia.org: {{#target:Wikipedia:Village pump|en.wikipedia.org}}

Each stands in a block of plain text. What is in it is escaped, so that it can neither leave the block nor act
when the page is saved; a reader sees, and copies, what it was before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.notice import Audience, Notice
from globalban_bot.render.escape import escape
from globalban_bot.render.title import linkable

_HOST = re.compile(r'[a-z0-9-]+(?:\.[a-z0-9-]+)+')


def by_text(notices: Sequence[Notice]) -> list[list[Notice]]:
    """Return notices in groups of the same text, in the order of their first."""
    groups: dict[tuple[Audience, str, str, str], list[Notice]] = {}
    for one in notices:
        groups.setdefault((one.audience, one.language, one.heading, one.body), []).append(one)
    return [*groups.values()]


def target_line(notice: Notice) -> str | None:
    """Return a line of the list of targets; None where page or wiki cannot stand in one."""
    page = linkable(notice.target.page or '')
    if page is None or not _HOST.fullmatch(notice.target.host):
        return None
    return f'* {notice.target.host}: {{{{#target:{page}|{notice.target.host}}}}}'


def by_hand_lines(notices: Sequence[Notice], messages: Messages) -> Iterator[str]:
    """Yield the blocks for the notices to communities, as wikitext."""
    groups = by_text([one for one in notices if one.audience is Audience.COMMUNITY])
    if not groups:
        return
    yield f'== {messages.get("notices-by-hand")} =='
    yield messages.get('notices-by-hand-intro')
    for group in groups:
        first = group[0]
        lines = [target_line(one) for one in group]
        found = [line for line in lines if line is not None]
        yield f'=== {messages.get("notices-text-community", escape(first.language))} ==='
        yield f'{messages.get("notices-list", len(found))}:'
        yield _block('\n'.join(found))
        if len(found) < len(lines):
            yield messages.get('notices-list-without', len(lines) - len(found))
        yield f'{messages.get("notices-subject-line")}:'
        yield _block(first.heading)
        yield f'{messages.get("notices-message")}:'
        yield _block(first.body)


def _block(text: str) -> str:
    return f'<pre>{escape(text)}</pre>'
