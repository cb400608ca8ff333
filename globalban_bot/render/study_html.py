"""Figures over closed requests as one HTML page with bars. It loads nothing and runs no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import Figure, Study, Topic
from globalban_bot.render.study import (
    MERGED,
    Part,
    Row,
    about,
    caption,
    column,
    headline,
    hours_text,
    intro,
    key_label,
    limits,
    number_text,
    parts_of,
    period_text,
    rows_of,
    rules_text,
    short_label,
    sources_of,
    title,
)

#: How segments are filled that have no fill of their own, in the order in which their cells first come.
FILLS = ('stripe', 'dots', 'rise', 'bars', 'fall', 'weave', 'lines', 'grid')
#: What is full, what is empty and what is mixed looks the same in every topic.
FIXED = {'met': 'full', 'none': 'full', 'undetermined': 'empty', MERGED: 'mixed'}


@dataclass(frozen=True)
class Segment:
    """A cell as a piece of a bar.

    :param name: a short label, shown where there is room
    :param fill: how it is filled, as a class of the style sheet
    """

    row: Row
    name: str
    fill: str


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
    :param percents: whether there are percentages
    """

    period: str
    caption: str
    bars: tuple[Bar, ...]
    hours: str | None
    percents: bool
    withheld: bool


@dataclass(frozen=True)
class Chapter:
    """A topic of the page.

    :param name: by which links lead to it
    :param legend: fill and short label of each kind of segment
    :param sources: who proposed which rules
    """

    name: str
    title: str
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
        about=about(messages),
        chapters=[*chapters_of(study, messages)],
        limits=[*limits(messages)],
    )


def chapters_of(study: Study, messages: Messages) -> Iterator[Chapter]:
    """Yield the topics, each with its bars on one scale and with fills of its own."""
    for topic, parts in parts_of(study).items():
        fills = _fills(parts, messages)
        yield Chapter(
            name=topic.value,
            title=title(topic, messages),
            column=column(topic, messages),
            has_rules=topic is Topic.PASSED,
            legend=tuple((fill, key_label(topic, key, messages)) for key, fill in fills.items()),
            panels=tuple(_panels(parts, fills, messages)),
            sources=tuple(dict.fromkeys(one for part in parts for one in sources_of(part, messages))),
        )


def _fills(parts: Sequence[Part], messages: Messages) -> Mapping[str, str]:
    rows = (row for part in parts for figure in part.figures for row in rows_of(figure, messages))
    keys = sorted(dict.fromkeys(row.key for row in rows), key=lambda key: key in {'undetermined', MERGED})
    others = [key for key in keys if key not in FIXED]
    return {key: FIXED.get(key) or FILLS[others.index(key) % len(FILLS)] for key in keys}


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
            percents=any(row.percent is not None for row in rows_of(first, messages)),
            withheld=first.withheld,
        )


def _bar(figure: Figure, longest: int, fills: Mapping[str, str], messages: Messages) -> Bar:
    segments = (
        Segment(row, short_label(figure, row.key, messages), fills[row.key])
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
