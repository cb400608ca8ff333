"""Which pages are edited, and which are left; the cases stand in ``tests/cases/planning.yaml``."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from globalban_bot.decide.page_edits import REST, Rules, edit_of, why_edited, why_left
from globalban_bot.model.marker import FORGOTTEN
from globalban_bot.model.owned import OwnedPage, PageState, Wanted
from globalban_bot.model.plan import Leaving, PageEdit, Why

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
WANTED = Wanted(TITLE, 'aa00', 'open', 22)
BODY = 'What the bot tells.\n'


def state_of(case: dict[str, Any]) -> PageState:
    """Return the page of a case."""
    if 'page' in case:
        return PageState(TITLE, removed={'missing': False, 'removed': True}[case['page']])
    standing = case.get('standing', WANTED.standing)
    told = Wanted(
        TITLE,
        {'same': WANTED.facts, 'other': 'bb11'}[case.get('facts', 'same')],
        {'forgotten': FORGOTTEN}.get(standing, standing),
        22,
    )
    text = OwnedPage(told, BODY, NOW - timedelta(hours=case.get('hours', 1))).text
    by = case.get('by', BOT)
    return PageState(
        TITLE,
        70,
        None if by == 'hidden' else by,
        NOW,
        {'unaltered': text, 'changed': f'{text}word', 'foreign': 'My own words.', 'blank': ''}[
            case.get('text', 'unaltered')
        ],
        case.get('model', 'wikitext'),
    )


def rules_of(case: dict[str, Any]) -> Rules:
    """Return what is asked for in a case."""
    asked = case.get('asked', ())
    rearmed = frozenset({TITLE}) if 'rearm' in asked else frozenset()
    recounted = frozenset({TITLE}) if 'recount' in asked else frozenset()
    emptied = frozenset({TITLE}) if 'empty' in asked else frozenset()
    return Rules(BOT, NOW, rearmed, recounted, emptied)


@pytest.mark.parametrize('case', CASES, ids=[case['name'] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    """It should edit or leave a page, with the reason, as an editor of the cases would."""
    assert set(case) <= KNOWN
    assert ('edit' in case) is not ('left' in case)
    assert {case.get('standing', 'open'), case.get('wanted', 'open')} <= STANDINGS
    state, rules = state_of(case), rules_of(case)
    wanted = replace(WANTED, standing=case.get('wanted', WANTED.standing))
    left = Leaving(case['left']) if 'left' in case else None
    assert why_left(wanted, state, rules) is left
    if left is None:
        assert why_edited(wanted, state, rules) is Why(case['edit'])


def test_cases_cover_the_reasons() -> None:
    """It should have a case for each reason that is decided here."""
    others = {Leaving.INCOMPLETE, Leaving.UNREAD, Leaving.HELD}
    assert {Leaving(case['left']) for case in CASES if 'left' in case} == {*Leaving} - others
    elsewhere = {Why.FORGET, Why.LOG, Why.OUTDATED, Why.SETTINGS, Why.ANSWERS}
    assert {Why(case['edit']) for case in CASES if 'edit' in case} == {*Why} - elsewhere


@pytest.mark.parametrize(('age', 'left'), [(REST - timedelta(seconds=1), Leaving.WAITS), (REST, None)])
def test_rest_of_a_day(age: timedelta, left: Leaving | None) -> None:
    """It should let a page rest for a day, to the second."""
    state = state_of({'facts': 'other', 'hours': age / timedelta(hours=1)})
    assert why_left(WANTED, state, Rules(BOT, NOW)) is left


def test_other_pages_are_not_meant() -> None:
    """It should take back and recount only the pages that are named."""
    rules = Rules(BOT, NOW, frozenset({'User:Facts bot/8'}), frozenset({'User:Facts bot/8'}))
    assert why_left(WANTED, state_of({'by': 'Somebody'}), rules) is Leaving.HANDS_OFF
    assert why_left(WANTED, state_of({'facts': 'other'}), rules) is Leaving.WAITS


def test_edit() -> None:
    """It should make an edit that leads to the wanted state, after which nothing is left to do."""
    before, rules = state_of({'facts': 'other', 'hours': 30}), Rules(BOT, NOW)
    page = OwnedPage(WANTED, BODY, NOW)
    edit = edit_of(page, before, rules, 'summary')
    assert edit == PageEdit(before, page.text, 'summary', Why.FACTS)
    after = PageState(TITLE, 71, BOT, NOW, edit.text)
    assert why_left(WANTED, after, rules) is Leaving.SAME
