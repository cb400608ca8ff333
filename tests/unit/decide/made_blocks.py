"""Made-up block logs, and what a wiki may tell of blocks."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from globalban_bot.model.block import Action, Block, BlockEvent
from tests.unit.made_accounts import day, wiki_blocks

START = day('2026-01-01')
DAYS = 24
A_DAY = timedelta(days=1)


def on(number: float) -> datetime:
    """Return a moment so many days after the start."""
    return START + number * A_DAY


#: How a block can be: for how many days (None: for good), of a part of the wiki, with an open talk page.
KINDS = st.tuples(st.sampled_from([None, None, 1, 2, 5]), st.booleans(), st.booleans())


def block_of(kind: tuple[int | None, bool, bool], number: int) -> Block:
    """Return a block that was made on a day."""
    length, partial, talk = kind
    return Block(on(number), None if length is None else on(number + length), partial, talk)


BLOCKS = st.builds(block_of, KINDS, st.integers(0, DAYS))
EVENTS = st.one_of(
    st.builds(lambda n: BlockEvent(n, on(n), Action.UNBLOCK), st.integers(0, DAYS)),
    st.builds(
        lambda made, action: BlockEvent(made.since.day, made.since, action, made),
        BLOCKS,
        st.sampled_from([Action.BLOCK, Action.REBLOCK]),
    ),
)
LOGS = st.lists(EVENTS, max_size=6).map(lambda log: tuple(sorted(log, key=lambda one: one.time)))
#: What a wiki may tell, though the log and what stands contradict each other.
ANY_FOUND = st.builds(
    lambda standing, log, asked: wiki_blocks('enwiki', *standing, log=log, asked=on(asked)),
    st.lists(BLOCKS, max_size=2),
    LOGS,
    st.integers(0, DAYS),
)
MOMENTS = st.integers(0, DAYS).map(on)
