"""The gate before notices are sent; tests/cases/gate.yaml has the cases."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.decide.gate import LEAST_AGE, GateFacts, judge_gate
from globalban_bot.model.gate import Barrier, Hold
from globalban_bot.model.nomination import Finding, Verdict
from globalban_bot.model.notice import Audience
from globalban_bot.model.policy import Shape
from tests.unit.made_accounts import rule

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent.parent / 'cases' / 'gate.yaml').read_text('utf-8')
)


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def facts(case: dict[str, Any]) -> GateFacts:
    return GateFacts(
        is_open=case.get('open', True),
        forgotten=case.get('forgotten', False),
        opened=moment(case.get('opened', '2027-05-01 12:00')),
        moved=moment(case.get('moved')),
        nominator=tuple(
            Finding(rule(Shape.ACCOUNT), Verdict(word)) for word in case.get('nominator', ['met'])
        ),
        holds=frozenset(map(Hold, case.get('holds', ['none']))),
        at=moment(case.get('at', '2027-05-03 12:00')),
    )


@pytest.mark.parametrize('case', CASES, ids=[case['it'] for case in CASES])
def test_gate(case: dict[str, Any]) -> None:
    """It should find what the case says stands in the way, and what a person has to check."""
    gate = judge_gate(facts(case))
    assert [barrier.value for barrier in gate.barriers] == case['gate']
    assert gate.open is (case['gate'] == [])
    of_subject = [barrier.value for barrier in gate.barriers_for(Audience.SUBJECT)]
    assert of_subject == case.get('subject', case['gate'])
    assert gate.is_open_for(Audience.SUBJECT) is (of_subject == [])
    assert len(gate.to_check) == case.get('check', 0)


def test_cases() -> None:
    """It should have a case for each barrier and each verdict, each case with a sentence of its own."""
    assert {barrier.value for barrier in Barrier} == {word for case in CASES for word in case['gate']}
    verdicts = {word for case in CASES for word in case.get('nominator', ['met'])}
    assert verdicts == {verdict.value for verdict in Verdict}
    assert [name for name, times in Counter(case['it'] for case in CASES).items() if times > 1] == []


@given(st.timedeltas(timedelta(days=-9), timedelta(days=9)))
def test_age(age: timedelta) -> None:
    """It should open for communities exactly when the request is a day old."""
    opened = moment('2027-05-01 12:00')
    assert opened is not None
    gate = judge_gate(facts({'at': f'{(opened + age).replace(tzinfo=None)}'}))
    assert gate.open is (age >= LEAST_AGE)


@given(st.frozensets(st.sampled_from(Hold), min_size=1))
def test_holds(holds: frozenset[Hold]) -> None:
    """It should be shut by any page that somebody holds, or of which that is not known."""
    assert judge_gate(facts({'holds': [hold.value for hold in holds]})).open is (holds == {Hold.NONE})
