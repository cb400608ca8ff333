"""What figures over closed requests say, for all forms alike. Nothing here is escaped yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import LEAST_IN_A_CELL, Cell, Figure, Period, Study, Topic

#: Key of the cell that small ones were merged into.
MERGED = 'merged'
#: Rules that have a label; those of another farm are called by their names.
RULES = frozenset({'nominator-account', 'nominator-registered', 'nominator-edits', 'blocked-projects'})
#: Spans of time, which several topics share.
SPANS = frozenset({'hours', 'day', 'week', 'month', 'year', 'longer'})
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


@dataclass(frozen=True)
class Row:
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
        for (topic, period), figures in groupby(study.figures, key=lambda one: (one.topic, one.period))
    ]
    found = {topic: tuple(one for one in parts if one.topic is topic) for topic in Topic}
    return {topic: of_topic for topic, of_topic in found.items() if of_topic}


def rows_of(figure: Figure, messages: Messages) -> tuple[Row, ...]:
    """Return the cells of a figure; none of one that is withheld."""
    if figure.withheld:
        return ()
    return tuple(
        Row(cell.key, cell_label(figure, cell, messages), cell.count, figure.percent(cell))
        for cell in figure.cells
    )


# --- what it is about --------------------------------------------------------------------------------


def intro(study: Study, messages: Messages) -> str:
    """Return when the figures were made, and over how many requests."""
    said = messages.get('whatif-intro', messages.time(study.as_of), study.requests)
    left_out = f' {messages.get("whatif-left-out", study.left_out)}' if study.left_out else ''
    return said + left_out


def about(messages: Messages) -> str:
    """Return what is counted, and what counts as failed."""
    return messages.get('whatif-about', LEAST_IN_A_CELL)


def title(topic: Topic, messages: Messages) -> str:
    """Return what a figure is about."""
    return messages.get(f'whatif-title-{topic.value}')


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
    """Return what the requests of a cell have in common; a merged cell names all that is in it."""
    if cell.key != MERGED:
        return key_label(figure.topic, cell.key, messages)
    small = '; '.join(key_label(figure.topic, key, messages) for key in figure.merged)
    if figure.mostly is None:
        return messages.get('whatif-merged', LEAST_IN_A_CELL, small)
    mostly = key_label(figure.topic, figure.mostly, messages)
    return messages.get('whatif-merged-mostly', mostly, LEAST_IN_A_CELL, small)


def short_label(figure: Figure, key: str, messages: Messages) -> str:
    """Return a label for a place that has no room for all that was merged."""
    if key == MERGED and figure.mostly is not None:
        return messages.get('whatif-merged-short-mostly', key_label(figure.topic, figure.mostly, messages))
    return key_label(figure.topic, key, messages)


def key_label(topic: Topic, key: str, messages: Messages) -> str:
    """Return the label of a key; a rule that has none is called by its name."""
    if key == MERGED:
        return messages.get('whatif-merged-short')
    if topic is Topic.MISSING and key not in RULES and key not in NO_RULE:
        return key
    if key in SPANS:
        return messages.get(f'whatif-span-{key}')
    return messages.get(f'whatif-{topic.value}-{key}')


def number_text(row: Row, messages: Messages) -> str:
    """Return how many, with the share where there is one."""
    return str(row.count) if row.percent is None else messages.get('whatif-percent', row.count, row.percent)


# --- one line for a figure ---------------------------------------------------------------------------


def headline(figure: Figure, messages: Messages) -> str:
    """Return what a figure shows first: who passed, what was missing most, or its two largest cells."""
    rows = rows_of(figure, messages)
    if not rows:
        return messages.get('whatif-withheld', LEAST_IN_A_CELL)
    if figure.topic is Topic.PASSED:
        first = rows[0]
        return f'{_share(first, figure, messages)} {first.label}'
    most = sorted(rows, key=lambda row: -row.count)
    if figure.topic is Topic.MISSING:
        passed = next((row for row in rows if row.key == 'none'), None)
        rules = [row for row in most if row.key not in {*NO_RULE, MERGED}]
        # A rule that is within a merged cell could be the larger one.
        if passed is not None and rules and figure.mostly is None:
            said = _entries([row for row in rules if row.count == rules[0].count], messages)
            return messages.get('whatif-most-missing', _share(passed, figure, messages), said)
    return messages.get('whatif-most', _entries(most[:2], messages))


def _share(row: Row, figure: Figure, messages: Messages) -> str:
    if row.percent is None:
        return messages.get('whatif-share', row.count, figure.of)
    return messages.get('whatif-share-percent', row.count, figure.of, row.percent)


def _entries(rows: list[Row], messages: Messages) -> str:
    return '; '.join(messages.get('whatif-most-one', row.label, row.count) for row in rows)


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
