"""Planning to forget a request, and what the operator is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.cli.main import main
from globalban_bot.decide.brake import check_brake
from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.forget import history_url, plan_forget, report
from globalban_bot.model.marker import FORGOTTEN, Marker
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, Plan, SkippedPage, SkipReason
from globalban_bot.model.refusal import Refusal
from globalban_bot.profiles.loader import load_profile

META = load_profile('meta')
NOW = datetime(2027, 6, 1, tzinfo=UTC)
BOT = 'Invented bot'
RULES = PlanContext(BOT, NOW)
TITLE = META.box_title(7)
BODY = 'the box, with a good deal of text'
OURS = CurrentPage(TITLE, 5, BOT, NOW, DesiredPage(DesiredFacts(TITLE, 'f', 'open', 30), BODY, NOW).text)
HISTORY = 'https://wiki.example/history'


def plan_of(state: CurrentPage) -> Plan:
    return plan_forget([state], RULES, Messages())


def test_tombstone() -> None:
    """It should blank the box, with a marker that keeps it from being filled again, past the brake."""
    plan = plan_of(OURS)
    (edit,) = plan.edits
    assert (edit.title, edit.why, edit.after.body) == (TITLE, EditReason.FORGET, '')
    assert edit.summary == Messages().get('summary-forget')
    marker = edit.after.marker
    assert isinstance(marker, Marker)
    assert (marker.standing, marker.positions, marker.as_of) == (FORGOTTEN, None, NOW)
    check_brake(plan, META.limits)


def test_tombstone_stays_the_bots() -> None:
    """It should know its tombstone again, also without the line break that MediaWiki drops."""
    text = plan_of(OURS).edits[0].text
    for saved in (text, text.rstrip()):
        state = replace(OURS, text=saved)
        assert state.is_of(BOT)
        assert plan_of(state) == Plan(left=(SkippedPage(TITLE, SkipReason.FORGOTTEN),))


#: Boxes that are left as they are, with the reason.
LEFT: list[tuple[dict[str, Any], SkipReason]] = [
    ({'user': 'Ada'}, SkipReason.HANDS_OFF),
    ({'user': None}, SkipReason.HANDS_OFF),
    ({'text': ''}, SkipReason.HANDS_OFF),
    ({'model': 'json'}, SkipReason.OTHER_MODEL),
    ({'revision': None, 'removed': True, 'text': ''}, SkipReason.REMOVED),
]


@pytest.mark.parametrize(('change', 'reason'), LEFT)
def test_left(change: dict[str, Any], reason: SkipReason) -> None:
    """It should leave to a person what a person has touched."""
    assert plan_of(replace(OURS, **change)) == Plan(left=(SkippedPage(TITLE, reason),))


def test_no_box() -> None:
    """It should make no page where there is none."""
    assert plan_of(CurrentPage(TITLE)) == Plan()


def told(state: CurrentPage, outcome: Outcome = Outcome()) -> str:  # noqa: B008 - it is frozen
    return '\n'.join(report(7, state, plan_of(state), outcome, HISTORY))


FORGOTTEN_BOX = replace(OURS, text=DesiredPage(DesiredFacts(TITLE, 'f', FORGOTTEN), '', NOW).text)
BOARD, OLD, CACHE = 'from the board', HISTORY, 'cache has nothing of request 7'
#: How the box stood, what became of the plan, what is said and what not.
TOLD: list[tuple[CurrentPage, Outcome, set[str], set[str]]] = [
    (OURS, Outcome((TITLE,)), {f'blanked: {TITLE}', BOARD, OLD, 'oversighter', CACHE}, {'not done'}),
    (FORGOTTEN_BOX, Outcome(), {BOARD, OLD, CACHE}, {'blanked:'}),
    (replace(OURS, user='Ada'), Outcome(), {'left to a person', OLD, CACHE}, {BOARD, 'blanked:'}),
    (CurrentPage(TITLE), Outcome(), {'nothing to blank', CACHE}, {BOARD, OLD}),
    (OURS, Outcome(stopped='the page says stop'), {'stopped: the page says stop', CACHE}, {BOARD, OLD}),
    (
        OURS,
        Outcome(refused=(Refused(TITLE, Refusal.PROTECTED, 'why'),)),
        {f'not done: {TITLE}', 'why', 'same command again', CACHE},
        {BOARD, OLD, 'blanked:'},
    ),
]


@pytest.mark.parametrize(('state', 'outcome', 'said', 'unsaid'), TOLD)
def test_told(state: CurrentPage, outcome: Outcome, said: set[str], unsaid: set[str]) -> None:
    """It should say what was done, what is left to do, and what the bot cannot do."""
    text = told(state, outcome)
    assert {part for part in said if part not in text} == set()
    assert {part for part in unsaid if part in text} == set()


def test_address() -> None:
    """It should give an address that a terminal makes a link of."""

    class Site:
        articlepath = '/wiki/{}'

        def base_url(self, path: str) -> str:
            return f'https://wiki.example{path}'

    wanted = 'https://wiki.example/wiki/Special:PageHistory/User:Request_facts_bot/Request/7'
    assert history_url(Site(), TITLE) == wanted


@pytest.mark.parametrize('number', ['0', '-3', 'Title', '٣', ''])
def test_page_id(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It should take nothing but a page id: titles name people, and command lines are logged."""
    with pytest.raises(SystemExit) as caught:
        main(['forget', number])
    assert caught.value.code == 2


def test_pages_beside_the_box() -> None:
    """It should blank the pages on notices, too, and leave to people what a person has edited."""
    box, plan_page, result, _ = META.titles_of(7)
    assert META.notices is not None
    targets = META.notices.list_title(7, 'en')
    states = [replace(OURS, title=title) for title in (box, plan_page, result)]
    plan = plan_forget([*states, replace(OURS, title=targets, user='Ada')], RULES, Messages())
    assert [edit.title for edit in plan.edits] == [box, plan_page, result]
    assert plan.left == (SkippedPage(targets, SkipReason.HANDS_OFF),)
    said = [*report(7, OURS, plan, Outcome(), HISTORY)]
    assert f'{targets} is left to a person, too.' in said
