"""Figures over closed requests as one HTML page with bars. It loads nothing and runs no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import MERGED, Figure, Study, Topic
from globalban_bot.render.study import (
    SPANS,
    FigureRow,
    Part,
    about,
    caption,
    column,
    headline,
    hours_text,
    intro,
    invented,
    key_label,
    limits,
    note,
    number_text,
    parts_of,
    period_text,
    rows_of,
    rules_text,
    short_label,
    short_number,
    shown_key,
    sources_of,
    title,
)

#: Patterns, by which the parts of a topic are told from each other, and colours. A pattern has in no two of
#: the four lists below one colour, so that on the page hardly anything looks like what it is not.
PATTERNS = ('rise', 'dots', 'bars', 'fall', 'weave', 'lines', 'grid', 'stripe')
COLOURS = ('ochre', 'green', 'plum', 'blue')
_PASSED = ('not-met', 'people', 'other-body', 'lock', 'nothing')
_MISSING = ('blocked-projects', 'nominator-edits', 'nominator-registered', 'several', 'nominator-account')
_OUTCOMES = ('invalid', 'unsuccessful', 'successful', 'inactive', 'closed', 'open', 'unknown', 'withdrawn')
_TIMES = (*SPANS, 'one-block', 'no-block')
_LISTS = (_PASSED, _MISSING, _OUTCOMES, _TIMES)
_OWN = {Topic.PASSED: _PASSED, Topic.FOLLOWED: _PASSED, Topic.MISSING: _MISSING, Topic.OUTCOMES: _OUTCOMES}
_LONG_NAME = 24
#: What is full, what is empty and what is mixed looks the same in every topic.
FIXED = {'met': 'full', 'none': 'full', 'undetermined': 'empty', MERGED: 'mixed'}


@dataclass(frozen=True)
class Segment:
    """A cell as a piece of a bar.

    :param number: how many, or a range
    :param name: a short label, shown where there is room
    :param fill: how it is filled, as classes of the style sheet
    """

    row: FigureRow
    number: str
    name: str
    fill: str

    @property
    def is_range(self) -> bool:
        """Whether its number is told as a range."""
        return self.number != str(self.row.count)

    @property
    def is_long(self) -> bool:
        """Whether its name needs more room than most."""
        return len(self.name) > _LONG_NAME


@dataclass(frozen=True)
class Bar:
    """A figure as it is drawn.

    :param rules: whose rules it is about; empty where it is about none
    :param headline: what it shows first
    :param width: its length, in percent of the longest of its topic
    :param segments: none where it is withheld
    """

    rules: str
    headline: str
    width: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Panel:
    """Bars and table of a period.

    :param hours: what all requests took together; None where that is not told
    """

    period: str
    caption: str
    bars: tuple[Bar, ...]
    hours: str | None
    withheld: bool


@dataclass(frozen=True)
class Chapter:
    """A topic of the page.

    :param name: by which links lead to it
    :param note: what must be known first; empty for most
    :param legend: fill and short label of each kind of segment, in the order of the bars
    :param sources: who proposed which rules
    """

    name: str
    title: str
    note: str
    column: str
    has_rules: bool
    legend: tuple[tuple[str, str], ...]
    panels: tuple[Panel, ...]
    sources: tuple[str, ...]


def render_study_html(study: Study, messages: Messages) -> str:
    """Return the page. Jinja escapes all text."""
    locale = Locale.parse(messages.language.replace('-', '_'))
    return _template().render(
        language=messages.language,
        direction=locale.text_direction,
        msg=messages.get,
        number=lambda row: number_text(row, messages),
        intro=intro(study, messages),
        invented=invented(study, messages),
        about=about(messages),
        chapters=[*chapters_of(study, messages)],
        limits=[*limits(messages)],
    )


def chapters_of(study: Study, messages: Messages) -> Iterator[Chapter]:
    """Yield the topics, each with its bars on one scale."""
    for topic, parts in parts_of(study).items():
        fills = _fills(topic, parts, messages)
        yield Chapter(
            name=topic.value,
            title=title(topic, messages),
            note=note(topic, messages),
            column=column(topic, messages),
            has_rules=topic is Topic.PASSED,
            legend=tuple((fill, key_label(topic, key, messages)) for key, fill in fills.items()),
            panels=tuple(_panels(parts, fills, messages)),
            sources=tuple(dict.fromkeys(one for part in parts for one in sources_of(part, messages))),
        )


def _keys(parts: Sequence[Part], messages: Messages) -> list[str]:
    """Return what is drawn, in the order of the bars; what is nowhere but in merged cells comes last."""
    figures = [figure for part in parts for figure in part.figures]
    keys: list[str] = []
    for figure in figures:
        at = 0
        for row in rows_of(figure, messages):
            if row.key not in {*keys, MERGED}:
                keys.insert(at, row.key)
            at = keys.index(row.key) + 1 if row.key in keys else at
    merged = [shown_key(figure, row.key) for figure in figures for row in rows_of(figure, messages)]
    return sorted(dict.fromkeys([*keys, *merged]), key=lambda key: key in {'undetermined', MERGED})


def _fills(topic: Topic, parts: Sequence[Part], messages: Messages) -> Mapping[str, str]:
    """Return the fill of each key, in the order of the bars; a pattern comes again after eight others."""
    keys = _keys(parts, messages)
    own = _OWN.get(topic, _TIMES)
    places = (*own, *(key for key in keys if key not in {*own, *FIXED}))
    first = _LISTS.index(own)
    fills = {}
    for key in keys:
        number = places.index(key) if key in places else 0
        pattern, colour = PATTERNS[number % len(PATTERNS)], COLOURS[(number + first) % len(COLOURS)]
        fills[key] = FIXED.get(key, f'{pattern} {colour}')
    return fills


def _panels(parts: Sequence[Part], fills: Mapping[str, str], messages: Messages) -> Iterator[Panel]:
    longest = max(figure.of for part in parts for figure in part.figures)
    for part in parts:
        first = part.figures[0]
        bars = tuple(_bar(figure, longest, fills, messages) for figure in part.figures)
        yield Panel(
            period=period_text(part.period, messages),
            caption=caption(part, messages),
            bars=bars,
            hours=hours_text(first, messages),
            withheld=first.withheld,
        )


def _bar(figure: Figure, longest: int, fills: Mapping[str, str], messages: Messages) -> Bar:
    segments = (
        Segment(
            row,
            short_number(figure, row, messages),
            short_label(figure, row.key, messages),
            fills[shown_key(figure, row.key)],
        )
        for row in rows_of(figure, messages)
    )
    width = 0 if figure.withheld else round(100 * figure.of / longest, 2)
    return Bar(rules_text(figure, messages), headline(figure, messages), width, tuple(segments))


@cache
def _template() -> Template:
    loader = PackageLoader('globalban_bot.render', '')
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(
        'study.html.j2'
    )
