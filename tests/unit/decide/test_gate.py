"""The gate before a delivery, and the page where people open and shut it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from globalban_bot.decide.gate import HOLD, GateFacts, judge_gate, judge_said
from globalban_bot.model.approval import Barrier, Gate, Ruling, Said, Standing, Word
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
    '192.0.2.7': Standing(registered=False),
    '~2027-12345-6': Standing(registered=False),
}
INVOLVED = frozenset({'Nominator', 'Voter', 'Voting admin', 'Subject'})


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def gate(case: dict[str, Any]) -> Gate:
    return judge_gate(facts(case))


def facts(case: dict[str, Any]) -> GateFacts:
    revisions = [
        Revision(number, moment(one['at']), one['by'] or None, one['text'])
        for number, one in enumerate(case['page'], 1)
    ]
    return GateFacts(
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


AT = moment('2027-05-03 10:00')
PLAN, OTHER = '0123456789ab', 'aaaaaaaaaaaa'
#: What somebody says at ten o'clock, and why it does not count.
SAID = [
    (Word.APPROVE, 'Sender', PLAN, None),
    (Word.APPROVE, 'Sender', OTHER, Barrier.OTHER_PLAN),
    (Word.APPROVE, 'Reader', PLAN, Barrier.NO_RIGHT),
    (Word.APPROVE, 'Reader', OTHER, Barrier.OTHER_PLAN),
    (Word.APPROVE, 'New sender', PLAN, Barrier.NO_RIGHT),
    (Word.APPROVE, 'Steward', PLAN, Barrier.NO_RIGHT),
    (Word.APPROVE, 'Voter', PLAN, Barrier.PARTICIPANT),
    (Word.APPROVE, 'Voter', OTHER, Barrier.OTHER_PLAN),
    (Word.APPROVE, None, PLAN, Barrier.NOBODYS),
    (Word.APPROVE, '192.0.2.7', PLAN, Barrier.NO_RIGHT),
    (Word.WAIVE, 'Steward', '', None),
    (Word.WAIVE, 'Sender', '', Barrier.NO_RIGHT),
    (Word.WAIVE, 'Voting admin', '', Barrier.PARTICIPANT),
    (Word.WAIVE, None, '', Barrier.NOBODYS),
    (Word.SETTLE, 'Steward', '', None),
    (Word.SETTLE, 'Sender', '', Barrier.NO_RIGHT),
    (Word.SETTLE, 'Nominator', '', Barrier.PARTICIPANT),
    (Word.HOLD, 'Reader', '', None),
    (Word.HOLD, 'Voter', '', None),
    (Word.HOLD, 'Nobody known', '', None),
    (Word.HOLD, None, '', Barrier.NOBODYS),
    (Word.HOLD, '192.0.2.7', '', Barrier.NO_RIGHT),
    (Word.HOLD, '~2027-12345-6', '', Barrier.NO_RIGHT),
]


@pytest.mark.parametrize(('word', 'author', 'digest', 'reason'), SAID)
def test_judge_said(word: Word, author: str | None, digest: str, reason: Barrier | None) -> None:
    """It should tell whether what somebody says counts, why not, and until when it holds."""
    found = judge_said(Said(word, digest, author, AT, 1, stands=True), facts({'page': []}))
    assert found == Ruling(word, reason, AT + HOLD if word is Word.HOLD else None)


def test_every_reason() -> None:
    """It should find, of all that stands in the way, only what is wrong with what was said."""
    assert {reason for *_, reason in SAID} == {
        None,
        Barrier.OTHER_PLAN,
        Barrier.NOBODYS,
        Barrier.NO_RIGHT,
        Barrier.PARTICIPANT,
    }


@pytest.mark.parametrize(('word', 'author', 'digest', 'reason'), SAID)
def test_as_the_gate(word: Word, author: str | None, digest: str, reason: Barrier | None) -> None:
    """It should say that a word counts where the gate counts it, and nowhere else."""
    held = Said(Word.HOLD, '', 'Reader', AT, 1, stands=True)
    said = Said(word, digest, author, AT, 2, stands=True)
    case = {'page': [], 'nominator': ['not met'] if word is Word.WAIVE else ['met']}
    found = judge_gate(replace(facts(case), said=[held, said] if word is Word.SETTLE else [said]))
    counts = {
        Word.APPROVE: found.approver is not None,
        Word.WAIVE: Barrier.NOMINATOR not in found.barriers,
        Word.HOLD: Barrier.HELD in found.barriers,
        Word.SETTLE: Barrier.HELD not in found.barriers,
    }
    assert counts[word] is (reason is None)
