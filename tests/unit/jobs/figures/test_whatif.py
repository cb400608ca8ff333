"""The figures of the sample against a table that was counted by hand, request by request."""

from __future__ import annotations

import pytest

from globalban_bot.errors import UserError
from globalban_bot.jobs.figures.whatif import read_later, sample_inquiry
from globalban_bot.model.study import Topic
from globalban_bot.sample import TODAY

#: Counted from archive.yaml and the four closed requests of pages/*.yaml (all four since 2018): of how many,
#: and what became of them. What stands in one pair of brackets was too small by itself, and is merged.
BEFORE, SINCE = (
    {
        Topic.OUTCOMES: (26, {'successful': 8, 'unsuccessful': 13, 'invalid': 5}),
        # Fewer than two blocks: five of the invalid ones, one withdrawn. There were no rules on nominators.
        Topic.MISSING: (18, {'blocked-projects': 6, 'none': 12}),
        # None: 1. Up to a week: 2.
        Topic.SECOND_BLOCK: (
            26,
            {'one-block': 5, 'month': 4, 'year': 7, 'longer': 7, ('no-block', 'week'): 3},
        ),
        # 34 minutes; 4 days; three of up to 30 days.
        Topic.OPEN_INVALID: (5, {('hours', 'week', 'month'): 5}),
        # Two were banned by another body.
        Topic.FOLLOWED: (18, {('other-body', 'nothing'): 18}),
        # That there were two must not be told here either.
        Topic.FOLLOWED_AFTER: (0, {}),
    },
    {
        # With a ban: 9. One of two accounts: "closed".
        Topic.OUTCOMES: (44, {'unsuccessful': 18, 'invalid': 16, ('closed', 'successful'): 10}),
        # Two by nominators with few edits who registered late, one by an IP address. Not determined: three
        # nominators (not shown; no time of registration; 478 to 531 edits) and two subjects (no answer).
        Topic.MISSING: (
            34,
            {
                'nominator-registered': 3,
                'nominator-edits': 7,
                'blocked-projects': 5,
                'none': 11,
                'undetermined': 5,
                ('nominator-account', 'several'): 3,
            },
        ),
        # None: 1. A day: 1. Up to a week: 1. Not determined: 2.
        Topic.SECOND_BLOCK: (
            44,
            {
                'one-block': 4,
                'month': 4,
                'year': 16,
                'longer': 15,
                ('no-block', 'day', 'week', 'undetermined'): 5,
            },
        ),
        Topic.OPEN_INVALID: (16, {'hours': 7, 'week': 4, ('day', 'month'): 5}),
        Topic.FOLLOWED: (34, {'other-body': 3, 'nothing': 31}),
        Topic.FOLLOWED_AFTER: (3, {'longer': 3}),
    },
)
#: Failed requests under other rules, in the order in which they are shown.
PASSED_BEFORE = {
    '': {'met': 12, 'not-met': 6},
    'The policy as of 3 March 2013': {'met': 12, 'not-met': 6},
    'The policy as of 10 January 2018': {'met': 12, 'not-met': 6},
    # One account was blocked for a time and in part only.
    'One block is enough': {('not-met', 'met'): 18},
}
PASSED_SINCE = {
    '': {'met': 11, 'not-met': 18, 'undetermined': 5},
    # Four have one block or none, one more among those with several shortcomings; one wiki did not answer.
    'The policy as of 3 March 2013': {'met': 28, ('undetermined', 'not-met'): 6},
    'The policy as of 10 January 2018': {'met': 11, 'not-met': 18, 'undetermined': 5},
    # Four of the five with fewer than two blocks have one; so have both of which a wiki did not answer.
    'One block is enough': {'met': 17, 'not-met': 14, 'undetermined': 3},
    'Two or more venues, which need not be wikis': {'met': 11, 'not-met': 13, 'people': 5, 'undetermined': 5},
}
STUDY = sample_inquiry()
START = {one.period.start: one.period for one in STUDY.figures}
PERIODS = (*START.values(),)


def shown(topic: Topic, number: int, variant: str = '') -> tuple[int, dict[str | tuple[str, ...], int]]:
    """Return of how many, and the cells; of a merged one the keys that are in it, the large one last."""
    (figure,) = (
        one
        for one in STUDY.figures
        if (one.topic, one.period, one.variant) == (topic, PERIODS[number], variant)
    )
    mixed = (*figure.merged, *([figure.mostly] if figure.mostly else []))
    return figure.of, {mixed if one.key == 'merged' else one.key: one.count for one in figure.cells}


@pytest.mark.parametrize('number', [0, 1], ids=['before', 'since'])
@pytest.mark.parametrize('topic', [one for one in Topic if one is not Topic.PASSED])
def test_figures(topic: Topic, number: int) -> None:
    """It should count what a careful reader counts."""
    assert shown(topic, number) == (BEFORE, SINCE)[number][topic]


@pytest.mark.parametrize('variant', PASSED_BEFORE)
def test_passed_before(variant: str) -> None:
    """It should find as many under other rules as a careful reader, of requests before 2018."""
    assert shown(Topic.PASSED, 0, variant) == (18, PASSED_BEFORE[variant])


@pytest.mark.parametrize('variant', PASSED_SINCE)
def test_passed_since(variant: str) -> None:
    """It should find as many under other rules as a careful reader, of requests since 2018."""
    assert shown(Topic.PASSED, 1, variant) == (34, PASSED_SINCE[variant])


def test_whole() -> None:
    """It should look at all closed requests, as of the day of the sample."""
    assert (STUDY.requests, STUDY.left_out, STUDY.as_of) == (70, 0, TODAY)
    hours = [one.hours for one in STUDY.figures if one.topic is Topic.OPEN_INVALID]
    assert hours == [973, 1598]


def test_proposals_have_sources() -> None:
    """It should tell of each set of rules but the policy's own who proposed them."""
    rules = [one for one in STUDY.figures if one.topic is Topic.PASSED]
    assert all(one.source or one.variant.startswith('The policy') or not one.variant for one in rules)
    assert any('proposed by nobody' in one.variant for one in rules)


@pytest.mark.parametrize(
    'text',
    ['', '[]', '{"a": []}', '{"1": [{"body": "x"}]}', '{"1": [{"body": "x", "on": "then"}]}', '{"1": 2}'],
)
def test_bad_later_bans(text: str) -> None:
    """It should say how the file of later bans must look."""
    with pytest.raises(UserError, match=r'bans\.json: is not of the form'):
        read_later(text, 'bans.json')
