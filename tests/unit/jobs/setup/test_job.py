"""Installing the page kit: plan, approval, the stop page first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from globalban_bot.errors import Stopped, UserError
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.setup.job import SetupJob, set_up
from globalban_bot.model.outcome import Refused
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import PageEdit, Plan, SkippedPage, SkipReason
from globalban_bot.model.refusal import Refusal
from globalban_bot.render.kit import kit_pages
from globalban_bot.wiki.api_errors import RefusedError
from tests.unit.jobs.made import BOT, META, Wiki

TITLES = [page.title for page in kit_pages(META, Messages(), styled=True)]
STOP = META.stop_page


class Obeying:
    """A writer that asks the stop page, as that of a live wiki."""

    bot = BOT

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki

    def states(self, titles: Iterable[str]) -> Mapping[str, CurrentPage]:
        return self._wiki.states(titles)

    def edit(self, edit: PageEdit) -> None:
        if self._wiki.page(STOP).text != 'run':
            raise Stopped('the stop page does not say run')
        self._wiki.edit(edit)


class Setup:
    """A wiki, and the plans that were shown."""

    def __init__(self) -> None:
        self.wiki = Wiki()
        self.shown: list[Plan] = []

    def run(
        self, *rearmed: str, approved: bool = True
    ) -> tuple[tuple[str, ...], tuple[Refused, ...], str | None]:
        """Set up, and return what was done, what was refused, and what stopped it."""

        def approve(plan: Plan) -> bool:
            self.shown.append(plan)
            return approved

        job = SetupJob(Obeying(self.wiki), self.wiki, META, Messages(), styled=True)
        found = set_up(job, frozenset(rearmed), approve)
        return found.done, found.refused, found.stopped


def test_empty_wiki() -> None:
    """It should make the stop page past the stop page, then the rest; the second time nothing."""
    setup = Setup()
    assert setup.run() == (tuple(TITLES), (), None)
    assert setup.wiki.saved == TITLES
    assert setup.run() == ((), (), None)
    assert setup.shown[1].edits == ()


def test_not_approved() -> None:
    """It should save nothing that nobody has approved."""
    setup = Setup()
    assert setup.run(approved=False) == ((), (), None)
    assert (setup.wiki.saved, len(setup.shown[0].edits)) == ([], len(TITLES))


def test_stopped() -> None:
    """It should save nothing, the stop page least of all, where that says stop."""
    setup = Setup()
    setup.wiki.save(STOP, 'stop', 'Ada')
    assert setup.run() == ((), (), 'the stop page does not say run')
    assert setup.wiki.saved == []


def test_stop_page_is_refused() -> None:
    """It should save nothing where the stop page cannot be made."""
    setup = Setup()
    setup.wiki.refusals[STOP] = [RefusedError(Refusal.PROTECTED)]
    done, refused, stopped = setup.run()
    assert (done, [one.title for one in refused], stopped is None) == ((), [STOP], False)


def test_refusal() -> None:
    """It should save the rest where one page is refused."""
    setup = Setup()
    setup.wiki.refusals[TITLES[1]] = [Refusal.NOT_ALLOWED]
    done, refused, _ = setup.run()
    assert [*done] == [TITLES[0], *TITLES[2:]]
    assert [one.title for one in refused] == [TITLES[1]]


def test_hands_off() -> None:
    """It should leave and name a page that a person has edited, until the operator takes it back."""
    setup = Setup()
    setup.run()
    setup.wiki.save(TITLES[-1], 'my own', 'Ada')
    assert setup.run()[0] == ()
    assert SkippedPage(TITLES[-1], SkipReason.HANDS_OFF) in setup.shown[-1].left
    assert setup.run(TITLES[-1])[0] == (TITLES[-1],)


def test_unknown_title() -> None:
    """It should refuse to take back what is no page of the kit, and name those that are."""
    setup = Setup()
    with pytest.raises(UserError, match=f'User:X.*{TITLES[0]}'):
        setup.run('User:X')
    assert setup.wiki.saved == []
