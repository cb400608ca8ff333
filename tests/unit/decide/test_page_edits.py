"""Which pages are edited, and which are left; the cases stand in ``tests/cases/planning.yaml``."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from globalban_bot.decide.page_edits import REST, PlanContext, edit_of, edit_reason, skip_reason
from globalban_bot.model.marker import FORGOTTEN
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, PageEdit, SkipReason

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / 'cases' / 'planning.yaml').read_text('utf-8')
)
KNOWN = set('name by text hours facts standing wanted page model asked edit left'.split())
STANDINGS = {
    *'open open-partly open-nominator open-nominator-partly closing-stated-0a1b2c'.split(),
    *'closed closed-partly forgotten'.split(),
}
BOT = 'Facts bot'
TITLE = 'User:Facts bot/7'
NOW = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
WANTED = DesiredFacts(TITLE, 'aa00', 'open', 22)
BODY = 'What the bot tells.\n'


def state_of(case: dict[str, Any]) -> CurrentPage:
    """Return the page of a case."""
    if 'page' in case:
        return CurrentPage(TITLE, removed={'missing': False, 'removed': True}[case['page']])
    standing = case.get('standing', WANTED.standing)
    told = DesiredFacts(
        TITLE,
        {'same': WANTED.facts, 'other': 'bb11'}[case.get('facts', 'same')],
        {'forgotten': FORGOTTEN}.get(standing, standing),
        22,
    )
    text = DesiredPage(told, BODY, NOW - timedelta(hours=case.get('hours', 1))).text
    by = case.get('by', BOT)
    return CurrentPage(
        TITLE,
        70,
        None if by == 'hidden' else by,
        NOW,
        {'unaltered': text, 'changed': f'{text}word', 'foreign': 'My own words.', 'blank': ''}[
            case.get('text', 'unaltered')
        ],
        case.get('model', 'wikitext'),
    )


def rules_of(case: dict[str, Any]) -> PlanContext:
    """Return what is asked for in a case."""
    asked = case.get('asked', ())
    rearmed = frozenset({TITLE}) if 'rearm' in asked else frozenset()
    recounted = frozenset({TITLE}) if 'recount' in asked else frozenset()
    emptied = frozenset({TITLE}) if 'empty' in asked else frozenset()
    return PlanContext(BOT, NOW, rearmed, recounted, emptied)


@pytest.mark.parametrize('case', CASES, ids=[case['name'] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    """It should edit or leave a page, with the reason, as an editor of the cases would."""
    assert set(case) <= KNOWN
    assert ('edit' in case) is not ('left' in case)
    assert {case.get('standing', 'open'), case.get('wanted', 'open')} <= STANDINGS
    state, rules = state_of(case), rules_of(case)
    wanted = replace(WANTED, standing=case.get('wanted', WANTED.standing))
    left = SkipReason(case['left']) if 'left' in case else None
    assert skip_reason(wanted, state, rules) is left
    if left is None:
        assert edit_reason(wanted, state, rules) is EditReason(case['edit'])


def test_cases_cover_the_reasons() -> None:
    """It should have a case for each reason that is decided here."""
    others = {SkipReason.INCOMPLETE, SkipReason.UNREAD, SkipReason.HELD}
    assert {SkipReason(case['left']) for case in CASES if 'left' in case} == {*SkipReason} - others
    elsewhere = {
        EditReason.FORGET,
        EditReason.GONE,
        EditReason.LOG,
        EditReason.OUTDATED,
        EditReason.SETTINGS,
        EditReason.ANSWERS,
    }
    assert {EditReason(case['edit']) for case in CASES if 'edit' in case} == {*EditReason} - elsewhere


@pytest.mark.parametrize(('age', 'left'), [(REST - timedelta(seconds=1), SkipReason.WAITS), (REST, None)])
def test_rest_of_a_day(age: timedelta, left: SkipReason | None) -> None:
    """It should let a page rest for a day, to the second."""
    state = state_of({'facts': 'other', 'hours': age / timedelta(hours=1)})
    assert skip_reason(WANTED, state, PlanContext(BOT, NOW)) is left


def test_other_pages_are_not_meant() -> None:
    """It should take back and recount only the pages that are named."""
    rules = PlanContext(BOT, NOW, frozenset({'User:Facts bot/8'}), frozenset({'User:Facts bot/8'}))
    assert skip_reason(WANTED, state_of({'by': 'Somebody'}), rules) is SkipReason.HANDS_OFF
    assert skip_reason(WANTED, state_of({'facts': 'other'}), rules) is SkipReason.WAITS


def test_edit() -> None:
    """It should make an edit that leads to the wanted state, after which nothing is left to do."""
    before, rules = state_of({'facts': 'other', 'hours': 30}), PlanContext(BOT, NOW)
    page = DesiredPage(WANTED, BODY, NOW)
    edit = edit_of(page, before, rules, 'summary')
    assert edit == PageEdit(before, page.text, 'summary', EditReason.FACTS)
    after = CurrentPage(TITLE, 71, BOT, NOW, edit.text)
    assert skip_reason(WANTED, after, rules) is SkipReason.SAME
