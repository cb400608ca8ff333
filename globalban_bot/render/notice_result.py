"""What became of a plan of notices, as a page: what the bot did not deliver, the nominator still has to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.notice import Delivery, Sent, Skipped
from globalban_bot.render.box import END
from globalban_bot.render.escape import escape, one_line
from globalban_bot.render.notice_cells import link_cell, page_cell, table, wiki_cell
from globalban_bot.render.notice_words import counts_text, sent_text, skip_text


def render_notice_result(
    page_id: int,
    deliveries: Sequence[Delivery],
    skipped: Sequence[Skipped],
    messages: Messages,
    as_of: datetime,
) -> str:
    """Return the page: what was not delivered first, as that is what somebody has to do something about.

    :param page_id: page id of the request
    :param as_of: when the delivery ended (UTC)
    """
    request = f'[[Special:Redirect/page/{page_id}|{messages.get("notices-request")}]]'
    title = f"'''{messages.get('notices-result')}'''"
    lines = [
        messages.div('globalban-notices'),
        f'{title}, {messages.get("notices-result-intro", messages.time(as_of), request)}',
        f'* {counts_text(deliveries, messages)}.',
        *_table(deliveries, skipped, messages),
        END,
    ]
    return '\n'.join(lines) + '\n'


def _table(deliveries: Sequence[Delivery], skipped: Sequence[Skipped], messages: Messages) -> Iterator[str]:
    done = {Sent.DELIVERED, Sent.HANDED_OVER, Sent.THERE}
    rows = [_row(one, messages) for one in deliveries if one.sent not in done]
    rows += [
        (
            wiki_cell(one.coverage.target),
            page_cell(one.coverage.target, one.coverage.audience, messages),
            skip_text(one, messages),
        )
        for one in skipped
    ]
    rows += [_row(one, messages) for one in deliveries if one.sent in done]
    if rows:
        columns = [messages.get(key) for key in ('notices-wiki', 'notices-page', 'notices-became')]
        yield from table(messages.get('notices-result-caption'), columns, rows)


def _row(delivery: Delivery, messages: Messages) -> tuple[str, str, str]:
    target = delivery.notice.target
    said = sent_text(delivery.sent, messages)
    if delivery.reason:
        said += f' ({escape(one_line(delivery.reason, 120))})'
    link = f'{target.url}/wiki/Special:Diff/{delivery.revision}' if delivery.revision is not None else None
    return wiki_cell(target), page_cell(target, delivery.notice.audience, messages), link_cell(link, said)
