"""The board: the list of requests, as wikitext.

While a request is open, its count stands in its box only. A request whose head states a closing is never
shown as open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.summary import SummaryRow
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.box import END
from globalban_bot.render.escape import escape, one_line
from globalban_bot.render.multilingual import review_lines, translations
from globalban_bot.render.state import since_of, status_text
from globalban_bot.render.stop_banner import while_stopped


def render_board(
    rows: Sequence[SummaryRow], profile: Profile, messages: Messages, as_of: datetime, note: str = ''
) -> str:
    """Return the board in one language, open requests first, the newest at the top of each part.

    :param as_of: when the pages were read (aware, UTC)
    :param note: a line above the table, as wikitext; empty for none
    """
    stop = messages.get('board-stopped', profile.stop_page)
    lines = [
        messages.div('globalban-board'),
        while_stopped(profile.stop_page, f'<p>{stop}</p>'),
        *_above(messages, as_of, note),
        *_table(by_age(rows), profile, messages),
        *_notices(profile, messages),
        *review_lines(messages),
        END,
    ]
    return '\n'.join(lines) + '\n'


def board_facts(rows: Sequence[SummaryRow], languages: Sequence[str] = (), problem: str = '') -> str:
    """Return what a reader of the board cares about, as text to be compared.

    :param languages: those in which it is shown, beside English
    :param problem: what is noted above the table; empty for nothing
    """
    told = [
        f'{row.title} {row.opened} {row.key} {row.since} {row.looks}{_ready(row)}' for row in by_age(rows)
    ]
    beside = (translations(languages) if languages else '', problem)
    return '\n'.join([*told, *filter(None, beside)])


def board_standing(rows: Sequence[SummaryRow], problem: str = '') -> str:
    """Return which requests there are, where they stand, and whose notices can be sent, to be compared.

    :param problem: what is noted above the table; empty for nothing
    """
    told = [f'{row.page_id} {row.key}{_ready(row)}' for row in by_age(rows)]
    return '\n'.join([*told, *filter(None, [problem])])


def _ready(row: SummaryRow) -> str:
    return ' ready' if row.ready else ''


def by_age(rows: Sequence[SummaryRow]) -> list[SummaryRow]:
    """Return requests in the order of the board."""
    newest = sorted(
        rows, key=lambda row: (row.opened is not None, row.opened, row.page_id or 0), reverse=True
    )
    return sorted(newest, key=lambda row: not row.phase.is_open)


def row_of(tally: Tally) -> SummaryRow:
    """Return a tallied request as a row of the board."""
    request = tally.request
    state = request.state
    return SummaryRow(
        request.title,
        request.page_id,
        request.opened,
        state.phase,
        since_of(state),
        state.key,
        len(tally.looks),
    )


def in_order(tallies: Sequence[Tally]) -> list[Tally]:
    """Return tallies in the order of the board."""
    rows = [row_of(one) for one in tallies]
    at = {id(row): one for row, one in zip(rows, tallies, strict=True)}
    return [at[id(row)] for row in by_age(rows)]


def _above(messages: Messages, as_of: datetime, note: str) -> Iterator[str]:
    title = f"'''{messages.get('board-title')}'''"
    comma = messages.get('comma-separator')
    yield f'{title}{comma}{messages.get("board-intro", messages.time(as_of))}'
    yield from ['', note] if note else []


def _notices(profile: Profile, messages: Messages) -> Iterator[str]:
    """Yield a line that leads to the plans of notices that can be sent now."""
    if profile.notices is not None:
        yield f'<p>[[:Category:{profile.notices.category}|{messages.get("board-notices")}]]</p>'


def _table(rows: Sequence[SummaryRow], profile: Profile, messages: Messages) -> Iterator[str]:
    """Yield the table, what leads on first: a telephone shows the last columns after scrolling."""
    yield '{| class="wikitable sortable"'
    yield f'|+ {messages.get("board-title")}'
    yield '|-'
    for column in ('board-request', 'board-facts', 'board-status', 'board-opened'):
        yield f'! scope="col" | {messages.get(column)}'
    for row in rows:
        yield '|-'
        yield f'! scope="row" | {_link(row)}'
        yield f'| data-sort-value="{row.looks}" | {_box_link(row, profile, messages)}'
        yield f'| {_sorted_by(row.since)}{_status(row, profile, messages)}'
        opened = messages.get('verdict-undetermined') if row.opened is None else messages.time(row.opened)
        yield f'| {_sorted_by(row.opened)}{opened}'
    yield '|}'


def _box_link(row: SummaryRow, profile: Profile, messages: Messages) -> str:
    """Link the box of a request by what is to look at there."""
    said = messages.get('board-facts-looks', row.looks) if row.looks else messages.get('board-facts-none')
    return said if row.page_id is None else f'[[{profile.box_title(row.page_id)}|{said}]]'


def _status(row: SummaryRow, profile: Profile, messages: Messages) -> str:
    """Return where a request stands, with a link to its plan where notices can be sent now."""
    said = status_text(row.phase, row.since, messages)
    if not row.ready or profile.notices is None:
        return said
    plan = profile.notices.plan_page.format(page_id=row.page_id)
    link = f'[[{plan}|{messages.get("board-notices-ready")}]]'
    return f'{said}{messages.get("semicolon-separator")}{link}'


def _sorted_by(moment: datetime | None) -> str:
    """Return what a cell is sorted by: as text, a time would be sorted by its hour."""
    return '' if moment is None else f'data-sort-value="{moment:%Y-%m-%d %H:%M}" | '


def _link(row: SummaryRow) -> str:
    """Link a request by its page id: it stays right when the page is moved."""
    name = f'<bdi>{escape(one_line(row.title.partition("/")[2] or row.title, 120))}</bdi>'
    return name if row.page_id is None else f'[[Special:Redirect/page/{row.page_id}|{name}]]'
