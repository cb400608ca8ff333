"""What figures say, in all forms alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import Cell, Figure, Period, Topic
from globalban_bot.render.study import (
    about,
    cell_label,
    headline,
    hours_text,
    intro,
    invented,
    limits,
    note,
    number_text,
    of_text,
    parts_of,
    period_text,
    rows_of,
    rules_text,
    short_label,
    short_number,
    sources_of,
)
from tests.unit.render.studies import (
    ALL,
    AMENDED,
    BEFORE,
    MERGED,
    MOSTLY,
    SINCE,
    TIMES,
    WITHHELD,
    figure,
    study,
)
from tests.unit.render.studies import passed as passed_by

EN = Messages()
#: Figures and the label of their last cell.
LABELS: dict[str, tuple[Figure, str]] = {
    'a rule': (figure(Topic.MISSING, ('nominator-edits', 3)), 'the nominator had too few edits'),
    'a rule of another farm': (figure(Topic.MISSING, ('age of <account>', 3)), 'age of <account>'),
    'a rule that is called like a span': (figure(Topic.MISSING, ('week', 3)), 'week'),
    'a span': (figure(Topic.SECOND_BLOCK, ('week', 3)), 'longer than a day, up to a week'),
    'small ones': (MERGED, 'more than one of them or not determined (each fewer than 3)'),
    'many small ones': (
        figure(Topic.MISSING, ('none', 5), ('merged', 4), merged=('x', 'y', 'z')),
        'x; y; or z (each fewer than 3)',
    ),
    'a large one with a small one': (
        figure(Topic.PASSED, ('merged', 18), merged=('not-met',), mostly='met'),
        '16 or 17: would have met all; the others: would not have met all',
    ),
    'a large one with small ones': (
        MOSTLY,
        '7 or 8: successful; the others: for want of comments or closed, by a word that does not say how',
    ),
}


@pytest.mark.parametrize(('made', 'label'), LABELS.values(), ids=LABELS)
def test_labels(made: Figure, label: str) -> None:
    """It should name what is in a cell, of a merged one all, and a rule without a label by its name."""
    assert cell_label(made, made.cells[-1], EN) == label


def test_short_labels() -> None:
    """It should say of a merged cell in short which large part it holds, if any, and how many at least."""
    assert short_label(MERGED, 'merged', EN) == 'small parts, merged'
    assert short_label(MOSTLY, 'merged', EN) == 'successful'
    assert short_label(MERGED, 'none', EN) == 'all that a bot can check was met'
    assert [short_number(MOSTLY, cell, EN) for cell in MOSTLY.cells] == ['18', '7 or 8']
    assert [short_number(MERGED, cell, EN) for cell in MERGED.cells] == ['7', '5', '4']


def test_range() -> None:
    """It should tell between which numbers a large part is that was merged, and of no other figure."""
    assert (MOSTLY.mostly_at_least, MOSTLY.mostly_at_most) == (7, 8)
    for other in (MERGED, TIMES, WITHHELD, replace(MOSTLY, of=2)):
        assert (other.mostly_at_least, other.mostly_at_most) == (None, None)


LATER = datetime(2026, 3, 4, tzinfo=UTC)
PERIODS = [
    (BEFORE, 'opened before 10 January 2018'),
    (SINCE, 'opened since 10 January 2018'),
    (Period(AMENDED, LATER), 'opened since 10 January 2018 and before 4 March 2026'),
    (Period(None, None), 'whenever opened'),
]


@pytest.mark.parametrize(('period', 'text'), PERIODS)
def test_periods(period: Period, text: str) -> None:
    """It should name the ends that a period has."""
    assert period_text(period, EN) == text


OF = [
    (Topic.OUTCOMES, 'of 34 closed requests'),
    (Topic.MISSING, 'of 34 requests that failed'),
    (Topic.PASSED, 'of 34 requests that failed'),
    (Topic.SECOND_BLOCK, 'of 34 closed requests'),
    (Topic.OPEN_INVALID, 'of 34 requests closed as invalid'),
    (Topic.FOLLOWED, 'of 34 requests that failed'),
    (Topic.FOLLOWED_AFTER, 'of 34 requests that failed and that a lock or another ban followed'),
]


@pytest.mark.parametrize(('topic', 'text'), OF)
def test_denominators(topic: Topic, text: str) -> None:
    """It should say for each topic what its parts are parts of."""
    assert of_text(figure(topic, ('x', 34)), EN) == text


@pytest.mark.parametrize('count', [0, 1, 2])
def test_withheld(count: int) -> None:
    """It should say of too few requests that they are too few, and not how many."""
    made = replace(WITHHELD, of=count, cells=(Cell('lock', count),), hours=7)
    said = [of_text(made, EN), headline(made, EN)]
    assert said == ['fewer than 3 requests: not told'] * 2
    assert (rows_of(made, EN), hours_text(made, EN)) == ((), None)


#: How many of how many, and the nearest whole percentage; a half goes up.
PERCENTAGES = [(7, 34, 21), (10, 34, 29), (1, 40, 3), (1, 41, 2), (5, 200, 3), (30, 30, 100), (0, 30, 0)]


@pytest.mark.parametrize(('count', 'of', 'percent'), PERCENTAGES)
def test_rounding(count: int, of: int, percent: int) -> None:
    """It should round shares to the nearest."""
    assert figure(Topic.PASSED, of=of).percent(Cell('met', count)) == percent


@pytest.mark.parametrize(('first', 'said'), [(5, ['5', '14']), (6, ['6 (30 %)', '14 (70 %)'])])
def test_percentages(first: int, said: list[str]) -> None:
    """It should tell shares of twenty requests or more, and none of nineteen."""
    made = figure(Topic.PASSED, ('met', first), ('not-met', 14))
    assert [number_text(row, EN) for row in rows_of(made, EN)] == said
    assert ('%' in headline(made, EN)) is (first == 6)


#: Figures and what stands above their bars.
HEADLINES: dict[str, tuple[Figure, str]] = {
    'rules': (
        figure(Topic.PASSED, ('met', 4), ('not-met', 30)),
        '4 of 34 (12 %) would have met all',
    ),
    'rules that nobody met': (figure(Topic.PASSED, ('not-met', 4)), '4 of 4 would not have met all'),
    'rules that all but a few met': (
        figure(Topic.PASSED, ('merged', 18), merged=('not-met',), mostly='met'),
        '16 or 17 of 18 would have met all; the others: would not have met all',
    ),
    'rules that a few more than some met': (
        figure(Topic.PASSED, ('not-met', 20), ('merged', 7), merged=('people',), mostly='met'),
        '5 or 6 of 27 (19 or 22 %) would have met all',
    ),
    'rules that all but a few of very many met': (
        figure(Topic.PASSED, ('merged', 900), merged=('people', 'not-met'), mostly='met'),
        '898 or 899 of 900 (100 %) would have met all; the others: only people can tell: other places count, '
        'too or would not have met all',
    ),
    'rules on too few requests of each kind': (
        figure(Topic.PASSED, ('merged', 4), merged=('met', 'not-met')),
        '4 of 4: would have met all or would not have met all (each fewer than 3)',
    ),
    'requirements': (
        figure(
            Topic.MISSING, ('nominator-edits', 7), ('blocked-projects', 5), ('none', 9), ('undetermined', 9)
        ),
        'All that a bot can check was met by 9 of 30 (30 %). Of those that missed just one requirement, most '
        'often: the nominator had too few edits (7). Requests that missed several are counted apart.',
    ),
    'two requirements alike': (
        figure(Topic.MISSING, ('nominator-edits', 7), ('blocked-projects', 7), ('none', 4)),
        'All that a bot can check was met by 4 of 18. Of those that missed just one requirement, most often: '
        'the nominator had too few edits (7); fewer indefinite blocks found than asked for (7). '
        'Requests that missed several are counted apart.',
    ),
    'requirements, one of them merged': (
        figure(Topic.MISSING, ('blocked-projects', 4), ('none', 9), ('merged', 6), merged=('x',), mostly='y'),
        'most often: all that a bot can check was met (9); y (4 or 5)',
    ),
    'no request met all': (
        figure(Topic.MISSING, ('blocked-projects', 4), ('several', 5)),
        'most often: more than one of them (5); fewer indefinite blocks found than asked for (4)',
    ),
    'small times, though many together': (
        figure(Topic.SECOND_BLOCK, ('day', 3), ('merged', 5), merged=('hours', 'week', 'month')),
        'most often: longer, up to a day (3)',
    ),
    'times': (
        figure(Topic.SECOND_BLOCK, ('day', 3), ('month', 5), ('year', 9)),
        'most often: longer than 30 days, up to 365 days (9); longer than a week, up to 30 days (5)',
    ),
}


@pytest.mark.parametrize(('made', 'text'), HEADLINES.values(), ids=HEADLINES)
def test_headlines(made: Figure, text: str) -> None:
    """It should say in a line what a bar shows; no more than the cells tell."""
    assert headline(made, EN) == text


def test_rules() -> None:
    """It should say whose rules a figure is about, and who proposed them, but for the policy itself."""
    assert rules_text(passed_by(), EN) == 'the policy in force at the opening'
    assert rules_text(passed_by('Other rules'), EN) == 'Other rules'
    assert rules_text(MERGED, EN) == ''
    (part,) = parts_of(study(passed_by(), passed_by('Other rules', 'By some.')))[Topic.PASSED]
    assert sources_of(part, EN) == ('Other rules: By some.',)


def test_before_and_after_stand_together() -> None:
    """It should group by topic, then by period, with all rules of a period in one part."""
    parts = parts_of(ALL)
    assert [*parts] == [Topic.OUTCOMES, Topic.MISSING, Topic.PASSED, Topic.OPEN_INVALID, Topic.FOLLOWED]
    assert [part.period for part in parts[Topic.MISSING]] == [BEFORE, SINCE]
    assert [len(part.figures) for part in parts[Topic.PASSED]] == [2]


def test_intro() -> None:
    """It should say how many requests, when, and how many were left out, if any."""
    text = intro(study(), EN)
    assert text.startswith('70 closed requests, as of 14:05, 3 May 2025 (UTC).')
    assert 'left out' not in text
    assert intro(study(left_out=2), EN).startswith(f'{text} 2 more were left out')


def test_invented() -> None:
    """It should say that all is invented where it is, and nothing where it is not."""
    assert invented(replace(study(), invented=True), EN).startswith(
        'All requests and people in these figures'
    )
    assert invented(study(), EN) == ''


def test_what_must_be_known_first() -> None:
    """It should say what it is to meet all, what a bot can check, and where there are percentages."""
    checks = 'What a bot can check: whether the nominator had an account,'
    warning = 'A request that meets everything a bot can check is not necessarily right.'
    assert note(Topic.PASSED, EN).startswith(warning)
    assert checks in note(Topic.PASSED, EN)
    assert note(Topic.MISSING, EN).startswith(checks)
    assert note(Topic.OUTCOMES, EN) == ''
    assert about(EN).endswith('Percentages are given from 20 requests on.')


def test_hours() -> None:
    """It should tell the hours of a figure on times that has them."""
    assert hours_text(TIMES, EN) == 'All of them together were open for 321 hours.'
    assert hours_text(MERGED, EN) is None


@pytest.mark.parametrize(
    'word', ['never made', 'merits', 'status word', 'counted now', 'without a block', 'on record', 'merged']
)
def test_limits(word: str) -> None:
    """It should say what the figures cannot say."""
    assert sum(word in one for one in limits(EN)) == 1
