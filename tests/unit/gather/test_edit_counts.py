"""How many edits an account had, as far as a question needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.errors import WikiError
from globalban_bot.gather.edit_counts import Span, count_edits
from globalban_bot.model.account import Account, Bounds, EditsAsked, EditScope, LocalAccount
from globalban_bot.model.unknown import Gap, Unknown

START = datetime(2020, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


@dataclass(frozen=True)
class Wiki:
    """Edits by day, those that can be seen and those that are deleted; a silent wiki gives no answer."""

    seen: tuple[int, ...]
    deleted: tuple[int, ...] = ()
    silent: bool = False

    def edits(self, asked: EditsAsked) -> int:
        return sum(_within(day(one), asked.after, asked.before) for one in (*self.seen, *self.deleted))


def _within(time: datetime, after: datetime | None, before: datetime | None) -> bool:
    return (after is None or time >= after) and (before is None or time < before)


class World:
    """Wikis that count what they are asked."""

    def __init__(self, *wikis: Wiki) -> None:
        self.asked: list[tuple[str, int]] = []
        self._wikis = {f'wiki{number}': wiki for number, wiki in enumerate(wikis)}
        found = [
            LocalAccount(name, f'https://{name}.example', len(wiki.seen) + len(wiki.deleted), None)
            for name, wiki in self._wikis.items()
        ]
        locals_ = tuple(sorted(found, key=lambda local: -local.edits))
        total = sum(local.edits for local in locals_)
        self.account = Account('Ada', None, total, locals_, False, False, day(99))

    def count(self, local: LocalAccount, span: Span, wanted: int) -> int:
        wiki = self._wikis[local.wiki]
        self.asked.append((local.wiki, wanted))
        if wiki.silent:
            raise WikiError('silent')
        return min(wanted, sum(_within(day(one), span.after, span.before) for one in wiki.seen))

    def bounds(self, asked: EditsAsked) -> Bounds | Unknown:
        return count_edits(self.account, asked, self.count)

    def truth(self, asked: EditsAsked) -> int:
        found = [wiki.edits(asked) for wiki in self._wikis.values()]
        return sum(found) if asked.where is EditScope.TOGETHER else max(found, default=0)


DAYS = st.lists(st.integers(0, 9), max_size=6).map(tuple)
MOMENTS = st.none() | st.integers(0, 10).map(day)
QUESTIONS = st.builds(EditsAsked, st.integers(1, 12), MOMENTS, MOMENTS, st.sampled_from(EditScope)).filter(
    lambda asked: asked.before is None or asked.after is None or asked.after <= asked.before
)


@given(wikis=st.lists(st.builds(Wiki, DAYS, DAYS, st.booleans()), max_size=4), asked=QUESTIONS)
def test_honest(wikis: list[Wiki], asked: EditsAsked) -> None:
    """It should give bounds that hold, deleted edits included, and be open only if something is not seen."""
    world = World(*wikis)
    found = world.bounds(asked)
    if isinstance(found, Unknown):
        assert found.gap is Gap.NO_ANSWER
        assert any(wiki.silent for wiki in wikis)
        return
    truth = world.truth(asked)
    assert found.at_least <= truth
    assert truth <= (truth if found.at_most is None else found.at_most)
    if found.at_least < asked.wanted:
        assert found.at_most is not None
        decided = found.at_most < asked.wanted
        assert decided or any(wiki.deleted for wiki in wikis)


@given(wikis=st.lists(st.builds(Wiki, DAYS), max_size=4), asked=QUESTIONS)
def test_decides(wikis: list[Wiki], asked: EditsAsked) -> None:
    """It should decide each question where nothing is deleted and all answer."""
    world = World(*wikis)
    found = world.bounds(asked)
    assert isinstance(found, Bounds)
    assert (found.at_least >= asked.wanted) == (world.truth(asked) >= asked.wanted)


def test_frugal() -> None:
    """It should ask for what is still missing, the largest wiki first, and not go on when it is proven."""
    world = World(Wiki((1,) * 4), Wiki((1,) * 6), Wiki((1,) * 2))
    assert world.bounds(EditsAsked(9, before=day(5))) == Bounds(9)
    assert world.asked == [('wiki1', 6), ('wiki0', 3)]


def test_nothing_to_ask() -> None:
    """It should ask nobody where the count now is too small, or is what is asked for."""
    world = World(Wiki((1,) * 4), Wiki((1,) * 6))
    assert world.bounds(EditsAsked(11, before=day(5))) == Bounds(0, 10)
    assert world.bounds(EditsAsked(3)) == Bounds(10, 10)
    assert world.bounds(EditsAsked(7, before=day(5), where=EditScope.ANY)) == Bounds(0, 6)
    assert world.bounds(EditsAsked(3, where=EditScope.ANY)) == Bounds(6, 6)
    assert world.asked == []


def test_silent_in_vain() -> None:
    """It should not ask a silent wiki again, nor wait for one that cannot make the difference."""
    world = World(Wiki((1,) * 6, silent=True), Wiki((1, 1, 1, 7)))
    assert world.bounds(EditsAsked(4, before=day(5))) == Unknown(Gap.NO_ANSWER)
    assert [name for name, _ in world.asked].count('wiki0') == 1
    assert world.bounds(EditsAsked(10, before=day(5))) == Bounds(3, 9)
