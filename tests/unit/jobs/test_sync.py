"""Bringing pages of the bot's own up to date: plan, brake, edits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.errors import Stopped, UnsafePlanError
from globalban_bot.jobs.sync import sync_pages
from globalban_bot.model.limits import Limits
from globalban_bot.model.marker import digest
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, Plan, SkippedPage, SkipReason
from globalban_bot.model.refusal import Refusal
from tests.unit.jobs.made import BOT, META, START, Wiki, after

ONE, TWO = 'User:Facts bot/One', 'User:Facts bot/Two'


class Kept:
    """A wiki, and the plans that were shown."""

    def __init__(self, *, approved: bool = True) -> None:
        self.wiki = Wiki()
        self.shown: list[Plan] = []
        self.limits = META.limits
        self._approved = approved

    def up(self, *titles: str, text: str = 'text', hours: float = 0, recounted: bool = False) -> Outcome:
        """Bring pages up to date, with a text."""
        pages = [
            (
                DesiredPage(DesiredFacts(title, digest(text), 'plan'), text, after(hours)),
                f'summary of {title}',
            )
            for title in titles
        ]
        rules = PlanContext(BOT, after(hours), recounted=frozenset(titles) if recounted else frozenset())
        return sync_pages(self.wiki, pages, rules, self.limits, self._approve)

    def _approve(self, plan: Plan) -> bool:
        assert self.wiki.saved == []
        self.shown.append(plan)
        return self._approved


def test_new() -> None:
    """It should make pages in their order, each with its summary, and show the plan before."""
    kept = Kept()
    assert kept.up(TWO, ONE) == Outcome((TWO, ONE))
    assert kept.wiki.saved == [TWO, ONE]
    assert kept.wiki.text(ONE) == 'text'
    (plan,) = kept.shown
    assert [(edit.title, edit.summary, edit.why) for edit in plan.edits] == [
        (TWO, f'summary of {TWO}', EditReason.NEW),
        (ONE, f'summary of {ONE}', EditReason.NEW),
    ]
    assert {*plan.states} == {ONE, TWO}


def test_not_approved() -> None:
    """It should edit nothing that was not approved."""
    kept = Kept(approved=False)
    assert kept.up(ONE) == Outcome()
    assert (kept.wiki.saved, len(kept.shown)) == ([], 1)


def test_the_same() -> None:
    """It should leave a page that tells nothing new, and edit the others."""
    kept = Kept()
    kept.up(ONE)
    kept.wiki.saved.clear()
    assert kept.up(ONE, TWO, hours=48) == Outcome((TWO,))
    assert kept.shown[-1].left == (SkippedPage(ONE, SkipReason.SAME),)


@pytest.mark.parametrize(('recounted', 'done'), [(True, (ONE,)), (False, ())])
def test_within_a_day(recounted: bool, done: tuple[str, ...]) -> None:
    """It should edit a page again within a day only where somebody asked for it."""
    kept = Kept()
    kept.up(ONE)
    kept.wiki.saved.clear()
    assert kept.up(ONE, text='news', hours=1, recounted=recounted) == Outcome(done)
    kept.wiki.saved.clear()
    assert kept.up(ONE, text='other news', hours=30).done == (ONE,)


def test_people() -> None:
    """It should give way to people: a page that somebody edited or deleted is left as it is."""
    kept = Kept()
    kept.up(ONE, TWO)
    kept.wiki.saved.clear()
    kept.wiki.save(ONE, 'Not like this.', 'Reader')
    kept.wiki.delete(TWO)
    assert kept.up(ONE, TWO, text='news', hours=48, recounted=True) == Outcome()
    assert kept.shown[-1].left == (
        SkippedPage(ONE, SkipReason.HANDS_OFF),
        SkippedPage(TWO, SkipReason.REMOVED),
    )
    assert kept.wiki.saved == []


def test_brake() -> None:
    """It should hold back the page that looks wrong alone, and tell of it as of an edit that was refused."""
    kept = Kept()
    kept.up(ONE, text='long ' * 100)
    kept.wiki.saved.clear()
    detail = 'shrinks from 499 to 5 characters, limit 50%'
    assert kept.up(TWO, ONE, text='short', hours=48) == Outcome((TWO,), (Refused(ONE, Refusal.HELD, detail),))
    assert kept.shown[-1].left == (SkippedPage(ONE, SkipReason.HELD, detail),)
    assert kept.wiki.saved == [TWO]


def test_too_many_edits() -> None:
    """It should hold back the whole plan, and not even show it, where a run would edit too many pages."""
    kept = Kept()
    kept.limits = Limits(edits=1, fall=5, rise=60, shrink=1)
    with pytest.raises(UnsafePlanError, match='2 edits'):
        kept.up(TWO, ONE, text='short', hours=48)
    assert (kept.wiki.saved, kept.shown) == ([], [])


def test_refused() -> None:
    """It should tell what the wiki did not take, and make the other edits."""
    kept = Kept()
    kept.wiki.refusals[ONE] = [Refusal.PROTECTED]
    assert kept.up(ONE, TWO) == Outcome((TWO,), (Refused(ONE, Refusal.PROTECTED, 'Vulpecula did it'),))


def test_stopped() -> None:
    """It should tell where it was stopped."""
    kept = Kept()
    kept.wiki.refusals[TWO] = [Stopped('the stop page')]
    assert kept.up(ONE, TWO) == Outcome((ONE,), stopped='the stop page')


def test_none() -> None:
    """It should do nothing for no pages."""
    assert Kept().up() == Outcome()


def test_stamp() -> None:
    """It should write the moment of the run into the page."""
    kept = Kept()
    kept.up(ONE, hours=3)
    marker = kept.wiki.page(ONE).marker
    assert marker is not None
    assert marker.as_of == START + timedelta(hours=3)
