"""What each entry of a question is; the forms of votes stand in ``tests/cases/votes``."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from globalban_bot.decide.tally import tally
from globalban_bot.model.tally import ProposalTally, Vote
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.page import reader_for

FOLDER = Path(__file__).parents[2] / 'cases' / 'votes'
READER = reader_for(load_profile('meta'))
ENTRY_KEYS = {
    'stance', 'time', 'strength', 'form', 'signing', 'doubt', 'listed', 'contradicts', 'line', 'last_line',
    'section',
}  # fmt: skip
VOTE_KEYS = ENTRY_KEYS | {'user', 'state', 'counts'}
CASE_KEYS = {'name', 'page', 'title', 'votes', 'others', 'looks', 'tally', 'proposals'}


def cases() -> list[Any]:
    """Load the cases, each named by its file and its sentence."""
    return [
        pytest.param(case, id=f'{path.stem}: {case["name"]}')
        for path in sorted(FOLDER.glob('*.yaml'))
        for case in yaml.safe_load(path.read_text('utf-8'))
    ]


def said(value: object) -> object:
    """Return a value in the words of the case files."""
    return value.value if isinstance(value, Enum) else value


def shown(vote: Vote, keys: list[str]) -> dict[str, object]:
    """Return what a case names of a vote."""
    own = {'user': vote.entry.author, 'state': vote.state, 'counts': vote.counts}
    return {key: said(own[key] if key in own else getattr(vote.entry, key)) for key in keys}


def check(expected: dict[str, Any], found: ProposalTally) -> None:
    """Compare one question with what its case says."""
    keys = [[*vote] for vote in expected['votes']]
    assert len(found.votes) == len(keys), [shown(vote, ['stance', 'user', 'state']) for vote in found.votes]
    assert [shown(vote, k) for vote, k in zip(found.votes, keys, strict=True)] == expected['votes']
    count = {'support': found.count.support, 'oppose': found.count.oppose, 'neutral': found.count.neutral}
    assert count == expected['tally']
    for kind, values in (('others', found.others), ('looks', found.looks)):
        if kind in expected:
            assert len(values) == len(expected[kind]), values
            assert [
                {key: said(getattr(value, key)) for key in wanted}
                for value, wanted in zip(values, expected[kind], strict=True)
            ] == expected[kind]


@pytest.mark.parametrize('case', cases())
def test_case(case: dict[str, Any]) -> None:
    """It should read each form of a vote as a careful clerk does."""
    found = tally(READER.read(case['page'], title=case.get('title', ''))).proposals
    expected = case.get('proposals') or [case]
    assert len(found) == len(expected)
    for one, proposal in zip(expected, found, strict=True):
        if 'heading' in one:
            assert proposal.heading == one['heading']
        check(one, proposal)


@pytest.mark.parametrize('case', cases())
def test_the_case_is_well_formed(case: dict[str, Any]) -> None:
    """It should name nothing in a case that no test would look at."""
    assert case.keys() <= CASE_KEYS
    for one in case.get('proposals') or [case]:
        for vote in one['votes']:
            assert vote.keys() <= VOTE_KEYS
            assert isinstance(vote.get('time'), datetime | None)
        assert sum(one['tally'].values()) <= len(one['votes'])


def test_there_are_enough_cases() -> None:
    """It should find the case files."""
    assert len(cases()) >= 80
