"""When the log of runs is edited, and what it tells."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.runlog import plan_log
from globalban_bot.model.marker import FORGOTTEN
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, PageEdit
from globalban_bot.model.run import Run
from globalban_bot.render.log import read_log, render_log
from tests.unit.jobs.made import BOT, LOG, after


def box(hours: float, user: str = BOT, number: int = 7) -> CurrentPage:
    """Return a box that was written then."""
    title = f'User:Bot/{number}'
    page = DesiredPage(DesiredFacts(title, 'a', 'open'), 'b', after(hours))
    return CurrentPage(title, 70, user, after(hours), page.text)


def log(hours: float, *runs: Run, user: str = BOT) -> CurrentPage:
    """Return a log that was written then."""
    page = DesiredPage(
        DesiredFacts(LOG, 'a', 'log-a'), render_log(runs, Messages(), after(hours)), after(hours)
    )
    return CurrentPage(LOG, 70, user, after(hours), page.text)


def plan(
    hours: float, *states: CurrentPage, failures: Sequence[str] = (), rearmed: Sequence[str] = ()
) -> PageEdit | None:
    by_title = {state.title: state for state in (CurrentPage(LOG), *states)}
    return plan_log(LOG, by_title, failures, Messages(), PlanContext(BOT, after(hours), frozenset(rearmed)))


def runs(edit: PageEdit | None) -> list[tuple[float, int, tuple[str, ...]]]:
    assert edit is not None
    found = read_log(edit.after.body)
    return [((run.time - after(0)).total_seconds() / 3600, run.edits, run.failures) for run in found]


def test_first_log() -> None:
    """It should make the log with the first run, even one that edited nothing: it is a sign of life."""
    edit = plan(0)
    assert edit is not None
    assert (edit.title, edit.why, edit.summary) == (LOG, EditReason.LOG, 'Log of runs (bot)')
    assert runs(edit) == []


def test_edits_are_read_from_the_wiki() -> None:
    """It should count the pages that were written since the newest run in the log, by whichever run."""
    boxes = [box(0, number=1), box(1, number=2), box(2, number=3), box(3, number=4)]
    assert runs(plan(3, log(1, Run(after(1), 2)), *boxes)) == [(3, 2, ()), (1, 2, ())]


def test_edits_of_others() -> None:
    """It should not count what persons have edited."""
    assert plan(3, log(1, Run(after(1), 2)), box(2, user='Somebody')) is None


def test_nothing_to_tell() -> None:
    """It should leave the log alone for a day when nothing was edited and nothing failed."""
    before = log(1, Run(after(0), 1)), box(0)
    assert plan(24.9, *before) is None
    assert runs(plan(25, *before)) == [(0, 1, ())]


def test_failures() -> None:
    """It should tell failures at once, harmless and on one line each."""
    edit = plan(1.5, log(1, Run(after(0), 1)), box(0), failures=['page 7: {{x}}\n|}', 'page 8: blocked'])
    assert runs(edit) == [
        (1.5, 0, ('page 7: &#123;&#123;x&#125;&#125; &#124;&#125;', 'page 8: blocked')),
        (0, 1, ()),
    ]


def test_failures_stay_as_they_are() -> None:
    """It should not escape again what it reads back."""
    first = plan(0, failures=['a|b'])
    assert first is not None
    state = CurrentPage(LOG, 70, BOT, after(0), first.text)
    assert [run[2] for run in runs(plan(1, state, failures=['c']))] == [('c',), ('a&#124;b',)]


@pytest.mark.parametrize('hours', [2, 100])
def test_hands_off(hours: float) -> None:
    """It should leave a log that a person has edited, whatever there is to tell."""
    assert plan(hours, log(1, user='Somebody'), box(1.5), failures=['x']) is None


def test_gone_or_forgotten() -> None:
    """It should never make a log again that was deleted, or blanked for good."""
    blank = DesiredPage(DesiredFacts(LOG, 'a', FORGOTTEN), '', after(0)).text
    assert plan(30, CurrentPage(LOG, removed=True), failures=['x']) is None
    assert plan(30, CurrentPage(LOG, 70, BOT, after(0), blank), failures=['x']) is None


def test_rearm() -> None:
    """It should take the log back when the operator says so, without a row that may be made up."""
    edit = plan(2, log(1, Run(after(1), 5), user='Somebody'), box(0), rearmed=[LOG])
    assert edit is not None
    assert runs(edit) == [(2, 1, ())]
    assert CurrentPage(LOG, 71, BOT, after(2), edit.text).is_of(BOT)


def test_clock_of_tomorrow() -> None:
    """It should not be silenced by a run whose clock was wrong."""
    wrong = log(5000, Run(after(5000), 1), Run(after(0), 1)), box(5000, number=1)
    assert runs(plan(1, *wrong, box(1))) == [(1, 1, ()), (5000, 1, ()), (0, 1, ())]
    assert runs(plan(1, *wrong)) == [(5000, 1, ()), (0, 1, ())]
