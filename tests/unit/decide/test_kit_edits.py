"""Which pages of the kit are saved, and which are left."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.decide.kit_edits import kit_skip_reason, plan_install
from globalban_bot.model.kit import KitPage
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import EditReason, PageEdit, Plan, SkippedPage, SkipReason

BOT, TITLE = 'Facts bot', 'User:Facts bot/Help'
NOW = datetime(2027, 5, 3, tzinfo=UTC)
PAGE = KitPage(TITLE, 'The text.\n')
SEED = KitPage(TITLE, '{}', 'json', seed=True)


def state(text: str = 'An older text.', user: str | None = BOT, model: str = 'wikitext') -> CurrentPage:
    return CurrentPage(TITLE, 7, user, NOW, text, model)


#: How a page stands, what it should be, and why it is left; None where it is saved.
CASES: dict[str, tuple[KitPage, CurrentPage, SkipReason | None]] = {
    'new': (PAGE, CurrentPage(TITLE), None),
    'new seed': (SEED, CurrentPage(TITLE), None),
    'deleted': (PAGE, CurrentPage(TITLE, removed=True), SkipReason.REMOVED),
    'deleted seed': (SEED, CurrentPage(TITLE, removed=True), SkipReason.REMOVED),
    'outdated': (PAGE, state(), None),
    'the same': (PAGE, state('The text.'), SkipReason.SAME),
    'the same, by a person': (PAGE, state('The text.', 'Ada'), SkipReason.SAME),
    'blanks at the end': (PAGE, state('The text.\n\n'), SkipReason.SAME),
    'blank at the beginning': (PAGE, state(' The text.'), None),
    'by a person': (PAGE, state(user='Ada'), SkipReason.HANDS_OFF),
    'by somebody hidden': (PAGE, state(user=None), SkipReason.HANDS_OFF),
    'another model': (PAGE, state(model='json'), SkipReason.OTHER_MODEL),
    'seed of a person': (SEED, state('{"a": 1}', 'Ada', 'json'), SkipReason.SAME),
    'seed of the bot': (SEED, state('{"a": 1}', BOT, 'json'), SkipReason.SAME),
    'seed with another model': (SEED, state('a', 'Ada'), SkipReason.SAME),
}


@pytest.mark.parametrize('case', CASES)
def test_why_left(case: str) -> None:
    """It should save what is missing or its own and outdated, and leave all else, with the reason."""
    page, found, reason = CASES[case]
    assert kit_skip_reason(page, found, BOT, frozenset()) is reason


#: Cases that change when the operator takes the page back.
REARMED = {'by a person', 'by somebody hidden'}


@pytest.mark.parametrize('case', CASES)
def test_rearmed(case: str) -> None:
    """It should take back a page from a person's edit, and nothing else; a deleted one stays deleted."""
    page, found, reason = CASES[case]
    assert kit_skip_reason(page, found, BOT, frozenset({TITLE})) is (None if case in REARMED else reason)
    assert kit_skip_reason(page, found, BOT, frozenset({'User:Facts bot/Run'})) is reason


#: How a page stands, whether it is taken back, and the reason of the edit.
WHYS: list[tuple[CurrentPage, bool, EditReason]] = [
    (CurrentPage(TITLE), False, EditReason.NEW),
    (CurrentPage(TITLE), True, EditReason.NEW),
    (state(), False, EditReason.OUTDATED),
    (state(user='Ada'), True, EditReason.REARMED),
]


@pytest.mark.parametrize(('found', 'rearmed', 'why'), WHYS)
def test_edit(found: CurrentPage, rearmed: bool, why: EditReason) -> None:
    """It should say in the edit why it is made, and of which content model the page is."""
    page = KitPage(TITLE, 'text', 'wikitext' if found.revision else 'sanitized-css')
    taken = frozenset({TITLE} if rearmed else ())
    plan = plan_install([page], {TITLE: found}, BOT, taken, 'a summary')
    assert plan.edits == (PageEdit(found, 'text', 'a summary', why, page.model),)


def test_plan_keeps_the_order() -> None:
    """It should save pages in the order in which they are given, and name those that are left."""
    others: dict[str, Any] = {name: CurrentPage(name) for name in ('b', 'a')}
    others['c'] = CurrentPage('c', removed=True)
    plan = plan_install([KitPage(name, 'text') for name in 'bca'], others, BOT, frozenset(), '')
    assert [edit.title for edit in plan.edits] == ['b', 'a']
    assert plan.left == (SkippedPage('c', SkipReason.REMOVED),)
    assert plan_install([], {}, BOT, frozenset(), '') == Plan()
