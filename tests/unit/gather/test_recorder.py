"""What was answered is answered again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.gather.recorded import RecordedAccounts, Recorder
from globalban_bot.model.account import (
    Account,
    Bounds,
    EditsAsked,
    EditScope,
    GroupHeld,
    LocalAccount,
    LocalAccountSummary,
    LockEvent,
)
from globalban_bot.model.block import Action, Block, BlockEvent, WikiBlocks
from globalban_bot.model.unknown import Gap, Unknown

Drawn = TypeVar('Drawn')

TIMES = st.datetimes(timezones=st.just(UTC))
SOME_TIMES = st.none() | TIMES
NUMBERS = st.integers(0, 10**6)
GAPS = st.sampled_from(Gap).map(Unknown)
NAMES = st.text(min_size=1, max_size=8)
GROUPS = st.frozensets(st.sampled_from(['sysop', 'steward', 'no answer']), max_size=2)
WIKIS = ('enwiki', 'dewiki', 'metawiki')
BLOCKS = st.builds(Block, TIMES, SOME_TIMES, st.booleans(), st.booleans())


@st.composite
def events(draw: st.DrawFn) -> BlockEvent:
    time, action = draw(TIMES), draw(st.sampled_from(Action))
    block = None if action is Action.UNBLOCK else replace(draw(BLOCKS), since=time)
    return BlockEvent(draw(NUMBERS), time, action, block)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    found = [
        LocalAccount(
            wiki,
            f'https://{wiki}.example',
            draw(NUMBERS),
            draw(SOME_TIMES),
            draw(st.booleans()),
            draw(GROUPS),
        )
        for wiki in draw(st.sets(st.sampled_from(WIKIS)))
    ]
    return Account(
        name='',
        registered=draw(SOME_TIMES),
        edits=draw(NUMBERS),
        locals=tuple(sorted(found, key=lambda local: (-local.edits, local.wiki))),
        locked=draw(st.booleans()),
        globally_blocked=draw(st.booleans() | GAPS),
        asked=draw(TIMES),
        groups=draw(GROUPS),
    )


BOUNDS = GAPS | st.builds(Bounds, NUMBERS, st.none() | NUMBERS)
LOCKS = GAPS | st.lists(st.builds(LockEvent, TIMES, st.booleans()), max_size=3).map(tuple)
HELD = GAPS | st.builds(GroupHeld, SOME_TIMES)
QUESTIONS = st.lists(
    st.builds(EditsAsked, NUMBERS, SOME_TIMES, SOME_TIMES, st.sampled_from(EditScope)), max_size=4
)


class Invented:
    """Draws an answer to each question, and always gives the same one."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data
        self._kept: dict[Any, Any] = {}

    def _drawn(self, key: Any, strategy: st.SearchStrategy[Drawn]) -> Drawn:
        if key not in self._kept:
            self._kept[key] = self._data.draw(strategy)
        found: Drawn = self._kept[key]
        return found

    def account(self, name: str) -> Account | Unknown:
        found = self._drawn(name, GAPS | accounts())
        return replace(found, name=name) if isinstance(found, Account) else found

    def edits(self, account: Account, asked: EditsAsked) -> Bounds | Unknown:
        return self._drawn((account.name, asked), BOUNDS)

    def blocks(self, account: Account, local: LocalAccount) -> WikiBlocks | Unknown:
        told = st.builds(
            WikiBlocks,
            st.just(local.wiki),
            st.just(local.url),
            st.just(local.edits),
            st.lists(BLOCKS, max_size=2).map(tuple),
            st.lists(events(), max_size=3).map(tuple),
            TIMES,
            st.booleans(),
        )
        return self._drawn((account.name, local.wiki), GAPS | told)

    def locks(self, account: Account) -> tuple[LockEvent, ...] | Unknown:
        return self._drawn((account.name, 'locks'), LOCKS)

    def group(self, account: Account, group: str) -> GroupHeld | Unknown:
        return self._drawn((account.name, 'group', group), HELD)

    def here(self, names: Sequence[str]) -> Mapping[str, LocalAccountSummary | Unknown]:
        raise AssertionError


def answers(source: Any, names: Sequence[str], questions: Sequence[EditsAsked]) -> list[Any]:
    told: list[Any] = []
    for name in names:
        found = source.account(name)
        told.append(found)
        if isinstance(found, Account):
            told += [source.edits(found, asked) for asked in questions]
            told += [source.blocks(found, local) for local in found.locals]
            told += [source.locks(found), source.group(found, 'sysop')]
    return told


@given(data=st.data(), names=st.lists(NAMES, max_size=3, unique=True), questions=QUESTIONS)
def test_round_trip(data: st.DataObject, names: list[str], questions: list[EditsAsked]) -> None:
    """It should let a record answer all that was answered, just so."""
    recorder = Recorder(Invented(data))
    told = answers(recorder, names, questions)
    record = recorder.dump()
    assert answers(RecordedAccounts(record, 'record'), names, questions) == told
    assert RecordedAccounts(record, 'record').account('a name of more than eight') == Unknown(Gap.NOT_ASKED)


class Ada:
    """Knows one account, by two spellings."""

    def account(self, name: str) -> Account | Unknown:
        time = datetime(2025, 5, 3, tzinfo=UTC)
        return Account('Ada', None, 3, (), False, False, time)

    def __getattr__(self, name: str) -> Any:
        return lambda *args: Unknown(Gap.NO_ANSWER)


def test_spelling() -> None:
    """It should keep an account once, by the name that the wiki gives it."""
    recorder = Recorder(Ada())
    assert recorder.account('ada') == recorder.account('Ada')
    record = recorder.dump()
    assert json.loads(record)['accounts']['ada'] == {'same-as': 'Ada'}
    assert RecordedAccounts(record, 'record').account('ada') == Ada().account('ada')


def test_order() -> None:
    """It should write the same answers in the same way, whatever was asked first."""
    first, second = Recorder(Ada()), Recorder(Ada())
    for recorder, names in ((first, ('ada', 'aDa')), (second, ('aDa', 'ada'))):
        for name in names:
            recorder.account(name)
    assert first.dump() == second.dump()


def test_unasked_account() -> None:
    """It should keep an account that it was only handed."""
    recorder = Recorder(Ada())
    found = Ada().account('Ada')
    assert isinstance(found, Account)
    recorder.locks(found)
    record = RecordedAccounts(recorder.dump(), 'record')
    assert (record.account('Ada'), record.locks(found)) == (found, Unknown(Gap.NO_ANSWER))


NOW = datetime(2025, 5, 3, tzinfo=UTC)
EN = LocalAccount('enwiki', 'https://enwiki.example', 9, None, blocked=True)
DE = LocalAccount('dewiki', 'https://dewiki.example', 5, None)
BEL = Account('Bel', None, 14, (EN, DE), False, False, NOW)
FREE = WikiBlocks('enwiki', EN.url, 9, (), (), NOW)


class Plain:
    """Knows one account on two wikis, where no block ever stood.

    :param whole: whether all lines of the logs could be read
    """

    def __init__(self, *, whole: bool = True) -> None:
        self._whole = whole

    def account(self, name: str) -> Account | Unknown:
        return BEL

    def blocks(self, account: Account, local: LocalAccount) -> WikiBlocks | Unknown:
        return replace(FREE, wiki=local.wiki, url=local.url, edits=local.edits, whole=self._whole)

    def locks(self, account: Account) -> tuple[LockEvent, ...] | Unknown:
        return ()

    def edits(self, account: Account, asked: EditsAsked) -> Bounds | Unknown:
        return Bounds(512, 512)

    def group(self, account: Account, group: str) -> GroupHeld | Unknown:
        raise AssertionError

    def here(self, names: Sequence[str]) -> Mapping[str, LocalAccountSummary | Unknown]:
        raise AssertionError


def recorded(*wikis: LocalAccount) -> RecordedAccounts:
    """Return a record for which only these wikis were asked for blocks."""
    recorder = Recorder(Plain())
    recorder.account('Bel')
    for local in wikis:
        recorder.blocks(BEL, local)
    return RecordedAccounts(recorder.dump(), 'record')


def test_nobody_asked() -> None:
    """It should write of what nobody asked that it was not asked, never that there is none."""
    record = recorded(EN)
    assert record.blocks(BEL, EN) == FREE
    assert record.blocks(BEL, DE) == Unknown(Gap.NOT_ASKED)
    assert record.locks(BEL) == Unknown(Gap.NOT_ASKED)
    assert record.edits(BEL, EditsAsked(500, NOW)) == Unknown(Gap.NOT_ASKED)
    assert record.group(BEL, 'sysop') == Unknown(Gap.NOT_ASKED)
    asked = Recorder(Plain())
    asked.locks(BEL)
    assert RecordedAccounts(asked.dump(), 'record').locks(BEL) == ()


def test_edits_on_a_part_of_the_wikis() -> None:
    """It should not take the edits on all wikis for those on a part of them."""
    recorder = Recorder(Plain())
    recorder.edits(BEL, EditsAsked(500, NOW))
    record = RecordedAccounts(recorder.dump(), 'record')
    assert record.edits(BEL, EditsAsked(500, NOW)) == Bounds(512, 512)
    for part in ((EN,), (DE,), ()):
        assert record.edits(replace(BEL, locals=part), EditsAsked(500, NOW)) == Unknown(Gap.NOT_ASKED)


def test_whole_log() -> None:
    """It should keep that a line of a log could not be read, and say nothing of it where all could."""
    for whole in (True, False):
        recorder = Recorder(Plain(whole=whole))
        recorder.blocks(BEL, EN)
        kept = json.loads(recorder.dump())['accounts']['Bel']['wikis']['enwiki']['blocks']
        assert kept.get('whole', True) is whole
        assert ('whole' in kept) is not whole
        assert RecordedAccounts(recorder.dump(), 'record').blocks(BEL, EN) == replace(FREE, whole=whole)
