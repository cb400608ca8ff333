"""What figures over closed requests say, for all forms alike. Nothing here is escaped yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import (
    LEAST_FOR_PERCENT,
    LEAST_IN_A_CELL,
    MERGED,
    Cell,
    Figure,
    Period,
    Study,
    Topic,
)

#: Rules that have a label; those of another farm are called by their names.
RULES = frozenset({'nominator-account', 'nominator-registered', 'nominator-edits', 'blocked-projects'})
#: Spans of time, which several topics share.
SPANS = ('hours', 'day', 'week', 'month', 'year', 'longer')
#: What is said instead of a requirement that was not met.
NO_RULE = ('none', 'several', 'undetermined')
_OF = {
    Topic.OUTCOMES: 'whatif-of-all',
    Topic.SECOND_BLOCK: 'whatif-of-all',
    Topic.OPEN_INVALID: 'whatif-of-invalid',
    Topic.FOLLOWED_AFTER: 'whatif-of-followed',
}
_COLUMN = {
    Topic.OUTCOMES: 'whatif-column-outcomes',
    Topic.MISSING: 'whatif-column-missing',
    Topic.PASSED: 'whatif-column-passed',
    Topic.FOLLOWED: 'whatif-column-followed',
}
_NOTES = {
    Topic.MISSING: ('whatif-bot-can-check',),
    Topic.PASSED: ('whatif-passed-note', 'whatif-bot-can-check'),
}


@dataclass(frozen=True)
class FigureRow:
    """A cell as it is shown.

    :param key: key of the cell
    :param label: what these requests have in common
    :param count: how many
    :param percent: their share; None for too few requests
    """

    key: str
    label: str
    count: int
    percent: int | None


@dataclass(frozen=True)
class Part:
    """The figures of one topic and period: one, or one for each set of rules.

    :param topic: what they are about
    :param period: when the requests were opened
    :param figures: at least one
    """

    topic: Topic
    period: Period
    figures: tuple[Figure, ...]


def parts_of(study: Study) -> dict[Topic, tuple[Part, ...]]:
    """Return the figures by topic, and within it by period: before and after stand together."""
    parts = [
        Part(topic, period, tuple(figures))
        for (topic, period), figures in groupby(study.figures, key=lambda cell: (cell.topic, cell.period))
    ]
    found = {topic: tuple(one for one in parts if one.topic is topic) for topic in Topic}
    return {topic: of_topic for topic, of_topic in found.items() if of_topic}


def rows_of(figure: Figure, messages: Messages) -> tuple[FigureRow, ...]:
    """Return the cells of a figure; none of one that is withheld."""
    if figure.withheld:
        return ()
    return tuple(
        FigureRow(cell.key, cell_label(figure, cell, messages), cell.count, figure.percent(cell))
        for cell in figure.cells
    )


# --- what it is about --------------------------------------------------------------------------------


def intro(study: Study, messages: Messages) -> str:
    """Return when the figures were made, and over how many requests."""
    said = messages.get('whatif-intro', messages.time(study.as_of), study.requests)
    left_out = f' {messages.get("whatif-left-out", study.left_out)}' if study.left_out else ''
    return said + left_out


def invented(study: Study, messages: Messages) -> str:
    """Return that requests and people are invented; nothing where they are not."""
    return messages.get('whatif-invented') if study.invented else ''


def about(messages: Messages) -> str:
    """Return what is counted, what counts as failed, and where there are percentages."""
    said = messages.get('whatif-about', LEAST_IN_A_CELL)
    return f'{said} {messages.get("whatif-percents", LEAST_FOR_PERCENT)}'


def title(topic: Topic, messages: Messages) -> str:
    """Return what a figure is about."""
    return messages.get(f'whatif-title-{topic.value}')


def note(topic: Topic, messages: Messages) -> str:
    """Return what must be known before the figures of a topic are read; nothing for most."""
    return ' '.join(messages.get(key) for key in _NOTES.get(topic, ()))


def column(topic: Topic, messages: Messages) -> str:
    """Return what the cells of a topic are."""
    return messages.get(_COLUMN.get(topic, 'whatif-column-time'))


def period_text(period: Period, messages: Messages) -> str:
    """Return when the requests of a period were opened."""
    if period.start is not None and period.end is not None:
        return messages.get('whatif-between', messages.date(period.start), messages.date(period.end))
    if period.start is not None:
        return messages.get('whatif-since', messages.date(period.start))
    if period.end is not None:
        return messages.get('whatif-before', messages.date(period.end))
    return messages.get('whatif-always')


def of_text(figure: Figure, messages: Messages) -> str:
    """Return of how many requests the cells are parts; that there are too few tells no number."""
    if figure.withheld:
        return messages.get('whatif-withheld', LEAST_IN_A_CELL)
    return messages.get(_OF.get(figure.topic, 'whatif-of-failed'), figure.of)


def caption(part: Part, messages: Messages) -> str:
    """Return what the table of a topic and period is about."""
    return f'{period_text(part.period, messages)}, {of_text(part.figures[0], messages)}'


def rules_text(figure: Figure, messages: Messages) -> str:
    """Return whose rules a figure is about; nothing where it is about none of these."""
    if figure.topic is not Topic.PASSED:
        return ''
    return figure.variant or messages.get('whatif-in-force')


def sources_of(part: Part, messages: Messages) -> tuple[str, ...]:
    """Return who proposed the rules of the figures."""
    return tuple(
        messages.get('whatif-source', rules_text(one, messages), one.source)
        for one in part.figures
        if one.source
    )


def hours_text(figure: Figure, messages: Messages) -> str | None:
    """Return how long all requests took together; None where that is not told."""
    if figure.withheld or figure.hours is None:
        return None
    return messages.get('whatif-hours', figure.hours)


# --- cells -------------------------------------------------------------------------------------------


def cell_label(figure: Figure, cell: Cell, messages: Messages) -> str:
    """Return what the requests of a cell have in common; a merged cell names all that is in it.

    Where a large one was merged with small ones, it is told as a range: its number would tell theirs.
    """
    if cell.key != MERGED:
        return key_label(figure.topic, cell.key, messages)
    small = _small(figure, messages)
    if figure.mostly is None:
        return messages.get('whatif-merged', LEAST_IN_A_CELL, small)
    mostly = key_label(figure.topic, figure.mostly, messages)
    return messages.get(
        'whatif-others', messages.get('whatif-so-many', range_text(figure, messages), mostly), small
    )


def short_label(figure: Figure, key: str, messages: Messages) -> str:
    """Return a label for a place that has no room for all that was merged."""
    return key_label(figure.topic, shown_key(figure, key), messages)


def shown_key(figure: Figure, key: str) -> str:
    """Return what a cell is drawn as: one that holds a large one with small ones as the large one."""
    return figure.mostly if key == MERGED and figure.mostly is not None else key


def short_number(figure: Figure, cell: Cell | FigureRow, messages: Messages) -> str:
    """Return how many, as a range where it is a large cell with small ones."""
    return str(cell.count) if shown_key(figure, cell.key) == cell.key else range_text(figure, messages)


def range_text(figure: Figure, messages: Messages) -> str:
    """Return how many a large cell may hold that was merged with small ones."""
    return messages.get('whatif-or', figure.mostly_at_least, figure.mostly_at_most)


def _small(figure: Figure, messages: Messages) -> str:
    *first, last = (key_label(figure.topic, key, messages) for key in figure.merged)
    if not first:
        return last
    return messages.get('whatif-or' if len(first) == 1 else 'whatif-or-last', '; '.join(first), last)


def key_label(topic: Topic, key: str, messages: Messages) -> str:
    """Return the label of a key; a rule that has none is called by its name."""
    if key == MERGED:
        return messages.get('whatif-merged-short')
    if topic is Topic.MISSING and key not in RULES and key not in NO_RULE:
        return key
    if key in SPANS:
        return messages.get(f'whatif-span-{key}')
    return messages.get(f'whatif-{topic.value}-{key}')


def number_text(row: FigureRow, messages: Messages) -> str:
    """Return how many, with the share where there is one."""
    return str(row.count) if row.percent is None else messages.get('whatif-percent', row.count, row.percent)


# --- one line for a figure ---------------------------------------------------------------------------


def headline(figure: Figure, messages: Messages) -> str:
    """Return what a figure shows first: who passed, what was missing most, or its two largest cells."""
    rows = rows_of(figure, messages)
    if not rows:
        return messages.get('whatif-withheld', LEAST_IN_A_CELL)
    if figure.topic is Topic.PASSED:
        return _counted(
            next((row for row in rows if shown_key(figure, row.key) == 'met'), rows[0]), figure, messages
        )
    # Cells that are only small ones are no more often than others, whatever their sum.
    most = sorted((row for row in rows if shown_key(figure, row.key) != MERGED), key=lambda row: -row.count)
    if not most:
        return _counted(rows[0], figure, messages)
    if figure.topic is Topic.MISSING:
        passed = next((row for row in rows if row.key == 'none'), None)
        rules = [row for row in most if row.key not in NO_RULE]
        # A rule that is within a merged cell could be the larger one.
        if passed is not None and rules and figure.mostly is None:
            said = _entries([row for row in rules if row.count == rules[0].count], figure, messages)
            return messages.get('whatif-most-missing', _share(passed, figure, messages), said)
    return messages.get('whatif-most', _entries(most[:2], figure, messages))


def _counted(row: FigureRow, figure: Figure, messages: Messages) -> str:
    """Return a cell as part of all; what the others are is said where there are none but those merged."""
    said = f'{_share(row, figure, messages)} {short_label(figure, row.key, messages)}'
    if row.key != MERGED or row.count < figure.of:
        return said
    if figure.mostly is None:
        return messages.get('whatif-so-many', _share(row, figure, messages), row.label)
    return messages.get('whatif-others', said, _small(figure, messages))


def _share(row: FigureRow, figure: Figure, messages: Messages) -> str:
    number = short_number(figure, row, messages)
    if row.percent is None:
        return messages.get('whatif-share', number, figure.of)
    return messages.get('whatif-share-percent', number, figure.of, _percents(row, figure, messages))


def _percents(row: FigureRow, figure: Figure, messages: Messages) -> str:
    least, most = figure.mostly_at_least, figure.mostly_at_most
    if row.key != MERGED or least is None or most is None:
        return str(row.percent)
    ends = sorted({figure.percent(Cell(row.key, least)) or 0, figure.percent(Cell(row.key, most)) or 0})
    return str(ends[0]) if len(ends) == 1 else messages.get('whatif-or', *ends)


def _entries(rows: list[FigureRow], figure: Figure, messages: Messages) -> str:
    return '; '.join(
        messages.get(
            'whatif-most-one', short_label(figure, row.key, messages), short_number(figure, row, messages)
        )
        for row in rows
    )


# --- limits ------------------------------------------------------------------------------------------


def limits(messages: Messages) -> Iterator[str]:
    """Yield what the figures cannot say."""
    yield messages.get('whatif-limit-never-filed')
    yield messages.get('whatif-limit-merits')
    yield messages.get('whatif-limit-status')
    yield messages.get('whatif-limit-edits')
    yield messages.get('whatif-limit-blocks')
    yield messages.get('whatif-limit-bodies')
    yield messages.get('whatif-limit-merged', LEAST_IN_A_CELL)
