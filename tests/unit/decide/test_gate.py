"""The gate before a delivery, and the page where people open and shut it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from globalban_bot.decide.gate import GateFacts, judge_gate
from globalban_bot.model.approval import Barrier, Gate, Standing
from globalban_bot.model.nomination import Finding, Verdict
from globalban_bot.model.policy import Shape
from globalban_bot.model.revision import Revision
from globalban_bot.wikitext.approvals import read_approvals
from tests.unit.made_accounts import rule

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent.parent / 'cases' / 'gate.yaml').read_text('utf-8')
)
LONG = datetime(2020, 1, 1, tzinfo=UTC)
PEOPLE = {
    'Sender': Standing(LONG, None),
    'New sender': Standing(datetime(2027, 5, 3, 10, 0, 1, tzinfo=UTC), None),
    'Nominator': Standing(LONG, LONG),
    'Voter': Standing(LONG, None),
    'Voting admin': Standing(LONG, LONG),
    'Steward': Standing(None, LONG),
}
INVOLVED = frozenset({'Nominator', 'Voter', 'Voting admin', 'Subject'})


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def gate(case: dict[str, Any]) -> Gate:
    revisions = [
        Revision(number, moment(one['at']), one['by'], one['text'])
        for number, one in enumerate(case['page'], 1)
    ]
    return judge_gate(
        GateFacts(
            is_open=case.get('open', True),
            opened=moment(opened) if (opened := case.get('opened', '2027-05-01 12:00')) else None,
            nominator=tuple(
                Finding(rule(Shape.ACCOUNT), Verdict(word)) for word in case.get('nominator', ['met'])
            ),
            involved=INVOLVED,
            digest='0123456789ab',
            notices=case.get('notices', 30),
            said=read_approvals(revisions),
            standings=PEOPLE,
            now=moment(case.get('now', '2027-05-03 12:00')),
        )
    )


@pytest.mark.parametrize('case', CASES, ids=[case['it'] for case in CASES])
def test_gate(case: dict[str, Any]) -> None:
    """It should find what the case says stands in the way."""
    found = gate(case)
    assert [barrier.value for barrier in found.barriers] == case['gate']
    assert found.open is (case['gate'] == [])
    if 'approver' in case:
        assert found.approver == case['approver']
    if 'held until' in case:
        assert found.held_until == moment(case['held until'])


def test_cases() -> None:
    """It should have a case for each barrier, each case with a sentence of its own."""
    assert {barrier.value for barrier in Barrier} == {word for case in CASES for word in case['gate']}
    assert [name for name, times in Counter(case['it'] for case in CASES).items() if times > 1] == []
